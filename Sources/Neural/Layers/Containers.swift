/// Named layers in order; their parameters are named `name.0.weight` and so on.
///
///     Block("block1") { Conv2d(3, 8, kernelSize: 3); ReLU() }
public struct Block: Layer {
  /// The block's name, the prefix of its parameters' names.
  public let name: String
  /// The layers, in order.
  public let elements: [LayerElement]

  /// Creates a block.
  public init(_ name: String, @LayerBuilder _ layers: () -> [LayerElement]) {
    self.init(name, elements: layers())
  }
  /// Creates a block from collected layers.
  public init(_ name: String, elements: [LayerElement]) {
    self.name = name
    self.elements = elements
  }

  public var typeName: String { "Block" }
  public var structure: LayerStructure { .sequence(elements, isContainer: true) }
}

/// Layers in order, without a name (PyTorch: `nn.Sequential`).
public struct Sequential: Layer {
  /// The layers, in order.
  public let elements: [LayerElement]

  /// Creates a sequence.
  public init(@LayerBuilder _ layers: () -> [LayerElement]) { elements = layers() }
  /// Creates a sequence from collected layers.
  public init(elements: [LayerElement]) { self.elements = elements }

  public var typeName: String { "Sequential" }
  public var structure: LayerStructure { .sequence(elements, isContainer: true) }
}
