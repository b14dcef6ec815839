/// The description of a layer, which the engine compiles to a plan; it computes nothing itself.
///
/// A layer is a value: its hyperparameters, a documented initialiser with PyTorch's defaults, and `structure`,
/// which describes its components.
///
///     let unit = Sequential { Conv2d(3, 8, kernelSize: 3, padding: 1); BatchNorm2d(8); ReLU() }
///     try unit.outputShape(for: Shape(3, 32, 32))   // 8×32×32
public protocol Layer: Sendable {
  /// The name used by the summary and in errors: PyTorch's class name.
  var typeName: String { get }
  var structure: LayerStructure { get }
}

/// A layer from the engine's perspective.
public indirect enum LayerStructure: Sendable {
  /// One primitive operation.
  case operation(any Operation)
  /// Layers in order. A container (Block, Sequential) has no row in the summary; a wrapper
  /// (DepthwiseSeparableConv2d) has one, after its children.
  case sequence([LayerElement], isContainer: Bool)
  /// The children's output added to the shortcut's or, without a shortcut, to their input.
  case residual([LayerElement], shortcut: [LayerElement])

  /// The number of levels of layers inside.
  fileprivate var nesting: Int {
    switch self {
    case .operation: 0
    case .sequence(let elements, _): elements.lazy.map(\.nesting).max() ?? 0
    case .residual(let elements, let shortcut):
      max(elements.lazy.map(\.nesting).max() ?? 0, shortcut.lazy.map(\.nesting).max() ?? 0)
    }
  }
}

/// A layer inside a container, with the name for its parameters and its place in the source.
public struct LayerElement: Sendable {
  /// The layer.
  public var layer: any Layer
  /// The name; `nil` uses the layer's position, counted from 0, as in `torch.nn.Sequential`.
  public var name: String?
  /// The place of the layer in the notebook, if known.
  public var origin: Origin?
  /// The number of levels of layers, with this one; counted when the element is created.
  package let nesting: Int

  /// The maximum number of levels that cells may nest: laying out and releasing layers is recursive.
  package static let maximumNesting = 100

  /// Creates an element.
  public init(_ layer: any Layer, name: String? = nil, origin: Origin? = nil) {
    self.layer = layer
    nesting = 1 + layer.structure.nesting
    self.name = name
    self.origin = origin
  }
}
