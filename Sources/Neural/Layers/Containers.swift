/// Named layers in order; their parameters are called `name.0.weight` and so on.
///
///     Block("block1") { Conv2d(3, 8, kernelSize: 3); ReLU() }
public struct Block: Layer {
  public let name: String
  public let elements: [LayerElement]

  public init(_ name: String, @LayerBuilder _ layers: () -> [LayerElement]) {
    self.init(name, elements: layers())
  }
  public init(_ name: String, elements: [LayerElement]) {
    self.name = name
    self.elements = elements
  }

  public var typeName: String { "Block" }
  public var structure: LayerStructure { .sequence(elements, isContainer: true) }
}

/// Layers in order, without a name of their own (PyTorch: `nn.Sequential`).
public struct Sequential: Layer {
  public let elements: [LayerElement]

  public init(@LayerBuilder _ layers: () -> [LayerElement]) { elements = layers() }
  public init(elements: [LayerElement]) { self.elements = elements }

  public var typeName: String { "Sequential" }
  public var structure: LayerStructure { .sequence(elements, isContainer: true) }
}

/// Layers whose output is added to their input: He et al., "Deep residual learning" (2015).
///
/// The input's shape must come out again. Layers that change it need a shortcut, which makes the same shape of the input;
/// its parameters are called `shortcut.0.weight` and so on.
///
///     Residual { Conv2d(16, 16, kernelSize: 3, padding: 1); BatchNorm2d(16) }
///     Residual(shortcut: { Conv2d(16, 32, kernelSize: 1, stride: 2) }) {
///       Conv2d(16, 32, kernelSize: 3, stride: 2, padding: 1); BatchNorm2d(32)
///     }
public struct Residual: Layer {
  public let elements: [LayerElement]
  /// The layers that the input passes through on its way to the sum; empty for none.
  public let shortcut: [LayerElement]

  public init(@LayerBuilder _ layers: () -> [LayerElement]) { self.init(elements: layers()) }
  public init(
    @LayerBuilder shortcut: () -> [LayerElement], @LayerBuilder _ layers: () -> [LayerElement]
  ) {
    self.init(elements: layers(), shortcut: shortcut())
  }
  public init(elements: [LayerElement], shortcut: [LayerElement] = []) {
    self.elements = elements
    self.shortcut = shortcut
  }

  public var typeName: String { "Residual" }
  public var structure: LayerStructure { .residual(elements, shortcut: shortcut) }
}
