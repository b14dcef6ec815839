import Diagnostics

/// Matches values against the patterns of `switch`, `if case` and `for case`.
extension Interpreter {
  /// Runs the first case that matches, and those that it falls through to.
  func choose(
    _ subject: Expression, _ cases: [SwitchCase], _ range: SourceRange, _ frame: inout Frame
  ) throws(CellFailure) -> Flow {
    let subject = try value(subject, &frame)
    guard var index = try firstMatch(of: subject, in: cases, &frame) else {
      // The checker requires exhaustive cases.
      if rehearsal != nil { throw .unknown(at: range) }
      throw failure("no case matches the value \(subject)", at: range)
    }
    while true {
      let flow = try run(cases[index].body, &frame)
      guard case .normal = flow, cases[index].fallsThrough, index + 1 < cases.count else {
        if case .exitLoop = flow { return .normal }
        return flow
      }
      index += 1
    }
  }

  private func firstMatch(
    of subject: Value, in cases: [SwitchCase], _ frame: inout Frame
  ) throws(CellFailure) -> Int? {
    for (index, one) in cases.enumerated() {
      for item in one.items {
        guard try matches(subject, item.pattern, &frame) else { continue }
        guard let filter = item.filter else { return index }
        if case .bool(true) = try value(filter, &frame) { return index }
      }
    }
    return nil
  }

  /// Whether the value matches; binds the pattern's variables.
  func matches(
    _ subject: Value, _ pattern: MatchPattern, _ frame: inout Frame
  ) throws(CellFailure) -> Bool {
    switch pattern {
    case .anything: return true
    case .bind(let reference):
      bind(.variable(reference), to: subject, &frame)
      return true
    case .tuple(let patterns):
      guard case .tuple(let parts, _) = subject else { return false }
      return try matches(parts, patterns, &frame)
    case .present(let inner):
      guard case .optional(let wrapped?) = subject else { return false }
      return try matches(wrapped, inner, &frame)
    case .absent:
      if case .optional(nil) = subject { return true }
      return false
    case .enumeration(let index, let patterns):
      guard case .enumeration(let value) = subject, value.index == index else { return false }
      guard let patterns else { return true }
      return try matches(value.payload, patterns, &frame)
    case .equal(let expression):
      let wanted = try value(expression, &frame)
      let isEqual = subject.isEqual(to: wanted)
      do { try meter.check() } catch { throw located(error, at: expression.range) }
      return isEqual
    case .faulty(let range): throw unchecked(at: range)
    case .within(let expression): return try value(expression, &frame).bounds(contain: subject)
    }
  }

  private func matches(
    _ parts: [Value], _ patterns: [MatchPattern], _ frame: inout Frame
  ) throws(CellFailure) -> Bool {
    guard parts.count == patterns.count else { return false }
    for (part, pattern) in zip(parts, patterns) {
      guard try matches(part, pattern, &frame) else { return false }
    }
    return true
  }
}
