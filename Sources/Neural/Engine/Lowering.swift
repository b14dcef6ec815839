/// An operation on its way into the engine: the sizes it works on, where its parameters lie, and what follows it.
public struct Lowering {
  let input: Shape
  let output: Shape
  let options: Compiler.Options
  /// Floats between the inputs of two samples.
  let inputStride: Int
  /// The operation's place in the graph. Random numbers depend on it.
  let node: Int
  /// Working memory; a step asks for what it needs.
  var buffers: BufferList
  /// The last node that the step computes.
  private(set) var last: Int
  private let graph: ModelGraph
  private let store: ParameterStore

  init(
    _ node: Int, of graph: ModelGraph, store: ParameterStore, options: Compiler.Options, inputStride: Int,
    buffers: BufferList
  ) {
    self.node = node
    self.graph = graph
    self.store = store
    self.options = options
    self.inputStride = inputStride
    self.buffers = buffers
    last = node
    input = graph.inputShape(of: graph.nodes[node])
    output = graph.nodes[node].shape
  }

  /// Where one of the operation's parameters begins in its arena.
  func offset(of parameter: String) -> Int { store.offset(of: parameter, in: graph.nodes[node].path) ?? 0 }

  /// An operation that the step of another computes too.
  struct Absorbed<Other: Operation> {
    var operation: Other
    var node: Int
    fileprivate var path: String
    fileprivate var store: ParameterStore

    /// Where one of its parameters begins in its arena.
    func offset(of parameter: String) -> Int { store.offset(of: parameter, in: path) ?? 0 }
  }

  /// Takes the next operation into this one's step, if it is of this type, suits, and alone reads what comes before it.
  mutating func absorb<Other: Operation>(
    _ type: Other.Type, where suits: (Other) -> Bool = { _ in true }
  ) -> Absorbed<Other>? {
    let next = last + 1
    guard graph.nodes.indices.contains(next), graph.nodes[next].inputs == [last],
      graph.readers(of: last) == 1,
      let operation = graph.nodes[next].operation as? Other, suits(operation)
    else { return nil }
    last = next
    return Absorbed(operation: operation, node: next, path: graph.nodes[next].path, store: store)
  }
}

/// An operation as the engine executes it.
public struct Lowered {
  enum Form {
    /// The output is the input, perhaps with another shape.
    case identity
    case step(any PlanStep)
  }

  let form: Form

  static var identity: Lowered { Lowered(form: .identity) }
  static func step(_ step: any PlanStep) -> Lowered { Lowered(form: .step(step)) }
}
