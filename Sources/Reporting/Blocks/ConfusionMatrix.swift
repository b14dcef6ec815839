/// How often each true class was taken for each class: row = true, column = predicted.
///
/// Missing counts are 0, and negative ones are taken as 0.
///
///     ConfusionMatrix(classes: ["cat", "dog"], counts: [[90, 10], [20, 80]])
public struct ConfusionMatrix: Sendable, Hashable, Codable {
  public var classes: [String]
  public var counts: [[Int]]
  public var caption: String?

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

  /// Right answers over true samples of the class; `nil` where there are none.
  func recall(_ index: Int) -> Double? { ratio(index, rowSum(index)) }
  /// Right answers over predictions of the class; `nil` where there are none.
  func precision(_ index: Int) -> Double? { ratio(index, columnSum(index)) }

  private func ratio(_ index: Int, _ sum: Double) -> Double? {
    sum > 0 ? Double(count(index, index)) / sum : nil
  }
}
