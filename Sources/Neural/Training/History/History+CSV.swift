import Support

extension History {
  /// `epoch,train_loss,train_accuracy,…` and one line per epoch; numbers round-trip.
  ///
  /// Every metric of the task has two columns: `train_KEY`, and `test_KEY` or `validation_KEY` by the images that the
  /// epochs were evaluated on.
  public var csv: String {
    func columns(_ split: Split) -> [String] {
      ["\(split.rawValue)_loss"] + task.metrics.map { "\(split.rawValue)_\($0.key)" }
    }
    func numbers(_ score: Score) -> [String] {
      ["\(score.loss)"] + task.metrics.map { "\(score[$0] ?? .nan)" }
    }
    let head =
      ["epoch"] + columns(.train) + (split.map(columns) ?? []) + ["learning_rate", "seconds", "best"]
    let rows = epochs.map { record in
      ["\(record.epoch)"] + numbers(record.train) + numbers(record.evaluation)
        + ["\(record.learningRate)", Number.fixed(record.seconds, 3), "\(record.isBest)"]
    }
    return ([head] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// Reads the epochs that ``csv`` wrote, of any task; lines that cannot be read are left out.
  public static func epochs(csv text: String) -> [EpochRecord] {
    let lines = text.split(separator: "\n")
    guard let head = lines.first?.split(separator: ",").map(String.init) else { return [] }
    let split: Split = head.contains("validation_loss") ? .validation : .test
    let metrics = TrainingTask.all.flatMap(\.metrics).filter { head.contains("train_\($0.key)") }
    var records: [EpochRecord] = []
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == head.count else { continue }
      let cells = Dictionary(zip(head, fields)) { first, _ in first }
      func number(_ column: String) -> Double? { cells[column].flatMap { Double($0) } }
      func score(_ split: Split) -> Score? {
        let values = metrics.compactMap { number("\(split.rawValue)_\($0.key)") }
        guard let loss = number("\(split.rawValue)_loss"), values.count == metrics.count else { return nil }
        return Score(loss: loss, metrics, values: values)
      }
      guard let epoch = cells["epoch"].flatMap({ Int($0) }), let train = score(.train),
        let evaluation = score(split), let rate = number("learning_rate"), let seconds = number("seconds"),
        let best = cells["best"]
      else { continue }
      let isBest = best == "true"
      records.append(
        EpochRecord(
          epoch: epoch, train: train, evaluation: evaluation, on: split, learningRate: rate, seconds: seconds,
          isBest: isBest,
          epochsWithoutImprovement: isBest ? 0 : (records.last?.epochsWithoutImprovement ?? 0) + 1))
    }
    return records
  }
}
