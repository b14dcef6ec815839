import CKernels

/// The logarithm of the softmax over features (PyTorch: `nn.LogSoftmax(1)`). Has no row in the summary.
public struct LogSoftmax: Operation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "LogSoftmax" }
  public var contentDescription: String { "logSoftmax" }
  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try checkFeatures(input)
    return input
  }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { false }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let n = Int64(node.input.elements)
    return .step(
      SimpleStep(
        forwardBody: { _, x, y in quire_log_softmax(x, y, n) },
        backwardBody: { _, _, y, dy, dx in quire_log_softmax_backward(y, dy, dx, n) },
        backwardReads: (input: false, output: true), isCheap: false))
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("LogSoftmax", [], ["axis": .integer(1)])
  }
}
