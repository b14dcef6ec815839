internal import SwiftSyntax

/// Checks `if` and `switch` as expressions: each branch is one expression that gives the value.
extension CellChecker {
  /// The common type of the branches.
  private struct Branches {
    /// `if` or `switch`.
    var word: String
    /// The type that the context expects.
    var wanted: CellType?
    var found: CellType?
    var isInvalid = false
  }

  /// Checks an `if` or `switch` expression.
  mutating func conditionalValue(_ node: ExprSyntax, hint: CellType?) -> Expression {
    guard descend(node) else { return invalid(node) }
    defer { depth -= 1 }
    let wanted = hint.flatMap { $0.hasVariables || $0.isLiteral || $0 == .anything ? nil : $0 }
    var branches = Branches(word: node.is(IfExprSyntax.self) ? "if" : "switch", wanted: wanted)
    guard let statement = value(node, &branches), !branches.isInvalid else {
      return Expression(
        kind: .invalid, type: wanted ?? branches.found ?? .invalid, range: range(node))
    }
    return Expression(
      kind: .conditional(statement), type: wanted ?? branches.found ?? .never, range: range(node))
  }

  private mutating func value(_ node: ExprSyntax, _ branches: inout Branches) -> Statement? {
    if let node = node.as(IfExprSyntax.self) { return value(node, &branches) }
    guard let node = node.as(SwitchExprSyntax.self) else { return nil }
    var inner = branches
    let statement = choose(node) { checker, items, _ in checker.branch(items, &inner) }
    branches = inner
    return statement
  }

  private mutating func value(_ node: IfExprSyntax, _ branches: inout Branches) -> Statement? {
    guard descend(node) else { return nil }
    defer { depth -= 1 }
    var inner = branches
    let (conditions, then) = inScope { checker in
      let conditions = checker.conditions(node.conditions)
      return (conditions, checker.inScope { $0.branch(node.body.statements, &inner) })
    }
    branches = inner
    switch node.elseBody {
    case .ifExpr(let next):
      return value(next, &branches).map { .branch(conditions, then: then, otherwise: [$0]) }
    case .codeBlock(let block):
      let otherwise = inScope { $0.branch(block.statements, &inner) }
      branches = inner
      return .branch(conditions, then: then, otherwise: otherwise)
    case nil: report(SwitchProblem.missingElse, at: node.ifKeyword)
    @unknown default: report(Unsupported.newSyntax, at: node)
    }
    return nil
  }

  /// Checks the statements of a branch.
  private mutating func branch(_ items: CodeBlockItemListSyntax, _ branches: inout Branches) -> [Statement] {
    guard items.count == 1, let only = items.first, let node = only.value, !isAssignment(node) else {
      branches.isInvalid = true
      reportBranch(items, branches.word)
      return []
    }
    allowsConditional = true
    var value: Expression
    if let wanted = branches.wanted {
      value = infer(node, hint: wanted)
      if value.type != .never { value = convert(value, to: wanted, for: .specified, at: node) }
    } else {
      value = settle(infer(node), at: node)
    }
    if value.isInvalid {
      branches.isInvalid = true
      return []
    }
    if value.type == .never { return [.expression(value)] }
    if let found = branches.found, found != value.type {
      report(SwitchProblem.mixedBranches(found, value.type), at: node)
      branches.isInvalid = true
    }
    branches.found = branches.found ?? value.type
    return [.giveBack(value)]
  }

  private mutating func reportBranch(_ items: CodeBlockItemListSyntax, _ word: String) {
    guard let last = items.last else { return }
    if let token = last.firstToken(viewMode: .sourceAccurate),
      ["break", "continue", "return", "fallthrough"].contains(token.text)
    {
      report(SwitchProblem.leavesValue(token.text, word), at: token)
    } else if case .stmt(let statement) = last.item, statement.is(ThrowStmtSyntax.self) {
      report(Unsupported.throwing, at: last)
    } else {
      report(SwitchProblem.branchWithoutValue(word), at: last)
    }
  }

  // MARK: Bodies that consist of one expression

  /// The expression of a body whose value it is; `nil` if the body has statements.
  func onlyValue(_ items: CodeBlockItemListSyntax) -> ExprSyntax? {
    guard items.count == 1, let only = items.first, !only.hasError, let node = only.value,
      !isAssignment(node)
    else { return nil }
    return isValue(node) ? node : nil
  }

  /// Whether all branches of `if` and `switch` are expressions; true for other expressions.
  private func isValue(_ node: ExprSyntax, depth: Int = 0) -> Bool {
    func isOne(_ items: CodeBlockItemListSyntax) -> Bool {
      guard depth < 100, items.count == 1, let node = items.first?.value, !isAssignment(node) else {
        return false
      }
      return isValue(node, depth: depth + 1)
    }
    if let node = node.as(IfExprSyntax.self) {
      var next: IfExprSyntax? = node
      while let one = next {
        guard isOne(one.body.statements) else { return false }
        switch one.elseBody {
        case .ifExpr(let other): next = other
        case .codeBlock(let block): return isOne(block.statements)
        default: return false
        }
      }
      return false
    }
    if let node = node.as(SwitchExprSyntax.self) {
      return !node.cases.isEmpty
        && node.cases.allSatisfy {
          if case .switchCase(let one) = $0 { isOne(one.statements) } else { false }
        }
    }
    return true
  }
}

extension CodeBlockItemSyntax {
  /// The item's expression, also if it is an `if` or `switch`.
  fileprivate var value: ExprSyntax? {
    switch item {
    case .expr(let node): node
    case .stmt(let statement): statement.as(ExpressionStmtSyntax.self)?.expression
    default: nil
    }
  }
}

extension ExprSyntax {
  /// Whether this is `if` or `switch`.
  var isConditional: Bool { self.is(IfExprSyntax.self) || self.is(SwitchExprSyntax.self) }
}
