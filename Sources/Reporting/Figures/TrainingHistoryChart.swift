/// Loss and accuracy over the epochs, train and test, with the target and the best epoch marked.
///
///     TrainingHistoryChart(rows: log.rows, target: 0.85).figure(name: "train_history")
public struct TrainingHistoryChart: Chart {
  public var rows: [TrainingLog.Row]
  /// A test accuracy to be reached, as a fraction 0…1.
  public var target: Double?

  public init(rows: [TrainingLog.Row], target: Double? = nil) {
    self.rows = rows
    self.target = target
  }
}
