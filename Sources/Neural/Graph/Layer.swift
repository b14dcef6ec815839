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
  /// Branches that read the same input, and the operation that joins their outputs, which must have the same shape.
  ///
  /// Branches are laid out in order; the operation reads the last one first. `verb` completes the sentence "The layer …"
  /// in errors: `adds its output to its input`.
  case branches([Branch], joinedBy: any Operation, verb: String)

  /// One of several paths from a layer's input to its output.
  public struct Branch: Sendable {
    /// The layers, in order; if there are none, the branch's output is its input. The first branch must have layers.
    public var elements: [LayerElement]
    /// The prefix of the names of its parameters below the layer's; `nil` for none.
    public var prefix: String?
    /// The word for its output in errors.
    public var label: String

    /// Creates a branch.
    public init(_ elements: [LayerElement], prefix: String? = nil, label: String) {
      self.elements = elements
      self.prefix = prefix
      self.label = label
    }

    /// The path of its layers in a layer with this path.
    func path(in layer: String) -> String { prefix.map { "\(layer).\($0)" } ?? layer }
  }

  /// The number of levels of layers inside.
  fileprivate var nesting: Int {
    switch self {
    case .operation: 0
    case .sequence(let elements, _): elements.lazy.map(\.nesting).max() ?? 0
    case .branches(let branches, _, _): branches.lazy.flatMap(\.elements).map(\.nesting).max() ?? 0
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
