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
/// The input's shape must come out again.
///
///     Residual { Conv2d(16, 16, kernelSize: 3, padding: 1); BatchNorm2d(16) }
public struct Residual: Layer {
  public let elements: [LayerElement]

  public init(@LayerBuilder _ layers: () -> [LayerElement]) { elements = layers() }
  public init(elements: [LayerElement]) { self.elements = elements }

  public var typeName: String { "Residual" }
  public var structure: LayerStructure { .residual(elements) }
}
