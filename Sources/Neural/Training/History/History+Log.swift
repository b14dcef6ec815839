import Support

// The published log's lines.

extension EpochRecord {
  /// `Epoch  1/50 | Train: 1.9341 (24.89%) | Test: 1.6645 (36.65%) | LR: 0.007525 | Time: 46.6s`; `Validation:` where
  /// the epoch was evaluated on validation images.
  public func logLine(of planned: Int) -> String {
    "Epoch \(String(epoch).leftPadded(to: 2))/\(planned)"
      + " | Train: \(Number.fixed(train.loss, 4)) (\(train.text))"
      + " | \(split.title): \(Number.fixed(evaluation.loss, 4)) (\(evaluation.text))"
      + " | LR: \(Number.fixed(learningRate, 6)) | Time: \(Number.fixed(seconds, 1))s"
  }

  /// `  🏆 New best model saved! (Test Acc: 36.65%)` or `  ⏳ No improvement (1/10)`.
  public func verdictLine(patience: Int?) -> String {
    if isBest {
      let found = metric.map { " (\(split.title) \($0.shortName): \($0.text(evaluation[$0] ?? .nan)))" }
      return "  🏆 New best model saved!\(found ?? "")"
    }
    let count = "\(epochsWithoutImprovement)"
    return "  ⏳ No improvement (\(patience.map { "\(count)/\($0)" } ?? count))"
  }
}

extension History {
  /// The whole log; the best epoch's verdict is starred.
  public var logText: String {
    var lines: [String] = []
    let bestEpoch = best?.epoch
    for record in epochs {
      lines.append(record.logLine(of: plannedEpochs))
      let star = record.epoch == bestEpoch ? " ⭐ Best" : ""
      lines.append(record.verdictLine(patience: patience) + star)
    }
    if stoppedEarly, let last {
      lines.append(
        "⏹ Early stopping after epoch \(last.epoch): no improvement in \(last.epochsWithoutImprovement) epochs"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The published summary block.
  public var resultsText: String {
    guard let last else { return "No epoch has finished yet." }
    let split = last.split
    let name = metric.name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: " ")
    func text(_ score: Score?) -> String { score?[metric].map(metric.text) ?? "–" }
    var lines = [
      "📊 Training Results:", String(repeating: "=", count: 50),
      "Best Train \(name): \(metric.text(bestTrainMetric))",
      "Best \(split.title) \(name): \(text(best?.evaluation)) ⭐",
      "Final Train \(name): \(text(last.train))",
      "Final \(split.title) \(name): \(text(last.evaluation))",
    ]
    for other in task.metrics.dropFirst() {
      lines.append("Final \(split.title) \(other.name): \(other.text(last.evaluation[other] ?? .nan))")
    }
    lines.append("Total Epochs: \(epochs.count)")
    if let target, let reached = reachedTarget {
      let goal = metric.unit == .share ? Number.percent(target, decimals: 1) : metric.setText(target)
      lines.append("Target Achievement: \(reached ? "✅" : "❌") (\(goal))")
    }
    lines += ["", "Overfitting Analysis:"] + gap(last)
    lines += ["", "About these figures:"]
    lines.append(
      "Train \(metric.name) is measured during training, with augmentation and dropout, while the weights change."
    )
    if let averaging {
      lines.append("\(split.title) figures and saved weights are those of the average: \(averaging).")
    }
    if let train = trainEvaluation, let value = train[metric], let held = last.evaluation[metric] {
      let honest = metric.better == .higher ? value - held : held - value
      lines.append(
        "Training set in evaluation mode: \(metric.text(value)) (gap \(metric.text(honest)))")
    }
    lines.append(
      split == .validation
        ? "The best epoch is chosen by its \(metric.name) on the validation images, so this value is slightly optimistic; "
          + "training did not use the test images."
        : "The best epoch is chosen by its \(metric.name) on the test set, so this value is slightly optimistic."
    )
    return lines.joined(separator: "\n")
  }

  /// How much better the model is on the training set, and for shares the published verdict on it.
  private func gap(_ last: EpochRecord) -> [String] {
    guard let train = last.train[metric], let held = last.evaluation[metric] else { return [] }
    let gap = metric.better == .higher ? train - held : held - train
    let line = "Train-\(last.split.title) Gap: \(metric.text(gap))"
    guard metric.unit == .share else { return [line] }
    switch gap {
    case ..<0: return [line, "✅ Good generalization (\(last.split.title) > Train indicates robust model)"]
    case ..<0.05: return [line, "✅ Good generalization (gap below 5%)"]
    default: return [line, "⚠️ Overfitting (gap of 5% or more)"]
    }
  }
}
