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
