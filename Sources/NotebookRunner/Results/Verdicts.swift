import Neural
import Reporting

/// A run's outcome as a sentence and as tiles.
enum Verdicts {
  /// A summary, for example `87.0 % at epoch 48, target 85 % met, 199,368 parameters, 38 min on 2 threads`.
  static func sentence(_ run: RunSnapshot) -> String {
    let results = run.results
    let training = run.unfinishedTraining
    var parts: [String] = []
    switch run.status {
    case .running:
      parts.append("Still running")
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
      parts.append("Failed at step \(step.map { "'\($0.title)'" } ?? "in the text")")
    case .finished: break
    }
    // The notebook's last training is its result once it has ended.
    if training == nil, let history = results.histories.last, let best = history.best {
      parts.append("\(spaced(best.testAccuracy)) at epoch \(best.epoch)")
      if let goal = history.target, let met = history.reachedTarget, met || history.isOver {
        parts.append(target(goal, isMet: met))
      }
    } else if training == nil, let evaluation = results.evaluations.last {
      parts.append("\(spaced(evaluation.score.accuracy)) on the \(evaluation.split) images")
    }
    if let model = results.models.last { parts.append("\(grouped(model.parameters)) parameters") }
    if !results.histories.isEmpty {
      let seconds = time(results.histories.reduce(0) { $0 + $1.totalSeconds })
      parts.append(seconds + (threads(run).map { " on \($0)" } ?? ""))
    }
    if let dataset = results.dataset, dataset.isEmbedded { parts.append("embedded data") }
    if parts.isEmpty {
      parts.append("Finished: \(run.steps.count) \(run.steps.count == 1 ? "step" : "steps")")
    }
    return parts.joined(separator: ", ")
  }

  static func verdict(_ run: RunSnapshot) -> Verdict {
    let status: Verdict.Status =
      switch run.status {
      case .running: .running
      case .interrupted: .interrupted
      case .failed: .error
      case .finished: Verdict.Status(reachedTarget: run.results.histories.last?.reachedTarget)
      }
    return Verdict(status, sentence(run))
  }

  static func tiles(_ run: RunSnapshot) -> [Tile] {
    let results = run.results
    var tiles: [Tile] = []
    if let history = results.histories.last, let best = history.best {
      tiles.append(
        Tile("Best test accuracy", spaced(best.testAccuracy, decimals: 2), note: "epoch \(best.epoch)"))
      if let ten = history.lastTen, history.epochs.count > 1 {
        tiles.append(
          Tile(
            "Mean of the last \(min(10, history.epochs.count)) epochs", spaced(ten.mean, decimals: 2),
            note: "± \(fixed(100 * ten.standardDeviation, 2))"))
      }
    }
    if let model = results.models.last {
      tiles.append(Tile("Parameters", grouped(model.parameters)))
      tiles.append(Tile("Receptive field", "\(model.receptiveField) px"))
    }
    if !results.histories.isEmpty {
      let seconds = results.histories.reduce(0) { $0 + $1.totalSeconds }
      tiles.append(Tile("Training time", time(seconds), note: threads(run)))
    }
    if let dataset = results.dataset {
      tiles.append(
        Tile(
          "Data", dataset.name,
          note: dataset.isEmbedded ? "embedded, generated" : "\(grouped(dataset.trainImages)) images"))
    }
    return tiles
  }

  /// The number of training threads; `nil` if it varied.
  static func threads(_ run: RunSnapshot) -> String? { run.trainingThreads.map(threads) }

  static func threads(_ count: Int) -> String { "\(count) \(count == 1 ? "thread" : "threads")" }

  /// A percentage with a space, as on the page: `87.0 %`.
  static func spaced(_ share: Double, decimals: Int = 1) -> String { "\(fixed(100 * share, decimals)) %" }

  /// `target 85 % met`; with decimals if the target has some.
  static func target(_ share: Double, isMet: Bool) -> String {
    let exact = Double(fixed(100 * share, 2))
    let decimals = (0...2).first { Double(fixed(100 * share, $0)) == exact } ?? 2
    return "target \(spaced(share, decimals: decimals)) \(isMet ? "met" : "missed")"
  }

  /// `47 s`, `38 min`, `2 h 5 min`.
  static func time(_ seconds: Double) -> String {
    if seconds < 100 { return "\(fixed(seconds, seconds < 10 ? 1 : 0)) s" }
    let minutes = Int((seconds / 60).rounded())
    return minutes < 100 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}

extension Verdict.Status {
  /// The status of a finished run; `nil` if it had no target.
  init(reachedTarget: Bool?) {
    self = reachedTarget.map { $0 ? .passed : .failed } ?? .finished
  }
}
