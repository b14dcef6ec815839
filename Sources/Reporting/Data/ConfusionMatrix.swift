import Support
import TrainingRecords

/// The number of samples for each pair of true class (row) and predicted class (column).
///
/// Missing and negative counts are treated as 0.
///
///     ConfusionMatrix(classes: ["cat", "dog"], counts: [[90, 10], [20, 80]])
public struct ConfusionMatrix: Sendable, Hashable, Codable {
  /// The class names.
  public var classes: [String]
  /// The counts; `counts[t][p]` is the number of samples of class t predicted as p.
  public var counts: [[Int]]
  /// The caption.
  public var caption: String?
  /// The total that each count is divided by, to show fractions; `nil` shows counts.
  public var normalization: ConfusionNormalization?

  /// Creates a confusion matrix.
  public init(
    classes: [String], counts: [[Int]], caption: String? = nil, normalization: ConfusionNormalization? = nil
  ) {
    self.classes = classes
    self.counts = counts
    self.caption = caption
    self.normalization = normalization
  }

  /// The number of samples of a class that were predicted as another, by index; 0 for missing and negative counts.
  public func count(_ row: Int, _ column: Int) -> Int {
    counts.indices.contains(row) && counts[row].indices.contains(column) ? max(0, counts[row][column]) : 0
  }

  /// A cell as text: the count, or the fraction, which is `–` where the total is 0.
  func text(_ row: Int, _ column: Int) -> String {
    guard normalization != nil else { return Number.grouped(count(row, column)) }
    return share(row, column).map { Number.percent($0, decimals: 1) } ?? "–"
  }

  /// The same without thousands separators, for tables that programs read.
  func plainText(_ row: Int, _ column: Int) -> String {
    normalization == nil ? "\(count(row, column))" : text(row, column)
  }

  /// The fraction of a cell in the total of ``normalization``, or without one in the true class; `nil` if the total is 0.
  func share(_ row: Int, _ column: Int) -> Double? {
    let total: Double =
      switch normalization {
      case nil, .true: rowSum(row)
      case .pred: columnSum(column)
      case .all: classes.indices.reduce(0) { $0 + rowSum($1) }
      }
    return total > 0 ? Double(count(row, column)) / total : nil
  }

  func rowSum(_ row: Int) -> Double { classes.indices.reduce(0) { $0 + Double(count(row, $1)) } }
  func columnSum(_ column: Int) -> Double { classes.indices.reduce(0) { $0 + Double(count($1, column)) } }

  /// Correct predictions divided by samples of the class; `nil` if it has none.
  func recall(_ index: Int) -> Double? { ratio(index, rowSum(index)) }
  /// Correct predictions divided by predictions of the class; `nil` if there are none.
  func precision(_ index: Int) -> Double? { ratio(index, columnSum(index)) }

  private func ratio(_ index: Int, _ sum: Double) -> Double? {
    sum > 0 ? Double(count(index, index)) / sum : nil
  }
}
