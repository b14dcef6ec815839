import Support

// The published log's lines.

extension EpochRecord {
  /// `Epoch  1/50 | Train: 1.9341 (24.89%) | Test: 1.6645 (36.65%) | LR: 0.007525 | Time: 46.6s`
  public func logLine(of planned: Int) -> String {
    "Epoch \(String(epoch).leftPadded(to: 2))/\(planned)"
      + " | Train: \(Number.fixed(train.loss, 4)) (\(train.text))"
      + " | Test: \(Number.fixed(test.loss, 4)) (\(test.text))"
      + " | LR: \(Number.fixed(learningRate, 6)) | Time: \(Number.fixed(seconds, 1))s"
  }

  /// `  🏆 New best model saved! (Test Acc: 36.65%)` or `  ⏳ No improvement (1/10)`.
  public func verdictLine(patience: Int?) -> String {
    if isBest {
      let found = metric.map { " (Test \($0.shortName): \($0.text(test[$0] ?? .nan)))" }
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
    for record in epochs {
      lines.append(record.logLine(of: plannedEpochs))
      let star = record.epoch == best?.epoch ? " ⭐ Best" : ""
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
    guard let best, let last else { return "No epoch has finished yet." }
    let name = metric.name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
      .joined(separator: " ")
    func text(_ score: Score) -> String { metric.text(score[metric] ?? .nan) }
    var lines = [
      "📊 Training Results:", String(repeating: "=", count: 50),
      "Best Train \(name): \(metric.text(bestTrainMetric))",
      "Best Test \(name): \(text(best.test)) ⭐",
      "Final Train \(name): \(text(last.train))",
      "Final Test \(name): \(text(last.test))",
    ]
    for other in task.metrics.dropFirst() {
      lines.append("Final Test \(other.name): \(other.text(last.test[other] ?? .nan))")
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
    if let train = trainEvaluation, let value = train[metric], let test = last.test[metric] {
      let honest = metric.better == .higher ? value - test : test - value
      lines.append(
        "Training set in evaluation mode: \(metric.text(value)) (gap \(metric.text(honest)))")
    }
    lines.append(
      "The best epoch is chosen by its \(metric.name) on the test set, so this value is slightly optimistic."
    )
    return lines.joined(separator: "\n")
  }

  /// How much better the model is on the training set, and for shares the published verdict on it.
  private func gap(_ last: EpochRecord) -> [String] {
    guard let train = last.train[metric], let test = last.test[metric] else { return [] }
    let gap = metric.better == .higher ? train - test : test - train
    let line = "Train-Test Gap: \(metric.text(gap))"
    guard metric.unit == .share else { return [line] }
    switch gap {
    case ..<0: return [line, "✅ Good generalization (Test > Train indicates robust model)"]
    case ..<0.05: return [line, "✅ Good generalization (gap below 5%)"]
    default: return [line, "⚠️ Overfitting (gap of 5% or more)"]
    }
  }
}
