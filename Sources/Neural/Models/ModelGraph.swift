/// A model laid out for one input shape: every module call in order, and the operations as a graph.
///
/// Built from the description alone; shapes are checked on the way.
public struct ModelGraph: Sendable {
  /// One module call as PyTorch's hooks see it: children before their wrapper.
  public struct Module: Sendable {
    /// The prefix of its parameters' names, for example `block1.0.depthwise`.
    public var path: String
    public var typeName: String
    public var input: Shape
    public var output: Shape
    /// `nil` for wrappers and containers.
    public var operation: (any Operation)?
    public var parameters: [ParameterSpecification]
    /// Nested containers are at depth 1 and more; the model's own layers at 0.
    public var depth: Int
    public var isContainer: Bool
    public var origin: Origin?
  }

  /// An operation and the nodes whose outputs it reads; -1 stands for the model's input.
  public struct Node: Sendable, Hashable {
    public var operation: any Operation
    public var inputs: [Int]
    public var shape: Shape
    public var path: String

    /// Operations are equal where they compute the same.
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

  /// The most numbers that a model's parameters may have: 1 GiB of them.
  public static let mostParameters = 1 << 28

  public let input: Shape
  private var parameterCount = 0
  public private(set) var modules: [Module] = []
  /// In an order in which every node comes after its inputs; the last one is the model's output.
  public internal(set) var nodes: [Node] = []

  public var output: Shape { nodes.last?.shape ?? input }

  /// The shape that a node reads; of two, they have the same.
  public func inputShape(of node: Node) -> Shape { node.inputs.first.map(shape) ?? input }

  /// The shape of a node's output, or with -1 the model's input.
  func shape(of node: Int) -> Shape { node < 0 ? input : nodes[node].shape }

  /// How many times a node's output is read.
  func readers(of node: Int) -> Int { nodes.reduce(0) { $0 + $1.inputs.count { $0 == node } } }

  /// Multiplications with an addition that one image's forward pass takes in matrix products.
  public var multiplyAdds: Int {
    nodes.reduce(0) {
      $0.addingClamped($1.operation.multiplyAdds(from: inputShape(of: $1), to: $1.shape))
    }
  }

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
      // Each tensor's size is below 2^60: the sizes in it are bounded.
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
    case .residual(let elements, let shortcut):
      if elements.isEmpty { throw failure(.noLayers) }
      result = try add(
        elements, to: path, owner: layer.typeName, from: source, shape: input, depth: depth + 1,
        origin: origin)
      var skipped = (node: source, shape: input)
      if !shortcut.isEmpty {
        if elements.contains(where: { $0.name == "shortcut" }) { throw failure(.duplicateName("shortcut")) }
        skipped = try add(
          shortcut, to: "\(path).shortcut", owner: layer.typeName, from: source, shape: input,
          depth: depth + 1, origin: origin)
      }
      guard result.shape == skipped.shape else {
        throw failure(
          shortcut.isEmpty
            ? .residual(input: input, output: result.shape)
            : .shortcut(output: skipped.shape, expected: result.shape))
      }
      nodes.append(
        Node(operation: Add(), inputs: [skipped.node, result.node], shape: result.shape, path: path))
      result.node = nodes.count - 1
    }
    module.output = result.shape
    modules.append(module)
    return result
  }
}

extension Layer {
  /// The shape this layer makes of an input, inferred without computing.
  public func outputShape(for input: Shape) throws -> Shape {
    try ModelGraph([LayerElement(self)], name: typeName, input: input).output
  }
}
