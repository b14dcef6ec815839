import Neural
import Support

/// An epoch's line, shortened to the terminal's width; logs and reports have the full line.
enum EpochLine {
  /// The longest of these that fits, or the last: the log's line,
  /// `Epoch  1/50  train 1.9341 24.89%  test 1.6645 36.65%  lr 0.007525  46.6s`,
  /// `Epoch  1/50  train 24.89%  test 36.65%  46.6s`.
  static func text(_ record: EpochRecord, of planned: Int, columns: Int) -> String {
    let full = record.logLine(of: planned)
    let head = full.prefix { $0 != "|" }.dropLast()
    let (train, held) = (record.train.decidingText, record.evaluation.decidingText)
    let losses = (train: Number.fixed(record.train.loss, 4), held: Number.fixed(record.evaluation.loss, 4))
    let split = record.split.rawValue
    let time = Number.duration(record.seconds)
    let rate = Number.text(record.learningRate, significant: 4)
    let lines = [
      full, "\(head)  train \(losses.train) \(train)  \(split) \(losses.held) \(held)  lr \(rate)  \(time)",
      "\(head)  train \(train)  \(split) \(held)  \(time)",
    ]
    return lines.first { $0.count <= columns } ?? lines[lines.count - 1]
  }
}
