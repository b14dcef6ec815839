import CKernels

/// exp(x) / Σ exp(x) over features (PyTorch: `nn.Softmax(1)`). Has no row in the summary.
public struct Softmax: Operation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Softmax" }
  public var contentDescription: String { "softmax" }
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
        forwardBody: { _, x, y in quire_softmax(x, y, n) },
        backwardBody: { _, _, y, dy, dx in quire_softmax_backward(y, dy, dx, n) },
        backwardReads: (input: false, output: true), isCheap: false))
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("Softmax", [], ["axis": .integer(1)])
  }
}
