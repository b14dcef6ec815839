import CKernels

/// Converts channels × height × width to features, with channels slowest (PyTorch: `nn.Flatten`). Has no row in the
/// summary.
public struct Flatten: Operation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Flatten" }
  public var contentDescription: String { "flatten" }
  public func output(for input: Shape) -> Shape { Shape(features: input.elements) }
  public var declaredOutput: DeclaredOutput { .inputChannels }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { false }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  /// In the engine, channels are fastest, so images of one pixel need no copy.
  public func lowered(_ node: inout Lowering) -> Lowered? {
    let (pixels, channels) = (Int64(node.input.height * node.input.width), Int64(node.input.channels))
    guard pixels > 1 else { return .identity }
    return .step(
      SimpleStep(
        forwardBody: { _, x, y in quire_transpose(x, pixels, channels, y) },
        backwardBody: { _, _, _, dy, dx in quire_transpose(dy, channels, pixels, dx) },
        backwardReads: (input: false, output: false), isCheap: false))
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("Flatten", [], ["axis": .integer(1)])
  }
}
