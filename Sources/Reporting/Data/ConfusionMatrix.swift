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

  /// Creates a confusion matrix.
  public init(classes: [String], counts: [[Int]], caption: String? = nil) {
    self.classes = classes
    self.counts = counts
    self.caption = caption
  }

  func count(_ row: Int, _ column: Int) -> Int {
    counts.indices.contains(row) && counts[row].indices.contains(column) ? max(0, counts[row][column]) : 0
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
