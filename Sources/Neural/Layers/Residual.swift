import CKernels

/// Layers whose output is added to their input: He et al., "Deep residual learning" (2015).
///
/// The layers' output must have the input's shape. Layers that change the shape need a shortcut that gives the input the
/// same shape; its parameters are named `shortcut.0.weight` and so on.
///
///     Residual { Conv2d(16, 16, kernelSize: 3, padding: 1); BatchNorm2d(16) }
///     Residual(shortcut: { Conv2d(16, 32, kernelSize: 1, stride: 2) }) {
///       Conv2d(16, 32, kernelSize: 3, stride: 2, padding: 1); BatchNorm2d(32)
///     }
public struct Residual: Layer {
  /// The layers, in order.
  public let elements: [LayerElement]
  /// The layers that the input passes through on its way to the sum; empty for none.
  public let shortcut: [LayerElement]

  /// Creates a residual block whose layers keep the input's shape.
  public init(@LayerBuilder _ layers: () -> [LayerElement]) { self.init(elements: layers()) }

  /// Creates a residual block with a projection.
  public init(
    @LayerBuilder shortcut: () -> [LayerElement], @LayerBuilder _ layers: () -> [LayerElement]
  ) {
    self.init(elements: layers(), shortcut: shortcut())
  }

  /// Creates a residual block from collected layers.
  public init(elements: [LayerElement], shortcut: [LayerElement] = []) {
    self.elements = elements
    self.shortcut = shortcut
  }

  public var typeName: String { "Residual" }
  public var structure: LayerStructure {
    shortcut.isEmpty
      ? .branches(
        [.init(elements, label: "output"), .init([], label: "input")], joinedBy: Add(),
        verb: "adds its output to its input")
      : .branches(
        [.init(elements, label: "layers"), .init(shortcut, prefix: "shortcut", label: "shortcut")],
        joinedBy: Add(), verb: "adds its output to its shortcut's")
  }
}

/// The sum of two tensors with the same shape, the end of a ``Residual``.
struct Add: PixelwiseOperation {
  var typeName: String { "Add" }
  var contentDescription: String { "add" }
  func output(for input: Shape) -> Shape { input }
  var parameters: [ParameterSpecification] { [] }
  var hasSummaryRow: Bool { false }
  func lowered(_ node: inout Lowering) -> Lowered? { .step(AddStep(count: node.input.elements)) }

  func onnx(_ node: inout ONNXLowering) { node.apply("Add", [node.inputs[1]]) }
}

private struct AddStep: PlanStep {
  var count: Int

  var isTrained: Bool { false }
  var isCheap: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (false, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    guard let first = values.inputs.first, let second = values.inputs.last else { return [] }
    let output = values.output
    return [
      Pass(
        .images { f in f.kernels.pointee.add(f[first], f[second], f[output], Int64(count)) },
        values.inputs + [output])
    ]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    gradients.inputs.compactMap { $0 }.map { dx in
      Pass(.images { f in f[dx].update(from: f[gradients.output], count: count) }, [gradients.output, dx])
    }
  }
}
