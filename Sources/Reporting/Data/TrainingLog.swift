/// The epochs of a training, and its log as printed.
///
/// The page shows the first 3 epochs, each new best among the last 10, and the last 5. All epochs and the printed
/// log are folded below.
public struct TrainingLog: Sendable, Hashable, Codable {
  /// One epoch. Losses are means over samples; accuracies are fractions, 0…1; NaN if unknown.
  public struct Row: Sendable, Hashable, Codable {
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The mean loss on the training images during the epoch.
    public var trainLoss: Double
    /// The accuracy on the training images during the epoch, 0…1.
    public var trainAccuracy: Double
    /// The mean loss on the test images after the epoch.
    public var testLoss: Double
    /// The accuracy on the test images after the epoch, 0…1.
    public var testAccuracy: Double
    /// The learning rate after the epoch's last batch.
    public var learningRate: Double
    /// The epoch's duration in seconds.
    public var seconds: Double
    /// Whether the test accuracy was the best so far.
    public var isBest: Bool

    /// Creates a row.
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

  /// The epochs, in order.
  public var rows: [Row]
  /// The log as printed on the terminal.
  public var text: String

  /// Creates a log.
  public init(rows: [Row], text: String) {
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
