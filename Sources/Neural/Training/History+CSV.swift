import Support

extension History {
  /// `epoch,train_loss,train_accuracy,…` and one line per epoch; numbers round-trip.
  ///
  /// Every metric of the task has two columns, `train_KEY` and `test_KEY`.
  public var csv: String {
    func columns(_ set: String) -> [String] { ["\(set)_loss"] + task.metrics.map { "\(set)_\($0.key)" } }
    func numbers(_ score: Score) -> [String] {
      ["\(score.loss)"] + task.metrics.map { "\(score[$0] ?? .nan)" }
    }
    let head = ["epoch"] + columns("train") + columns("test") + ["learning_rate", "seconds", "best"]
    let rows = epochs.map { record in
      ["\(record.epoch)"] + numbers(record.train) + numbers(record.test)
        + ["\(record.learningRate)", Number.fixed(record.seconds, 3), "\(record.isBest)"]
    }
    return ([head] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// Reads the epochs that ``csv`` wrote, of any task; lines that cannot be read are left out.
  public static func epochs(csv text: String) -> [EpochRecord] {
    let lines = text.split(separator: "\n")
    guard let head = lines.first?.split(separator: ",").map(String.init) else { return [] }
    let metrics = TrainingTask.all.flatMap(\.metrics).filter { head.contains("test_\($0.key)") }
    var records: [EpochRecord] = []
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == head.count else { continue }
      let cells = Dictionary(zip(head, fields)) { first, _ in first }
      func number(_ column: String) -> Double? { cells[column].flatMap { Double($0) } }
      func score(_ set: String) -> Score? {
        let values = metrics.compactMap { number("\(set)_\($0.key)") }
        guard let loss = number("\(set)_loss"), values.count == metrics.count else { return nil }
        return Score(loss: loss, metrics, values: values)
      }
      guard let epoch = cells["epoch"].flatMap({ Int($0) }), let train = score("train"),
        let test = score("test"), let rate = number("learning_rate"), let seconds = number("seconds"),
        let best = cells["best"]
      else { continue }
      let isBest = best == "true"
      records.append(
        EpochRecord(
          epoch: epoch, train: train, test: test, learningRate: rate, seconds: seconds, isBest: isBest,
          epochsWithoutImprovement: isBest ? 0 : (records.last?.epochsWithoutImprovement ?? 0) + 1))
    }
    return records
  }
}
