import Reporting
import Support

/// A table with aligned columns and a marked row, fitted to the terminal's width.
///
/// If it is too wide, headers are wrapped, then columns are left out. If it is still too wide, it becomes a list.
struct TerminalTable {
  private(set) var lines: [String] = []
  /// The headers of the columns that were left out.
  private(set) var leftOut: [String] = []

  private static let gap = 2

  /// Fits a table.
  ///
  /// - Parameters:
  ///   - columns: the terminal's width; `nil` for no limit.
  ///   - spare: the headers of columns that may be left out, least important first.
  init(_ table: Table, columns: Int?, spare: [String]) {
    var kept = Array(table.headers.indices)
    func head(_ column: Int, _ width: Int) -> [String] { Self.wrapped(table.headers[column], width) }
    func cells(_ column: Int) -> [String] { table.rows.map { $0[column] } }
    func width(_ column: Int, breaking: Bool) -> Int {
      let words = breaking ? head(column, 1) : [table.headers[column]]
      return (cells(column) + words).map(\.terminalColumns).max() ?? 0
    }
    func total(breaking: Bool) -> Int {
      kept.reduce(0) { $0 + Self.gap + width($1, breaking: breaking) }
    }
    let room = columns ?? .max
    let isBreaking = total(breaking: false) > room
    for name in spare where total(breaking: isBreaking) > room {
      guard let place = kept.firstIndex(where: { table.headers[$0] == name }) else { continue }
      leftOut.append(name)
      kept.remove(at: place)
    }
    if total(breaking: isBreaking) > room {
      lines = Self.list(table, kept, room)
      return
    }
    let widths = kept.map { width($0, breaking: isBreaking) }
    let heads = zip(kept, widths).map { isBreaking ? head($0, $1) : [table.headers[$0]] }
    let height = heads.map(\.count).max() ?? 1
    // Headers are aligned at the bottom.
    var grid = (0..<height).map { line in
      heads.map { head in line < height - head.count ? "" : head[line - (height - head.count)] }
    }
    grid += table.rows.map { row in kept.map { row[$0] } }
    lines = grid.enumerated().map { index, row in
      let cells = zip(zip(kept, widths), row).map { place, text -> String in
        let padding = String(repeating: " ", count: max(0, place.1 - text.terminalColumns))
        let isRight = table.alignments.indices.contains(place.0) && table.alignments[place.0] == .right
        return isRight ? padding + text : text + padding
      }
      let mark = index >= height && index - height == table.marked ? "→ " : "  "
      let line = mark + cells.joined(separator: String(repeating: " ", count: Self.gap))
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A row as text: `rate 0.1, widths [16, 32], best test accuracy 81.70%, best`.
  private static func list(_ table: Table, _ kept: [Int], _ room: Int) -> [String] {
    table.rows.enumerated().flatMap { index, row in
      let parts = kept.filter { !row[$0].isEmpty }.map { column in
        table.headers[column].isEmpty ? row[column] : "\(table.headers[column]) \(row[column])"
      }
      let text = wrapped(parts.joined(separator: ", "), room - gap)
      return text.enumerated().map { ($0 == 0 && index == table.marked ? "→ " : "  ") + $1 }
    }
  }

  /// Lines broken between words; longer words are not broken.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].terminalColumns + 1 + word.terminalColumns <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
