import Support

/// The published log's lines.
public enum TrainingLog {
  /// `Epoch  1/50 | Train: 1.9341 (24.89%) | Test: 1.6645 (36.65%) | LR: 0.007525 | Time: 46.6s`
  public static func epochLine(_ record: EpochRecord, of planned: Int) -> String {
    "Epoch \(String(record.epoch).leftPadded(to: 2))/\(planned)"
      + " | Train: \(Number.fixed(record.trainLoss, 4)) (\(Number.percent(record.trainAccuracy)))"
      + " | Test: \(Number.fixed(record.testLoss, 4)) (\(Number.percent(record.testAccuracy)))"
      + " | LR: \(Number.fixed(record.learningRate, 6)) | Time: \(Number.fixed(record.seconds, 1))s"
  }

  /// `  🏆 New best model saved! (Test Acc: 36.65%)` or `  ⏳ No improvement (1/10)`.
  public static func verdictLine(_ record: EpochRecord, patience: Int?) -> String {
    if record.isBest { return "  🏆 New best model saved! (Test Acc: \(Number.percent(record.testAccuracy)))" }
    let count = "\(record.epochsWithoutImprovement)"
    return "  ⏳ No improvement (\(patience.map { "\(count)/\($0)" } ?? count))"
  }

  /// The whole log; the best epoch's verdict is starred.
  public static func text(_ history: History) -> String {
    var lines: [String] = []
    for record in history.epochs {
      lines.append(epochLine(record, of: history.plannedEpochs))
      let star = record.epoch == history.best?.epoch ? " ⭐ Best" : ""
      lines.append(verdictLine(record, patience: history.patience) + star)
    }
    if history.stoppedEarly, let last = history.last {
      lines.append(
        "⏹ Early stopping after epoch \(last.epoch): no improvement in \(last.epochsWithoutImprovement) epochs"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The published summary block.
  public static func results(_ history: History) -> String {
    guard let best = history.best, let last = history.last else { return "No epoch has ended yet." }
    let gap = last.trainAccuracy - last.testAccuracy
    var lines = [
      "📊 Training Results:", String(repeating: "=", count: 50),
      "Best Train Accuracy: \(Number.percent(history.bestTrainAccuracy))",
      "Best Test Accuracy: \(Number.percent(best.testAccuracy)) ⭐",
      "Final Train Accuracy: \(Number.percent(last.trainAccuracy))",
      "Final Test Accuracy: \(Number.percent(last.testAccuracy))",
      "Total Epochs: \(history.epochs.count)",
    ]
    if let target = history.target, let reached = history.reachedTarget {
      lines.append("Target Achievement: \(reached ? "✅" : "❌") (\(Number.percent(target, decimals: 1)))")
    }
    lines += ["", "Overfitting Analysis:", "Train-Test Gap: \(Number.percent(gap))"]
    switch gap {
    case ..<0: lines.append("✅ Good generalization (Test > Train indicates robust model)")
    case ..<0.05: lines.append("✅ Good generalization (gap below 5%)")
    default: lines.append("⚠️ Overfitting (gap of 5% or more)")
    }
    lines += ["", "About these figures:"]
    lines.append(
      "Train accuracy is measured during training: images are augmented, dropout is active, weights change.")
    if let train = history.trainEvaluation {
      let honest = train.accuracy - last.testAccuracy
      lines.append(
        "Training set in evaluation mode: \(Number.percent(train.accuracy)) (gap \(Number.percent(honest)))")
    }
    lines.append(
      "The best epoch is chosen on the test set, as in the assignment, so its accuracy is slightly optimistic."
    )
    return lines.joined(separator: "\n")
  }
}
