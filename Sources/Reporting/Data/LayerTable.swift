/// The layers of a model, grouped by the blocks that the author named.
public struct LayerTable: Sendable, Hashable, Codable {
  /// A layer with its output.
  public struct Layer: Sendable, Hashable, Codable {
    /// The layer's name in the printed summary, for example `Conv2d-1`.
    public var name: String
    /// The shape of the output, for example `16 × 32 × 32`.
    public var output: String
    /// The number of parameters.
    public var parameters: Int

    /// Creates a layer.
    public init(_ name: String, output: String, parameters: Int) {
      self.name = name
      self.output = output
      self.parameters = parameters
    }
  }

  /// Consecutive layers of one block, or outside of blocks.
  public struct Group: Sendable, Hashable, Codable {
    /// The block's name; `nil` for layers outside of blocks.
    public var name: String?
    /// The layers, in order.
    public var layers: [Layer]

    /// Creates a group.
    public init(_ name: String?, _ layers: [Layer]) {
      self.name = name
      self.layers = layers
    }

    /// The number of parameters of all layers.
    var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }
  }

  /// The title, for example `SlimNet: 61,928 parameters`.
  public var title: String
  /// The layers, in order.
  public var groups: [Group]
  /// The summary as printed.
  public var text: String

  /// Creates a table.
  public init(title: String, groups: [Group], text: String) {
    self.title = title
    self.groups = groups
    self.text = text
  }

  /// Whether the author named any block.
  var hasBlocks: Bool { groups.contains { $0.name != nil } }
}
