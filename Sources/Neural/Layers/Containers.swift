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
  public var structure: LayerStructure { .residual(elements, shortcut: shortcut) }
}
