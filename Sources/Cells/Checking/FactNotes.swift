internal import SwiftSyntax

import struct Diagnostics.SourceRange

/// Records facts for ``CellFacts`` during checking.
extension CellChecker {
  mutating func noteUse(of variable: Variable, for use: PlaceUse?, at node: some SyntaxProtocol) {
    facts.uses.append(
      CellFacts.Use(
        name: variable.name, declared: variable.location, range: range(node),
        isFunction: variable.function != nil, reads: use != .assignment, changes: use != nil))
  }

  mutating func noteDeclaration(_ variable: Variable, at range: SourceRange) {
    facts.declarations.append(
      CellFacts.Declaration(
        name: variable.name, range: range, isMutable: variable.isMutable, isGlobal: isGlobalScope,
        hides: isGlobalScope ? nil : globals.variables[variable.name]?.location))
  }

  /// Records the value of the `let` or `var` whose name was recorded last.
  mutating func noteValue(_ value: Expression, of binding: PatternBindingSyntax, in node: VariableDeclSyntax)
  {
    guard binding.pattern.is(IdentifierPatternSyntax.self), !facts.declarations.isEmpty else { return }
    facts.declarations[facts.declarations.count - 1].expression = value
    if node.bindings.count == 1, node.bindingSpecifier.tokenKind == .keyword(.var) {
      facts.declarations[facts.declarations.count - 1].keyword = range(node.bindingSpecifier)
    }
  }

  mutating func noteCall(
    _ entry: Entry, _ values: [Expression], places: [SourceRange?], at range: SourceRange
  ) {
    if entry.group.isEmpty { return }
    facts.calls.append(CodeCall(entry, values, places: places, range: range))
  }

  mutating func noteSelection(_ subject: Expression, _ cases: [SwitchCase]) {
    guard case .name(let name) = CodeValue(subject) else { return }
    let texts = cases.flatMap(\.items).compactMap(\.pattern.text)
    if !texts.isEmpty { facts.selections.append(CellFacts.Selection(name: name, texts: texts)) }
  }

  mutating func noteDropped(_ value: Expression, at node: some SyntaxProtocol) {
    if value.isInvalid || value.type == .void || value.type == .optional(.void) || value.type == .never {
      return
    }
    facts.dropped.append(CellFacts.Dropped(range: range(node), type: value.type, expression: value))
  }
}

extension MatchPattern {
  /// The text that the value must equal; `nil` for other patterns.
  fileprivate var text: String? {
    if case .equal(let value) = self, case .constant(.string(let text)) = value.kind { text } else { nil }
  }
}
