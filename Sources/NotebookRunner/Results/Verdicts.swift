import Neural
import Reporting
import Support

/// A run's outcome as a sentence and as tiles.
enum Verdicts {
  /// A summary, for example
  /// `87.02% on the test images at epoch 48, met the 85% target, 199,368 parameters, 38 min 12 s on 2 threads`.
  static func sentence(_ run: RunSnapshot) -> String {
    let results = run.results
    let training = run.unfinishedTraining
    var parts: [String] = []
    switch run.status {
    case .running:
      parts.append("\(unfinished) \(run.lastUpdate)")
      if let training { parts.append(training.stand(results.histories.last)) }
    case .interrupted:
      if let training {
        return "Interrupted \(training.stand(results.histories.last))"
          + training.goingOn(isFresh: run.options.fresh)
      }
      let step = run.steps.first { $0.status == .interrupted }
      parts.append("Interrupted" + (step.map { " at step '\($0.title)'" } ?? ""))
    case .failed:
      let step = run.steps.first { $0.status == .failed }
      parts.append("Failed " + (step.map { "at step '\($0.title)'" } ?? "in the prose"))
    case .finished: break
    }
    // The notebook's last training is its result once it has ended.
    if training == nil, let history = results.histories.last, let best = history.best {
      parts.append(
        "\(best.evaluation.decidingText) on the \(history.evaluatedSamples ?? "") at epoch \(best.epoch)")
      if let goal = history.target, let met = history.reachedTarget, met || history.isOver {
        parts.append(target(goal, of: history.metric, isMet: met))
      }
    } else if training == nil, let evaluation = results.evaluations.last {
      parts.append("\(evaluation.score.decidingText) on the \(evaluation.split.images)")
    }
    if let model = results.models.last { parts.append("\(Number.grouped(model.parameters)) parameters") }
    if !results.histories.isEmpty {
      let seconds = Number.duration(results.histories.reduce(0) { $0 + $1.totalSeconds })
      parts.append(seconds + (threads(run).map { " on \($0)" } ?? ""))
    }
    if let dataset = results.dataset, dataset.isEmbedded { parts.append("embedded data") }
    if parts.isEmpty {
      parts.append("Finished: \(run.steps.count) \(run.steps.count == 1 ? "step" : "steps")")
    }
    return parts.joined(separator: ", ")
  }

  private static let unfinished = "Not finished:"

  /// The sentence of a run that was killed, from the last one that it wrote: `Killed: last updated …`.
  static func settled(_ sentence: String) -> String {
    sentence.hasPrefix(unfinished) ? "Killed:" + sentence.dropFirst(unfinished.count) : sentence
  }

  static func verdict(_ run: RunSnapshot) -> Verdict {
    let status: Verdict.Status =
      switch run.status {
      case .running: .running
      case .interrupted: .interrupted
      case .failed: .error
      case .finished: Verdict.Status(reachedTarget: run.results.histories.last?.reachedTarget)
      }
    let end = run.status == .running ? "; \(RunSnapshot.writtenDuringRun)" : ""
    let stopped = run.steps.first { $0.status == .failed || $0.status == .interrupted }
    return Verdict(
      status, sentence(run) + end, anchor: status == .error || status == .interrupted ? stopped?.anchor : nil)
  }

  static func tiles(_ run: RunSnapshot) -> [Tile] {
    let results = run.results
    var tiles: [Tile] = []
    if let history = results.histories.last, let best = history.best {
      tiles.append(
        Tile(
          "Best \(best.split.rawValue) \(history.metric.name)", history.metric.text(history.bestMetric),
          note: "epoch \(best.epoch)", curve: curve(history)))
      // The training did not look at the test images; an evaluation may have.
      if best.split != .test,
        let test = results.evaluations.last(where: { $0.split == .test && $0.name == history.modelName }),
        let metric = test.score.metrics.first, let value = test.score[metric]
      {
        tiles.append(Tile("Test \(metric.name)", metric.text(value), note: "\(test.weights)"))
      }
      if let ten = history.lastTen, history.epochs.count > 1 {
        tiles.append(
          Tile(
            "Mean of the last \(min(10, history.epochs.count)) epochs", history.metric.text(ten.mean),
            note: "± \(history.metric.text(ten.standardDeviation)), \(history.evaluatedSamples ?? "")"))
      }
    }
    if let model = results.models.last {
      tiles.append(Tile("Parameters", Number.grouped(model.parameters)))
      if results.histories.last?.isOfTable != true {
        tiles.append(Tile("Receptive field", "\(model.receptiveField) px"))
      }
    }
    if !results.histories.isEmpty {
      let seconds = results.histories.reduce(0) { $0 + $1.totalSeconds }
      tiles.append(Tile("Training time", Number.duration(seconds), note: threads(run)))
    }
    if let dataset = results.dataset {
      tiles.append(
        Tile(
          "Data", dataset.name,
          note: dataset.isEmbedded
            ? "embedded, generated" : Number.counted(dataset.trainImages, "training image")))
    }
    return tiles
  }

  /// The first metric over the epochs.
  private static func curve(_ history: History) -> Curve? {
    guard let best = history.best, let first = history.epochs.first else { return nil }
    let (metric, epochs) = (history.metric, history.epochs)
    return Curve(
      epochs.map { $0.evaluation[metric] ?? .nan }, marked: epochs.firstIndex { $0.epoch == best.epoch },
      description:
        "\(metric.name) by epoch, from \(metric.text(first.evaluation[metric] ?? .nan)) to a best of "
        + "\(metric.text(history.bestMetric)) at epoch \(best.epoch)")
  }

  /// The number of training threads; `nil` if it varied.
  static func threads(_ run: RunSnapshot) -> String? {
    run.trainingThreads.map { Number.counted($0, "thread") }
  }

  /// `met the 85% target`, `missed the 0.2 target`.
  static func target(_ value: Double, of metric: Metric, isMet: Bool) -> String {
    "\(isMet ? "met" : "missed") the \(metric.setText(value)) target"
  }
}

extension Verdict.Status {
  /// The status of a finished run; `nil` if it had no target.
  init(reachedTarget: Bool?) {
    self = reachedTarget.map { $0 ? .passed : .failed } ?? .finished
  }
}
