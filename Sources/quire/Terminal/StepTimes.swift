import Support

/// The time of each step as text.
enum StepTimes {
  /// A line for each step, the time before its title, and a line with the sum.
  ///
  /// - Parameter columns: the terminal's width; `nil` for no limit.
  static func lines(_ steps: [(title: String, seconds: Double?)], columns: Int?) -> [String] {
    let total = steps.reduce(0) { $0 + ($1.seconds ?? 0) }
    let cells = steps.map { step in
      (
        step.seconds.map { Number.duration($0) } ?? "from cache",
        step.seconds.map { total > 0 ? Number.percent($0 / total, decimals: 0) : "" } ?? "", step.title
      )
    }
    let width = (cells.map(\.0.count) + [Number.duration(total).count]).max() ?? 0
    let lines = cells.map { "  \($0.0.leftPadded(to: width))  \($0.1.leftPadded(to: 4))  \($0.2)" }
    let sum = "  \(Number.duration(total).leftPadded(to: width))        all steps"
    return (lines + [sum]).map { line in columns.map { cut(line, to: max(1, $0))[0] } ?? line }
  }
}
