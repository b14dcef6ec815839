/// Turns a model's graph into steps; nothing is allocated. ``Tape`` turns the steps into passes.
///
/// Each ``Operation`` lowers itself, and may absorb those after it: see ``Lowering/absorb(_:where:)``.
struct Compiler {
  struct Options {
    var batchSize: Int
    /// Whether the steps are a training's, or compute the same as an evaluation does.
    var trains = true
    /// Of a training; an evaluation is always in single precision.
    var precision = Precision.float32
    /// BatchNorm normalises by its running statistics in training too.
    var freezesStatistics = false
    /// For tests: compute the gradient with respect to the images.
    var wantsInputGradient = false

    var isMixed: Bool { trains && precision == .mixedBFloat16 }
  }

  let graph: ModelGraph
  let model: String
  let options: Options
  let store: ParameterStore
  var buffers = BufferList()
  private(set) var steps: [Bound] = []

  /// A step and which of the graph's values it reads and makes.
  struct Bound {
    var step: any PlanStep
    var inputs: [Int]
    var output: Int
  }

  /// A value that is another's under a new shape.
  private var canonical: [Int: Int] = [:]

  init(_ graph: ModelGraph, model: String, options: Options) throws {
    self.graph = graph
    self.model = model
    self.options = options
    store = ParameterStore(graph)
    var next = 0
    while next < graph.nodes.count { next = try add(next) }
  }

  /// The value that the model ends with; -1 where it is the images.
  var output: Int { value(graph.nodes.count - 1) }

  private func value(_ node: Int) -> Int { canonical[node] ?? node }

  /// Lowers a node, and those after it that are computed together with it; the node to continue with.
  private mutating func add(_ index: Int) throws -> Int {
    let node = graph.nodes[index]
    guard let source = node.inputs.first else { return index + 1 }
    let elements = graph.shape(of: source).elements
    var lowering = Lowering(
      index, of: graph, store: store, options: options,
      inputStride: value(source) < 0 ? elements : PassSchedule.aligned(elements), buffers: buffers)
    guard let lowered = node.operation.lowered(&lowering) else {
      throw PlanError(fact: .layerTooLarge(path: node.path), model: model)
    }
    buffers = lowering.buffers
    switch lowered.form {
    case .identity: canonical[index] = value(source)
    case .step(let step):
      for covered in index...lowering.last { canonical[covered] = lowering.last }
      steps.append(Bound(step: step, inputs: node.inputs.map(value), output: lowering.last))
    }
    return lowering.last + 1
  }
}
