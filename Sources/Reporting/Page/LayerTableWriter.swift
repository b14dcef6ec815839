import Support

/// Writes the layers of a model: the blocks, or all layers if they are few; folded below, the others and the printed
/// summary.
enum LayerTableWriter {
  /// The maximum number of layers that are shown without folding.
  private static let shownLayers = 12

  static func markup(_ layers: LayerTable) -> Markup {
    let count = layers.groups.reduce(0) { $0 + $1.layers.count }
    let all = table(
      layers.groups.markup { rows($0, isGrouped: layers.hasBlocks) }, "Layer", label: "All layers")
    let folded: Markup = """
      <details class="more"><summary>All \(count) layers</summary>
      \(all)</details>

      """
    let visible: Markup =
      layers.hasBlocks
      ? "\(table(layers.groups.markup(summary), "Block", label: "Blocks"))\(folded)"
      : count > shownLayers ? folded : all
    return """
      <div class="titled"><p class="title">\(layers.title)</p>
      \(visible)<details class="more verbatim"><summary>Printed summary</summary>
      \(BlockWriter.console(layers.text))</details>
      </div>

      """
  }

  private static func table(_ rows: Markup, _ first: String, label: String) -> Markup {
    """
    <div class="scroll" tabindex="0" role="group" aria-label="\(label)"><table class="layers">
    <thead><tr><th scope="col">\(first)</th><th scope="col" class="r">Output</th>\
    <th scope="col" class="r">Parameters</th></tr></thead>
    \(rows)</table></div>

    """
  }

  /// A line for a block, or for each layer outside of blocks.
  private static func summary(_ group: LayerTable.Group) -> Markup {
    guard let name = group.name, let last = group.layers.last else { return rows(group, isGrouped: false) }
    let size = Number.counted(group.layers.count, "layer")
    return """
      <tr><th scope="row">\(name) <small>\(size)</small></th><td class="r">\(last.output)</td>\
      <td class="r">\(Number.grouped(group.parameters))</td></tr>

      """
  }

  private static func rows(_ group: LayerTable.Group, isGrouped: Bool) -> Markup {
    let lines = group.layers.markup { layer in
      """
      <tr><td>\(layer.name)</td><td class="r">\(layer.output)</td>\
      <td class="r">\(Number.grouped(layer.parameters))</td></tr>

      """
    }
    let head: Markup =
      group.name.map { name in
        """
        <tr class="group"><th scope="rowgroup" colspan="2">\(name)</th>\
        <td class="r">\(Number.grouped(group.parameters))</td></tr>

        """
      } ?? ""
    let kind: Markup = isGrouped && group.name == nil ? " class=\"outside\"" : ""
    return "<tbody\(kind)>\n\(head)\(lines)</tbody>\n"
  }
}
