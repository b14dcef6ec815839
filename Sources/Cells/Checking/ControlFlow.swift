extension Statement {
  /// Whether control never reaches the end of the statements, because they return or loop for ever.
  ///
  /// - Parameter loops: whether leaving a loop counts too.
  static func alwaysLeaves(_ statements: [Statement], loops: Bool = false) -> Bool {
    statements.contains { statement in
      switch statement {
      case .giveBack: true
      case .expression(let value): value.type == .never
      case .exitLoop, .nextIteration: loops
      case .choose(_, let cases, _): alwaysLeaves(cases, loops: loops)
      case .branch(_, let then, let otherwise):
        alwaysLeaves(then, loops: loops) && alwaysLeaves(otherwise, loops: loops)
      case .block(let body): alwaysLeaves(body, loops: loops)
      case .whileLoop(let conditions, let body, _, _): isEndless(conditions) && !exits(body)
      default: false
      }
    }
  }

  /// Whether each case leaves; a `break` only leaves the `switch`.
  private static func alwaysLeaves(_ cases: [SwitchCase], loops: Bool) -> Bool {
    var next = false
    for one in cases.reversed() {
      next = !exits(one.body) && (alwaysLeaves(one.body, loops: loops) || one.fallsThrough && next)
      if !next { return false }
    }
    return !cases.isEmpty
  }

  private static func isEndless(_ conditions: [Condition]) -> Bool {
    conditions.allSatisfy { condition in
      guard case .expression(let expression) = condition, case .constant(.bool(true)) = expression.kind else {
        return false
      }
      return true
    }
  }

  /// Whether the statements contain a `break` that leaves this loop.
  private static func exits(_ statements: [Statement]) -> Bool {
    statements.contains { statement in
      switch statement {
      case .exitLoop: true
      case .branch(_, let then, let otherwise): exits(then) || exits(otherwise)
      case .block(let body): exits(body)
      default: false
      }
    }
  }
}
