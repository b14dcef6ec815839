/// The sum of two tensors with the same shape, created only by ``Residual``.
struct Add: Operation {
  var typeName: String { "Add" }
  var contentDescription: String { "add" }
  func output(for input: Shape) -> Shape { input }
  var parameters: [ParameterSpecification] { [] }
  func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  var window: PixelWindow { .pixel }
  var hasSummaryRow: Bool { false }
  func subsampled(by stride: Int) -> Subsampled? { Subsampled(operation: self, readsSubsampledInput: true) }
  func lowered(_ node: inout Lowering) -> Lowered? { .step(AddStep(count: node.input.elements)) }

  func onnx(_ node: inout ONNXLowering) { node.apply("Add", [node.inputs[1]]) }
}
