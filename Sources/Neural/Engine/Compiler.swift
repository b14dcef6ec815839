/// Converts a model's graph to steps without allocating memory. ``Tape`` converts the steps to passes.
///
/// Each ``Operation`` lowers itself and may absorb following ones: see ``Lowering/absorb(_:where:)``.
struct Compiler {
  let graph: ModelGraph
  let model: String
  let options: CompilerOptions
  let store: ParameterStore
  var buffers = BufferList()
  private(set) var steps: [Bound] = []

  /// A step with the graph's values that it reads and computes.
  struct Bound {
    var step: any PlanStep
    var inputs: [Int]
    var output: Int
    /// Whether training changes parameters of the step.
    var isTrained: Bool
  }

  /// For a value that is another one with a new shape, the other value.
  private var canonical: [Int: Int] = [:]

  init(_ graph: ModelGraph, model: String, options: CompilerOptions) throws {
    self.graph = graph
    self.model = model
    self.options = options
    store = ParameterStore(graph, frozen: options.frozen)
    var next = 0
    while next < graph.nodes.count { next = try add(next) }
  }

  /// The value of the model's output; -1 for the images.
  var output: Int { value(graph.nodes.count - 1) }

  private func value(_ node: Int) -> Int { canonical[node] ?? node }

  /// Lowers a node together with those that it absorbs; returns the next node.
  private mutating func add(_ index: Int) throws -> Int {
    let node = graph.nodes[index]
    guard let source = node.inputs.first else { return index + 1 }
    let elements = graph.shape(of: source).elements
    var lowering = Lowering(
      index, of: graph, store: store, options: options,
      inputStride: value(source) < 0 ? elements : CacheLine.aligned(elements), buffers: buffers)
    guard let lowered = node.operation.lowered(&lowering) else {
      throw PlanError(fact: .layerTooLarge(path: node.path), model: model)
    }
    buffers = lowering.buffers
    switch lowered.form {
    case .identity: canonical[index] = value(source)
    case .step(let step):
      let nodes = index...lowering.last
      for covered in nodes { canonical[covered] = lowering.last }
      steps.append(
        Bound(
          step: step, inputs: node.inputs.map(value), output: lowering.last,
          isTrained: step.isTrained
            && nodes.contains { store.trainsParameters(of: graph.nodes[$0].path) }))
    }
    return lowering.last + 1
  }
}
