/// A model for one input shape: all module calls in order, and the operations as a graph.
///
/// Built from the description alone; shapes are checked at the same time.
public struct ModelGraph: Sendable {
  /// A module call as seen by PyTorch's hooks: children before their wrapper.
  public struct Module: Sendable {
    /// The prefix of its parameters' names, for example `block1.0.depthwise`.
    public var path: String
    /// The layer's class name.
    public var typeName: String
    /// The shape of its input.
    public var input: Shape
    /// The shape of its output.
    public var output: Shape
    /// The operation; `nil` for wrappers and containers.
    public var operation: (any Operation)?
    /// The tensors that the module itself owns.
    public var parameters: [ParameterSpecification]
    /// The nesting depth; the model's own layers have depth 0.
    public var depth: Int
    /// Whether it is a container (Block, Sequential), which has no row in the summary.
    public var isContainer: Bool
    /// The place of the layer in the notebook, if known.
    public var origin: Origin?
  }

  /// An operation with the nodes whose outputs it reads; -1 is the model's input.
  public struct Node: Sendable, Hashable {
    /// The operation.
    public var operation: any Operation
    /// The indices of the nodes that it reads.
    public var inputs: [Int]
    /// The shape of its output.
    public var shape: Shape
    /// The prefix of its parameters' names.
    public var path: String

    /// Operations are equal if they compute the same.
    public static func == (a: Node, b: Node) -> Bool {
      a.operation.contentDescription == b.operation.contentDescription && a.inputs == b.inputs
        && a.shape == b.shape && a.path == b.path
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(operation.contentDescription)
      hasher.combine(inputs)
      hasher.combine(shape)
      hasher.combine(path)
    }
  }

  /// The maximum number of parameters of a model: 1 GiB of floats.
  public static let mostParameters = 1 << 28

  /// The shape of the model's input.
  public let input: Shape
  private var parameterCount = 0
  /// All module calls, in order.
  public internal(set) var modules: [Module] = []
  /// The nodes, each after its inputs; the last one is the model's output.
  public internal(set) var nodes: [Node] = []

  /// The shape of the model's output.
  public var output: Shape { nodes.last?.shape ?? input }

  /// The shape that a node reads; several inputs have the same shape.
  public func inputShape(of node: Node) -> Shape { node.inputs.first.map(shape) ?? input }

  /// The shape of a node's output; for -1, of the model's input.
  func shape(of node: Int) -> Shape { node < 0 ? input : nodes[node].shape }

  /// The number of times that a node's output is read.
  func readers(of node: Int) -> Int { nodes.reduce(0) { $0 + $1.inputs.count { $0 == node } } }

  /// The number of multiply-adds in the matrix products of one image's forward pass.
  public var multiplyAdds: Int {
    nodes.reduce(0) {
      $0.addingClamped($1.operation.multiplyAdds(from: inputShape(of: $1), to: $1.shape))
    }
  }

  /// Builds the graph.
  ///
  /// - Throws: ``ModelError`` with the layer's path and place.
  public init(_ elements: [LayerElement], name: String, input: Shape) throws {
    self.input = input
    guard !elements.isEmpty else {
      throw ModelError(fact: .noLayers, layer: name, path: "", origin: nil)
    }
    _ = try add(elements, to: "", owner: name, from: -1, shape: input, depth: 0, origin: nil)
    if nodes.isEmpty { throw ModelError(fact: .noLayers, layer: name, path: "", origin: nil) }
  }

  /// The trained tensors and running statistics with their full names, in `state_dict` order.
  public var parameters: [(name: String, specification: ParameterSpecification)] {
    modules.flatMap { module in
      module.parameters.map { (module.path.isEmpty ? $0.name : "\(module.path).\($0.name)", $0) }
    }
  }

  private mutating func add(
    _ elements: [LayerElement], to prefix: String, owner: String, from source: Int, shape: Shape, depth: Int,
    origin: Origin?
  ) throws -> (node: Int, shape: Shape) {
    var seen: Set<String> = []
    var (node, shape) = (source, shape)
    for (index, element) in elements.enumerated() {
      let name = element.name ?? String(index)
      let path = prefix.isEmpty ? name : "\(prefix).\(name)"
      guard seen.insert(name).inserted else {
        throw ModelError(
          fact: .duplicateName(name), layer: element.layer.typeName, path: path,
          origin: element.origin ?? origin)
      }
      (node, shape) = try add(
        element.layer, path: path, from: node, shape: shape, depth: depth, origin: element.origin ?? origin)
    }
    return (node, shape)
  }

  private mutating func add(
    _ layer: any Layer, path: String, from source: Int, shape input: Shape, depth: Int, origin: Origin?
  ) throws -> (node: Int, shape: Shape) {
    func failure(_ fact: ModelError.Fact) -> ModelError {
      ModelError(fact: fact, layer: layer.typeName, path: path, origin: origin)
    }
    var module = Module(
      path: path, typeName: layer.typeName, input: input, output: input, operation: nil, parameters: [],
      depth: depth, isContainer: false, origin: origin)
    var result: (node: Int, shape: Shape)
    switch layer.structure {
    case .operation(let operation):
      let output: Shape
      do { output = try operation.output(for: input) } catch { throw failure(error) }
      module.operation = operation
      // Each tensor has fewer than 2^60 elements, since the sizes are bounded.
      module.parameters = operation.parameters
      for parameter in module.parameters {
        guard parameter.count <= Self.mostParameters - parameterCount else {
          throw failure(.tooManyParameters)
        }
        parameterCount += parameter.count
      }
      nodes.append(Node(operation: operation, inputs: [source], shape: output, path: path))
      result = (nodes.count - 1, output)
    case .sequence(let elements, let isContainer):
      if elements.isEmpty { throw failure(.noLayers) }
      result = try add(
        elements, to: path, owner: layer.typeName, from: source, shape: input, depth: depth + 1,
        origin: origin)
      module.isContainer = isContainer
    case .branches(let branches, let join, let verb):
      guard let first = branches.first, !first.elements.isEmpty else { throw failure(.noLayers) }
      if let name = first.elements.lazy.compactMap(\.name).first(
        where: branches.compactMap(\.prefix).contains)
      {
        throw failure(.duplicateName(name))
      }
      let ends = try branches.map { branch in
        branch.elements.isEmpty
          ? (node: source, shape: input)
          : try add(
            branch.elements, to: branch.path(in: path), owner: layer.typeName, from: source, shape: input,
            depth: depth + 1, origin: origin)
      }
      result = ends[0]
      for (branch, end) in zip(branches, ends) where end.shape != result.shape {
        throw failure(
          .branches(
            verb: verb, label: first.label, output: result.shape, other: branch.label, otherOutput: end.shape)
        )
      }
      nodes.append(
        Node(operation: join, inputs: ends.reversed().map(\.node), shape: result.shape, path: path))
      result.node = nodes.count - 1
    }
    module.output = result.shape
    modules.append(module)
    return result
  }
}

extension Layer {
  /// The shape of the layer's output for an input, without computing it.
  ///
  /// - Throws: ``ModelError`` if the input does not fit.
  public func outputShape(for input: Shape) throws -> Shape {
    try ModelGraph([LayerElement(self)], name: typeName, input: input).output
  }
}
