internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Checks `switch`, as a statement and as the source of a value.
extension CellChecker {
  mutating func switchStatement(_ node: SwitchExprSyntax) -> [Statement] {
    choose(node) { checker, items, _ in checker.statements(items) }.map { [$0] } ?? []
  }

  /// Checks a `switch`.
  ///
  /// - Parameter body: checks the statements of a case.
  mutating func choose(
    _ node: SwitchExprSyntax,
    body: (inout Self, CodeBlockItemListSyntax, SwitchCaseSyntax) -> [Statement]
  ) -> Statement? {
    guard descend(node) else { return nil }
    defer { depth -= 1 }
    let known = diagnostics.count
    let subject = settle(infer(node.subject), at: node.subject)
    var cases: [SwitchCase] = []
    var labels: [SwitchCaseSyntax] = []
    var hasDefault = false
    var patternsAreRight = !subject.isInvalid && diagnostics.count == known
    functions[functions.count - 1].switches += 1
    defer { functions[functions.count - 1].switches -= 1 }
    for element in node.cases {
      guard case .switchCase(let one) = element else {
        report(Unsupported.macros, at: element)
        continue
      }
      if let attribute = one.attribute { report(Unsupported.attributes, at: attribute) }
      let previous = cases.last
      let made = inScope { checker -> SwitchCase in
        let before = checker.diagnostics.count
        let (items, names) = checker.items(of: one, subject.type)
        if checker.diagnostics.count > before { patternsAreRight = false }
        if hasDefault { checker.report(SwitchProblem.afterDefault, at: one.label) }
        if previous?.fallsThrough ?? false, let name = names.keys.min() {
          checker.report(SwitchProblem.fallthroughIntoBinding(name), at: one.label)
        }
        return checker.branch(one, items, body)
      }
      if case .default = one.label { hasDefault = true }
      cases.append(made)
      labels.append(one)
    }
    if node.cases.isEmpty {
      report(SwitchProblem.noCases, at: node.rightBrace)
    } else if cases.last?.fallsThrough ?? false, let last = labels.last?.statements.last {
      report(SwitchProblem.fallthroughIntoNothing, at: last)
    } else if patternsAreRight {
      requireExhaustive(node, cases, labels, of: subject.type, hasDefault: hasDefault)
    }
    noteSelection(subject, cases)
    return .choose(subject, cases, range: range(node.switchKeyword))
  }

  /// The patterns of a case, and the names that they bind.
  private mutating func items(
    of node: SwitchCaseSyntax, _ type: CellType
  ) -> ([SwitchCase.Item], [String: SourceRange]) {
    guard case .case(let label) = node.label else {
      return ([SwitchCase.Item(pattern: .anything)], [:])
    }
    var items: [SwitchCase.Item] = []
    var first: [String: Variable]?
    var all: [String: SourceRange] = [:]
    for item in label.caseItems {
      var names = PatternNames(first: first)
      let pattern = pattern(item.pattern, matching: type, &names)
      let filter = item.whereClause.map { check($0.condition, as: .bool, for: .condition) }
      items.append(SwitchCase.Item(pattern: pattern, filter: filter))
      if first == nil {
        first = scopes.last?.filter { names.bound[$0.key] != nil } ?? [:]
        all = names.bound
      } else {
        for (name, range) in names.bound where all[name] == nil {
          report(SwitchProblem.notBoundEverywhere(name), at: range)
        }
        for name in all.keys.sorted() where names.bound[name] == nil {
          report(SwitchProblem.notBoundEverywhere(name), at: item)
        }
      }
    }
    return (items, all)
  }

  /// The body of a case.
  private mutating func branch(
    _ node: SwitchCaseSyntax, _ items: [SwitchCase.Item],
    _ body: (inout Self, CodeBlockItemListSyntax, SwitchCaseSyntax) -> [Statement]
  ) -> SwitchCase {
    var list = node.statements
    var made = SwitchCase(items: items, body: [])
    if list.isEmpty {
      let label = if case .default = node.label { "default" } else { "case" }
      report(SwitchProblem.emptyCase(label), at: node.label)
      return made
    }
    if builderProtocol == nil, case .stmt(let statement) = list.last?.item,
      statement.is(FallThroughStmtSyntax.self)
    {
      made.fallsThrough = true
      list = CodeBlockItemListSyntax(list.dropLast())
    }
    made.body = inScope { body(&$0, list, node) }
    return made
  }

  // MARK: Exhaustiveness

  private mutating func requireExhaustive(
    _ node: SwitchExprSyntax, _ cases: [SwitchCase], _ labels: [SwitchCaseSyntax], of type: CellType,
    hasDefault: Bool
  ) {
    var check = Exhaustiveness(enumerations: globals.structures)
    var handled: [MatchPattern] = []
    var literals: Set<String> = []
    do {
      for (one, label) in zip(cases, labels) {
        guard case .case(let nodes) = label.label else {
          if try check.missing(from: handled, of: type).isEmpty {
            report(SwitchProblem.unreachableDefault, at: range(label.label), severity: .warning)
          }
          continue
        }
        for (item, node) in zip(one.items, nodes.caseItems) {
          if let text = item.pattern.literalText, item.filter == nil, !literals.insert(text).inserted {
            report(SwitchProblem.repeatedLiteral, at: range(node), severity: .warning)
          } else if try !check.isUseful(item.pattern, after: handled, of: type) {
            report(SwitchProblem.unreachableCase, at: range(node), severity: .warning)
          }
          if item.filter == nil { handled.append(item.pattern) }
        }
      }
      if hasDefault { return }
      let missing = try check.missing(from: handled, of: type)
      if missing.isEmpty { return }
      report(
        SwitchProblem.notExhaustive(missing: missing.contains("_") ? [] : missing), at: node.switchKeyword)
    } catch {
      if !hasDefault { report(SwitchProblem.tooComplex, at: node.switchKeyword) }
    }
  }
}

extension MatchPattern {
  /// The text of a number or string that the value must equal; `nil` for other patterns.
  fileprivate var literalText: String? {
    guard case .equal(let value) = self, case .constant(let constant) = value.kind else { return nil }
    switch constant {
    case .int, .double, .float: return "\(constant)"
    case .string(let text): return "\"\(text)\""
    default: return nil
    }
  }
}
