import CKernels

/// The geometry of a square pooling window.
public struct Pooling: Sendable, Hashable {
  /// The side of the window, in pixels.
  public var kernelSize: Int
  /// The distance between windows, in pixels.
  public var stride: Int
  /// The width of the border around the image, in pixels.
  public var padding: Int
}

/// The rules shared by max and average pooling.
extension Pooling {
  var description: String { "\(kernelSize) \(stride) \(padding)" }
  var window: PixelWindow { .window(size: kernelSize, stride: stride) }

  func output(for input: Shape, of operation: some Operation) throws(ModelError.Fact) -> Shape {
    try operation.checkImage(input)
    try operation.check("kernelSize", kernelSize, LayerRange.kernelSizes)
    try operation.check("padding", padding, 0...(kernelSize / 2))
    return try operation.windowed(
      input, kernel: kernelSize, stride: stride, padding: padding, dilation: 1, channels: input.channels)
  }
}

extension Lowering {
  /// The sizes of a pooling from the node's input to its output.
  func pooling(_ window: Pooling) -> quire_pooling {
    quire_pooling(
      height: Int64(input.height), width: Int64(input.width), channels: Int64(input.channels),
      out_height: Int64(output.height), out_width: Int64(output.width), kernel: Int64(window.kernelSize),
      stride: Int64(window.stride), padding: Int64(window.padding))
  }
}
