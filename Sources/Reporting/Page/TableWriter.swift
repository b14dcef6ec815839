/// Writes tables in a region that scrolls and can be focused.
enum TableWriter {
  /// Writes a table.
  ///
  /// - Parameter className: added to the table's element.
  static func markup(_ table: Table, caption: Markup?, className: String = "") -> Markup {
    let columns = 0..<table.columnCount
    let isRight = !columns.isEmpty && columns.allSatisfy { table.alignment(of: $0) == .right }
    let head = columns.markup { column in
      let text = table.headers.indices.contains(column) ? table.headers[column] : ""
      // Screen readers do not treat an empty header cell as a header.
      return text.isEmpty
        ? "<td></td>" : "<th scope=\"col\"\(isRight ? "" : align(table, column))>\(text)</th>"
    }
    let body = table.rows.enumerated().markup { index, row in
      let cells = columns.markup { column in
        let text = row.indices.contains(column) ? row[column] : ""
        let content = column == 0 ? linked(text, table.links[index]) : "\(text)"
        return "<td\(isRight ? "" : align(table, column))>\(content)</td>"
      }
      let mark: Markup = index == table.marked ? " class=\"marked\"" : ""
      return "<tr\(mark)>\(cells)</tr>\n"
    }
    let title: Markup = caption.map { "<caption>\($0)</caption>\n" } ?? ""
    let names = [className, isRight ? "right" : "", table.marked == nil ? "" : "runs"].filter { !$0.isEmpty }
      .joined(separator: " ")
    let kind: Markup = names.isEmpty ? "" : " class=\"\(names)\""
    let sorting: Markup = table.isSortable && table.rows.count > 1 ? " data-sortable" : ""
    return """
      <div class="scroll" tabindex="0" role="group" aria-label="Table"><table\(kind)\(sorting)>
      \(title)<thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)</tbody></table></div>

      """
  }

  private static func linked(_ text: String, _ link: Table.Link?) -> Markup {
    guard let link else { return "\(text)" }
    return "<a href=\"\(link.path)\" aria-label=\"\(link.label)\">\(text)</a>"
  }

  private static func align(_ table: Table, _ column: Int) -> Markup {
    switch table.alignment(of: column) {
    case .left: ""
    case .center: " class=\"c\""
    case .right: " class=\"r\""
    }
  }
}
