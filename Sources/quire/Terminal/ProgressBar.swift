import Neural
import Support

/// Progress in one line.
enum ProgressBar {
  /// `Epoch 3/10 ━━━━━───── 62%  71 images/s  loss 1.430  acc 45.10%  2 min left`; shorter on a narrow terminal.
  ///
  /// Leaves room for the `^C` that a terminal appends: a wrapped line cannot be cleared completely.
  static func text(_ p: BatchProgress, columns: Int) -> String {
    let share = Double(p.batch) / Double(max(1, p.batches))
    let head = "  Epoch \(p.epoch)/\(p.epochs) "
    let parts = [
      "\(Int(share * 100))%", "\(Int(p.imagesPerSecond)) images/s", "loss \(Number.fixed(p.loss, 3))",
      metric(p.score), "\(Number.approximateDuration(p.secondsLeft)) left",
    ]
    // On a narrow terminal, the time left is worth more than the rest.
    var shown = [0]
    for part in [4, 2, 3, 1] {
      let size = (shown + [part]).reduce(0) { $0 + parts[$1].count + 2 } - 2
      if !parts[part].isEmpty, head.count + size <= columns - 3 { shown.append(part) }
    }
    let numbers = shown.sorted().map { parts[$0] }.joined(separator: "  ")
    return bar(head, share, numbers, columns)
  }

  /// `Reading images ━━━━━───── 62%  1,240 of 2,000`.
  static func text(images done: Int, of total: Int, columns: Int) -> String {
    let share = Double(done) / Double(max(1, total))
    let numbers = "\(Int(share * 100))%  \(Number.grouped(done)) of \(Number.grouped(total))"
    return bar("  Reading images ", share, numbers, columns)
  }

  private static func bar(_ head: String, _ share: Double, _ numbers: String, _ columns: Int) -> String {
    let room = min(30, columns - head.count - numbers.count - 4)
    guard room >= 5 else { return String((head + numbers).prefix(max(0, columns - 3))) }
    let done = Int((share * Double(room)).rounded())
    return head + String(repeating: "━", count: done) + String(repeating: "─", count: room - done) + " "
      + numbers
  }

  /// The deciding metric, for example `acc 45.1%`.
  private static func metric(_ score: Score) -> String {
    guard let metric = score.metrics.first, let value = score.values.first else { return "" }
    return "\(metric.shortName.lowercased()) \(metric.text(value))"
  }
}
