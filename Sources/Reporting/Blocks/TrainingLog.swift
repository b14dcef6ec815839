/// The epochs of a training run, and the log as it was printed.
///
/// The page shows the first 3 epochs, every new best of the last 10, and the last 5; all rows and the
/// verbatim log stand folded beneath.
public struct TrainingLog: Sendable, Hashable, Codable {
  /// One epoch. Losses are means over samples; accuracies are fractions 0…1; NaN where unknown.
  public struct Row: Sendable, Hashable, Codable {
    /// Counts from 1.
    public var epoch: Int
    public var trainLoss: Double
    public var trainAccuracy: Double
    public var testLoss: Double
    public var testAccuracy: Double
    /// The rate after the epoch's last step.
    public var learningRate: Double
    public var seconds: Double
    /// Whether the test accuracy was the best so far.
    public var isBest: Bool

    public init(
      epoch: Int, trainLoss: Double, trainAccuracy: Double, testLoss: Double, testAccuracy: Double,
      learningRate: Double, seconds: Double, isBest: Bool
    ) {
      self.epoch = epoch
      self.trainLoss = trainLoss
      self.trainAccuracy = trainAccuracy
      self.testLoss = testLoss
      self.testAccuracy = testAccuracy
      self.learningRate = learningRate
      self.seconds = seconds
      self.isBest = isBest
    }
  }

  public var rows: [Row]
  /// The log as the terminal had it.
  public var text: String

  public init(rows: [Row], text: String) {
    self.rows = rows
    self.text = text
  }

  /// Positions of the rows that are shown unfolded. A single row between them is shown, too: a line that
  /// says it is missing would be as long.
  var highlights: [Int] {
    func isHighlight(_ index: Int) -> Bool {
      let fromEnd = rows.count - index
      return index < 3 || fromEnd <= 5 || (fromEnd <= 10 && rows[index].isBest)
    }
    return rows.indices.filter { isHighlight($0) || (isHighlight($0 - 1) && isHighlight($0 + 1)) }
  }
}
