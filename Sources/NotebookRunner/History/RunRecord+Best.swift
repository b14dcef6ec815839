import Neural
import Steps

extension RunRecord {
  /// The metric of the last training and its best value; `nil` if there is none.
  var best: (metric: Metric, value: Double, split: Split, epoch: Int?)? {
    guard let training = trainings.last, let split = training.outcome.split,
      let metric = TrainingTask.all.flatMap(\.metrics).first(where: { $0.key == training.outcome.metric }),
      let value = training.figures[
        "best" + split.title + metric.key.prefix(1).uppercased() + metric.key.dropFirst()]
    else { return nil }
    return (metric, value, split, training.outcome.bestEpoch)
  }

  /// For example `87.02% at epoch 48`.
  var bestText: String? {
    best.map { best in best.metric.text(best.value) + (best.epoch.map { " at epoch \($0)" } ?? "") }
  }
}
