/// An operation while it is lowered to the engine: its sizes, the places of its parameters, and the operations that
/// follow.
public struct Lowering {
  let input: Shape
  let output: Shape
  let options: CompilerOptions
  /// The distance in floats between the inputs of two samples.
  let inputStride: Int
  /// The operation's index in the graph. Random numbers depend on it.
  let node: Int
  /// Working memory; a step requests what it needs.
  var buffers: BufferList
  /// The last node that the step computes.
  private(set) var last: Int
  private let graph: ModelGraph
  private let store: ParameterStore

  init(
    _ node: Int, of graph: ModelGraph, store: ParameterStore, options: CompilerOptions, inputStride: Int,
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

  /// The start of one of the operation's parameters in its arena.
  func offset(of parameter: String) -> Int { store.offset(of: parameter, in: graph.nodes[node].path) ?? 0 }

  /// An operation that is computed by the step of another.
  struct Absorbed<Other: Operation> {
    var operation: Other
    var node: Int
    fileprivate var path: String
    fileprivate var store: ParameterStore

    /// The start of one of its parameters in its arena.
    func offset(of parameter: String) -> Int { store.offset(of: parameter, in: path) ?? 0 }
  }

  /// Absorbs the next operation into this one's step if it has this type, fits, and is the only reader of the value
  /// before it.
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
    /// The output is the input, possibly with another shape.
    case identity
    case step(any PlanStep)
  }

  let form: Form

  static var identity: Lowered { Lowered(form: .identity) }
  static func step(_ step: any PlanStep) -> Lowered { Lowered(form: .step(step)) }
}
