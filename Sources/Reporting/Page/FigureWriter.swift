/// Writes a figure: the chart at the width that fits the screen, its caption, and its numbers.
enum FigureWriter {
  static func markup(_ figure: Figure, caption: Markup?, number: Int) -> Markup {
    let isDouble = figure.compactScene != nil
    let wide = SVGWriter.element(
      figure.scene, title: figure.title, description: figure.description, id: "figure.\(number)",
      className: isDouble ? "wide" : "only")
    let compact: Markup? = figure.compactScene.map { scene in
      SVGWriter.element(
        scene, title: figure.title, description: figure.description, id: "figure.\(number)-compact",
        className: "compact", stretch: 1.3)
    }
    let line: Markup = caption.map { "<figcaption>\($0)</figcaption>\n" } ?? ""
    return """
      <figure class="plot">
      \(wide)\(compact)
      \(line)\(data(figure))</figure>

      """
  }

  private static func data(_ figure: Figure) -> Markup {
    let tables = figure.data.filter { !$0.rows.isEmpty }
    guard !tables.isEmpty else { return "" }
    let rows = tables.reduce(0) { $0 + $1.rows.count }
    let body = tables.markup { table in
      TableWriter.markup(table, caption: table.caption.map { "\($0)" }, className: "data")
    }
    return """
      <details class="more"><summary>Data for this figure (\(rows) \(rows == 1 ? "row" : "rows"))</summary>
      \(body)</details>

      """
  }
}
