import Support

/// An error in a table that the notebook has computed.
public struct TableError: Problem, Hashable {
  /// The kinds of errors. Rows are counted from 0, as in the notebook's arrays.
  public enum Fact: Sendable, Hashable {
    /// There are no rows.
    case noRows
    /// The rows are empty.
    case noFeatures
    /// The targets of the rows are empty.
    case noTargets
    /// Rows have another length than the first row.
    case lengths(String, rows: [Int], first: Int, expected: Int)
    /// Rows contain a number that is NaN, infinite or too large.
    case notFinite(String, rows: [Int])
    /// Rows have no label.
    case emptyLabels(rows: [Int])
    /// The number of labels or targets is not the number of rows.
    case count(String, found: Int, rows: Int)
    /// Classes with a single row, which cannot be used for both training and testing.
    case singleRows(classes: [String])
    /// There is only one row, which cannot be used for both training and testing.
    case singleRow
    /// The fraction of the test set is out of range.
    case fraction(Double)
    /// The rows of a set are invalid.
    case set(ImageSetError)
  }

  /// The kind of error, with its details.
  public var fact: Fact

  /// Creates an error.
  public init(_ fact: Fact) { self.fact = fact }

  public var description: String {
    switch fact {
    case .noRows: "features has no rows; give one array of numbers for each row"
    case .noFeatures: "the rows of features are empty; give at least one number in each row"
    case .noTargets: "the rows of targets are empty; give at least one number in each row"
    case .lengths(let array, let rows, let first, let expected):
      "\(array): row 0 has \(Number.counted(expected, "number")), but row \(rows[0]) has \(first)"
        + "\(Self.others(rows)); all rows must have the same length"
    case .notFinite(let array, let rows):
      "\(array): row \(rows[0])\(Self.others(rows)) contains a number that is not finite; remove or replace such rows"
    case .emptyLabels(let rows):
      "labels: row \(rows[0])\(Self.others(rows)) has an empty label; name its class, or remove the row"
    case .count(let array, let found, let rows):
      "features has \(Number.counted(rows, "row")), but \(array) has \(Number.grouped(found)) "
        + "\(found == 1 ? "element" : "elements"); give one for each row"
    case .singleRows(let names):
      "\(ImageFolderFault.classes(names)) only 1 row\(names.count == 1 ? "" : " each"); a class needs at least 2, "
        + "because a part of each class is set aside for testing"
    case .singleRow: "there is only 1 row; add rows, because a part of them is set aside for testing"
    case .fraction(let found): "test must be above 0 and below 1, found \(found)"
    case .set(let error): "\(error)"
    }
  }

  /// ` (also rows 4, 7 and 12 more)`.
  private static func others(_ rows: [Int]) -> String {
    guard rows.count > 1 else { return "" }
    let listed = rows.dropFirst().prefix(4).map(String.init)
    let more = rows.count - 1 - listed.count
    return " (also \(rows.count == 2 ? "row" : "rows") \(listed.joined(separator: ", "))"
      + (more > 0 ? " and \(Number.grouped(more)) more)" : ")")
  }
}
