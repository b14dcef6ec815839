import Support
import TrainingRecords

/// The epochs of a training run, and its log as printed.
///
/// The page shows the first 3 epochs, each new best among the last 10, and the last 5. All epochs and the printed
/// log are folded below.
public struct TrainingLog: Sendable, Hashable, Codable {
  /// The epochs, in order.
  public var rows: [EpochRecord]
  /// The log as printed on the terminal.
  public var text: String

  /// Creates a log.
  public init(rows: [EpochRecord], text: String) {
    self.rows = rows
    self.text = text
  }

  /// The maximum number of epochs in a table of all epochs; `history.csv` contains the others.
  static let maximumRows = 1000

  /// The indices of the rows of a table of all epochs: the first and the last if there are too many.
  var listed: [Int] {
    guard rows.count > Self.maximumRows else { return Array(rows.indices) }
    return Array(rows.indices.prefix(Self.maximumRows / 2) + rows.indices.suffix(Self.maximumRows / 2))
  }

  /// The log as printed, without its middle if it is very long; `training.log` contains all of it.
  public var shownText: String {
    let excerpt = TextExcerpt(text, limit: TextExcerpt.Limit(lines: Self.maximumRows / 2, bytes: 64 << 10))
    return excerpt.isWhole ? text : LongText(excerpt).plainText
  }

  /// The indices of the rows that are not folded. A single row between two of them is shown as well, since a line
  /// saying that it is omitted would be as long.
  var highlights: [Int] {
    func isHighlight(_ index: Int) -> Bool {
      let fromEnd = rows.count - index
      return index < 3 || fromEnd <= 5 || (fromEnd <= 10 && rows[index].isBest)
    }
    return rows.indices.filter { isHighlight($0) || (isHighlight($0 - 1) && isHighlight($0 + 1)) }
  }
}
