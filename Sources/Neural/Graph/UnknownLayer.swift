/// A layer whose error has already been reported. A model that contains one has no graph; ``ModelFaults`` lays out the
/// other layers around it.
public struct UnknownLayer: Layer {
  /// The layer with its invalid arguments; `nil` if even its kind is unknown.
  public let meant: (any Layer)?

  /// Creates the layer.
  public init(meant: (any Layer)? = nil) { self.meant = meant }

  public var typeName: String { meant?.typeName ?? "Layer" }
  /// No layers, which no graph accepts.
  public var structure: LayerStructure { .sequence([], isContainer: true) }
}
