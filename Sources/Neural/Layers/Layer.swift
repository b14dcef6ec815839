/// A layer describes itself; it computes nothing. The engine compiles descriptions into a plan.
///
/// A layer is a value: its hyperparameters, a documented initialiser with PyTorch's defaults, and
/// `structure`, which says what it is made of.
///
///     let unit = Sequential { Conv2d(3, 8, kernelSize: 3, padding: 1); BatchNorm2d(8); ReLU() }
///     try unit.outputShape(for: Shape(3, 32, 32))   // 8×32×32
public protocol Layer: Sendable {
  /// The name the summary prints and errors speak of: PyTorch's class name.
  var typeName: String { get }
  var structure: LayerStructure { get }
}

/// What a layer is to the engine.
public indirect enum LayerStructure: Sendable {
  /// One primitive operation.
  case operation(any Operation)
  /// Layers in order. A container (Block, Sequential) has no row in the summary; a wrapper
  /// (DepthwiseSeparableConv2d) has one, after its children.
  case sequence([LayerElement], isContainer: Bool)
  /// The children's output added to the shortcut's; without a shortcut, to their input.
  case residual([LayerElement], shortcut: [LayerElement])
}

/// A layer inside a container, with the name its parameters get and the place it was written at.
public struct LayerElement: Sendable {
  public var layer: any Layer
  /// `nil`: the layer's position, counted from 0, as in `torch.nn.Sequential`.
  public var name: String?
  public var origin: Origin?

  public init(_ layer: any Layer, name: String? = nil, origin: Origin? = nil) {
    self.layer = layer
    self.name = name
    self.origin = origin
  }
}

/// Where in a source file something was written; lines and columns count from 1.
public struct Origin: Sendable, Hashable {
  public var file: String
  public var line: Int
  public var column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
