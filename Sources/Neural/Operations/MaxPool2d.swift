import CKernels

/// The maximum of each window (PyTorch: `nn.MaxPool2d`).
public struct MaxPool2d: Operation {
  /// The geometry of the window.
  public let pooling: Pooling

  /// Creates the layer.
  ///
  /// - Parameters:
  ///   - kernelSize: height and width of the window in pixels.
  ///   - stride: pixels between windows; `nil` uses the kernel's size.
  ///   - padding: pixels added on each side.
  public init(_ kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    pooling = Pooling(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding)
  }

  public var typeName: String { "MaxPool2d" }
  public var contentDescription: String { "maxPool2d \(pooling.description)" }
  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try pooling.output(for: input, of: self)
  }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { pooling.window }
  public var hasSummaryRow: Bool { true }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let pooling = node.pooling(pooling)
    return .step(
      SimpleStep(
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool($0, x, y) } },
        backwardBody: { f, x, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool_backward($0, x, dy, dx) }
        }, backwardReads: (input: true, output: false), isCheap: false))
  }

  public func onnx(_ node: inout ONNXLowering) {
    let attributes = node.window(
      kernelSize: pooling.kernelSize, stride: pooling.stride, padding: pooling.padding)
    node.apply("MaxPool", [], attributes)
  }
}
