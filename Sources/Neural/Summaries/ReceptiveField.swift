/// The number of input pixels, along one side, that an output pixel of each layer depends on.
///
/// r += (kernel − 1)·dilation·j and j *= stride, from r = j = 1 (Araujo et al., "Computing receptive fields of
/// convolutional neural networks", Distill 2019). Where paths join, the larger field counts.
///
///     ReceptiveField(model).final   // 49 for the assignment's network
public struct ReceptiveField: Sendable, Hashable {
  /// One of the model's top-level layers, for example a block.
  public struct Row: Sendable, Hashable {
    /// The layer's name.
    public var name: String
    /// The field before the layer, then after each operation inside it that widens it.
    public var progression: [Int]
    /// The distance in input pixels between neighbouring output pixels, after the layer.
    public var jump: Int
  }

  /// The model's layers, in order.
  public let rows: [Row]
  /// The field before any global pooling, which assignments and papers report.
  public let final: Int
  /// The field with global average pooling counted as a window over its whole input.
  public let withGlobalPooling: Int

  /// Computes the receptive field of a model.
  public init(_ model: Model) { self.init(model.graph) }

  /// Computes the receptive field of a graph.
  public init(_ graph: ModelGraph) {
    var fields: [(r: Int, j: Int)] = []
    var beforePooling = 1
    var pooled: Int?
    var rows: [Row] = []
    var previous = (r: 1, j: 1)
    for (index, node) in graph.nodes.enumerated() {
      let sources = node.inputs.map { $0 < 0 ? (r: 1, j: 1) : fields[$0] }
      let source = (r: sources.map(\.r).max() ?? 1, j: sources.map(\.j).max() ?? 1)
      var field = source
      switch node.operation.window {
      case .pixel: break
      case .window(let size, let stride): field = (source.r + (size - 1) * source.j, source.j * stride)
      case .image:
        let input = graph.inputShape(of: node)
        if pooled == nil { pooled = source.r + (max(input.height, input.width) - 1) * source.j }
      }
      fields.append(field)
      beforePooling = max(beforePooling, field.r)

      let top = node.path.split(separator: ".").first.map(String.init) ?? node.path
      if rows.last?.name != top { rows.append(Row(name: top, progression: [previous.r], jump: previous.j)) }
      if field.r != rows[rows.count - 1].progression.last { rows[rows.count - 1].progression.append(field.r) }
      rows[rows.count - 1].jump = field.j
      previous = index == graph.nodes.count - 1 ? previous : field
    }
    // For a layer whose name is a number, also show its class.
    let types = Dictionary(graph.modules.filter { $0.depth == 0 }.map { ($0.path, $0.typeName) }) { $1 }
    self.rows = rows.map { row in
      guard row.name.allSatisfy(\.isNumber), let type = types[row.name] else { return row }
      return Row(name: "\(row.name): \(type)", progression: row.progression, jump: row.jump)
    }
    final = beforePooling
    withGlobalPooling = pooled ?? beforePooling
  }

  /// The progression as text, with one line for each layer that widens the field.
  public func text(input: Shape) -> String {
    var lines = ["Receptive field progression:", "Input (\(input.height)×\(input.width)): RF = 1"]
    for row in rows where row.progression.count > 1 {
      lines.append("\(row.name): RF = \(row.progression.map(String.init).joined(separator: " → "))")
    }
    lines.append("Final receptive field: \(final) pixels")
    if withGlobalPooling != final {
      lines.append("(global average pooling sees the whole image: \(withGlobalPooling) by the same formula)")
    }
    return lines.joined(separator: "\n")
  }
}
