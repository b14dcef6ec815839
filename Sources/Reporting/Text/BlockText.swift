import Support

extension ReportBlock {
  /// The block as plain text for a terminal: one or more lines, without a final line end.
  public var plainText: String {
    switch self {
    case .text(let text): return text.asConsoleText.trimmingLineEnd
    case .longText(let text): return text.plainText.trimmingLineEnd
    case .preformatted(let title, let text): return "\(title)\n\n\(text.asConsoleText.trimmingLineEnd)"
    case .layers(let layers): return "\(layers.title)\n\n\(layers.text)"
    case .message(let kind, let text): return "\(kind.word): \(text)"
    case .facts(let facts): return facts.map(\.plainText).joined(separator: "\n")
    case .figure(let figure):
      return [figure.caption, figure.title + ".", figure.description].compactMap { $0 }
        .joined(separator: "\n")
    case .gallery(let gallery):
      let rows = gallery.rows.map { row in
        (row.title.map { "\($0): " } ?? "") + row.images.map(\.words).joined(separator: "; ")
      }
      return ((gallery.caption.map { [$0] } ?? []) + rows).joined(separator: "\n")
    case .trainingLog(let log): return log.shownText.trimmingLineEnd
    case .problem(let text): return text.asConsoleText.trimmingLineEnd
    case .table, .checklist, .confusionMatrix: return table?.plainText ?? ""
    }
  }
}

extension Message.Kind {
  /// The kind as a word: `Note`, `Warning`, `Done`, `Error`.
  public var word: String {
    switch self {
    case .info: "Note"
    case .warning: "Warning"
    case .success: "Done"
    case .error: "Error"
    }
  }
}

extension Fact {
  /// The fact as text: `Parameters: 199,368 (< 200k)`.
  public var plainText: String { "\(name): \(value)" + (note.map { " (\($0))" } ?? "") }
}

extension GalleryImage {
  /// The text that replaces the image.
  public var words: String { !caption.isEmpty ? caption : alt.isEmpty ? "image" : alt }
}

extension Table {
  /// The table with padded columns and a line below the header.
  public var plainText: String {
    let columns = 0..<columnCount
    let lines = ([headers] + rows).map { row in columns.map { row.indices.contains($0) ? row[$0] : "" } }
    let widths = columns.map { column in lines.map { $0[column].terminalColumns }.max() ?? 0 }
    let text = lines.map { line in
      let cells = columns.map { column in
        let room = String(repeating: " ", count: widths[column] - line[column].terminalColumns)
        return alignment(of: column) == .right ? room + line[column] : line[column] + room
      }
      return cells.joined(separator: "  ").trimmingSpaces
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    return ((caption.map { [$0] } ?? []) + text.prefix(1) + [rule] + text.dropFirst()).joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
