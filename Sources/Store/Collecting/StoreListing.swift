import Foundation
import Support

extension StoreContents {
  /// A table with one line per record, followed by the total.
  ///
  /// - Parameter limit: the store's size limit in bytes after a run.
  public func table(limit: Int) -> String {
    let header = ["KIND", "NAME", "KEY", "SIZE", "LAST USED", "PINNED"]
    let rows = items.map { item in
      [
        item.kind.rawValue, Self.line(item.label, limit: 48), Self.line(item.key, limit: 12),
        "\(ByteCount(item.bytes))", Moment.text(item.lastUsed), item.isPinned ? "yes" : "",
      ]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].terminalColumns }.max() ?? 0
    }
    let lines = (items.isEmpty ? [] : [header] + rows).map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        // Align the sizes on the right.
        column == 3 ? cell.0.leftPadded(to: cell.1) : cell.0.padded(to: cell.1)
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
    return (lines + [summary(limit: limit)]).joined(separator: "\n")
  }

  private func summary(limit: Int) -> String {
    let count = "\(items.count) \(items.count == 1 ? "entry" : "entries")"
    let total = "\(count), \(ByteCount(bytes)) (limit: \(ByteCount(limit)))"
    if leftovers == 0 { return total }
    let files = leftovers == 1 ? "1 file is" : "\(leftovers) files are"
    return
      "\(total)\n\(files) damaged or incomplete; 'quire cache gc' removes \(leftovers == 1 ? "it" : "them")"
  }

  /// The listing as JSON.
  public func json(directory: String, limit: Int) -> String {
    JSON.text(
      Listing(
        directory: directory, bytes: bytes, limit: limit, leftovers: leftovers,
        records: items.map { item in
          Listing.Row(
            kind: item.kind, key: item.key, label: item.label, bytes: item.bytes,
            lastUsed: item.lastUsed.ISO8601Format(), isPinned: item.isPinned)
        }))
  }

  private struct Listing: Encodable {
    var directory: String
    var bytes: Int
    var limit: Int
    var leftovers: Int
    var records: [Row]

    struct Row: Encodable {
      var kind: RecordKind
      var key: String
      var label: String
      var bytes: Int
      var lastUsed: String
      var isPinned: Bool
    }
  }

  /// The text on one line, truncated with an ellipsis.
  private static func line(_ text: String, limit: Int) -> String {
    let isHidden: (Unicode.Scalar) -> Bool = { $0.properties.generalCategory == .control || $0 == "\u{2028}" }
    let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { isHidden($0) ? " " : $0 }))
    return plain.count <= limit ? plain : plain.prefix(limit - 1) + "…"
  }
}
