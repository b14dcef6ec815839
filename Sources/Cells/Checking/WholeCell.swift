internal import SwiftParserDiagnostics
internal import SwiftSyntax

import struct Diagnostics.Diagnostic
import struct Diagnostics.FixIt

/// Turns a cell's text into its program.
extension CellChecker {
  mutating func checkCell(_ source: CellSource, overrides: [String: ParameterOverride]?) -> CheckedCell {
    var cell = CheckedCell()
    cell.text = source.text
    guard let syntax = parse(source) else {
      cell.diagnostics = orderedDiagnostics
      cell.program.statements = [.unchecked(effectsOfUnreadableCell)]
      return cell
    }
    noteUnsupportedTypes(syntax.tree.statements)
    announceTypes(syntax.tree.statements)
    for item in syntax.tree.statements {
      if case .decl(let declaration) = item.item, let function = declaration.as(FunctionDeclSyntax.self) {
        announce(function)
      }
    }
    var program = Program()
    program.statements = statements(syntax.tree.statements)
    if syntax.tree.hasError { noteUnclear(syntax.tree.tokens(viewMode: .sourceAccurate)) }
    if let overrides { cell.parameters = parameters(syntax.tree.statements, overrides, &program) }
    program.functions = madeFunctions
    program.localCount = functions[0].localCount
    cell.diagnostics = orderedDiagnostics
    cell.syntax = syntax
    cell.definedNames = definedNames
    cell.unclearNames = globals.unclear.sorted()
    cell.declarations = definedNames.map(declaration)
    cell.usedNames = usedNames.sorted()
    cell.mutatedNames = mutatedNames.sorted()
    cell.assignedNames = assignedNames.sorted()
    cell.calledEntries = calledEntries.sorted()
    cell.facts = facts
    cell.program = program
    return cell
  }

  mutating func checkExpression(_ source: CellSource) -> CheckedExpression {
    var checked = CheckedExpression()
    defer { checked.diagnostics = orderedDiagnostics }
    guard let syntax = parse(source) else {
      checked.diagnostics = orderedDiagnostics
      return checked
    }
    let items = Array(syntax.tree.statements)
    guard items.count == 1, case .expr(let node) = items[0].item, !isAssignment(node) else {
      if !hasErrors {
        report(StatementProblem.expressionExpected, at: lines.range(0, max(1, source.text.utf8.count)))
      }
      checked.diagnostics = orderedDiagnostics
      return checked
    }
    if !items[0].hasError {
      let value = settle(infer(node), at: node)
      checked.type = value.type
      checked.program.statements = [.giveBack(value)]
      checked.program.localCount = functions[0].localCount
    }
    checked.syntax = syntax
    checked.usedNames = usedNames.sorted()
    checked.calledEntries = calledEntries.sorted()
    checked.diagnostics = orderedDiagnostics
    return checked
  }

  private func declaration(_ name: String) -> CellDeclaration {
    guard let variable = globals.variables[name], case .global(let number) = variable.storage else {
      return CellDeclaration(name: name, kind: .structure, type: "", global: nil)
    }
    return CellDeclaration(
      name: name, kind: variable.function == nil ? .variable : .function, type: "\(variable.type)",
      global: number)
  }

  /// The syntax tree, or `nil` if the text is too large; reports syntax errors.
  private mutating func parse(_ source: CellSource) -> CellSyntax? {
    let bytes = source.text.utf8.count
    guard bytes <= CellSyntax.maximumBytes else {
      report(StatementProblem.tooLong(bytes: bytes, limit: CellSyntax.maximumBytes), at: lines.range(0, 1))
      return nil
    }
    if let offset = CellSyntax.bracketTooDeep(in: source.text) {
      report(StatementProblem.tooDeep, at: lines.range(offset, offset + 1))
      return nil
    }
    let syntax = parsed(source.text)
    if let deep = syntax.tooDeep {
      report(StatementProblem.tooDeep, at: deep)
      return nil
    }
    if syntax.tree.hasError || syntax.tree.hasWarning { reportSyntax(syntax.tree) }
    // A tree with errors is never run, even if the parser reported none.
    if syntax.tree.hasError, !hasErrors { report(StatementProblem.syntax, at: syntax.tree) }
    return syntax
  }

  private mutating func reportSyntax(_ tree: SourceFileSyntax) {
    if let token = tree.askewEqual {
      report(StatementProblem.syntax, at: token)
      return
    }
    for problem in ParseDiagnosticsGenerator.diagnostics(for: tree) {
      let start = problem.position.utf8Offset
      let severity: Diagnostic.Severity = problem.diagMessage.severity == .warning ? .warning : .error
      // Keep the parser's fix-its that replace text on a single line.
      let fixIts = problem.fixIts.compactMap { fix -> FixIt? in
        guard fix.edits.count == 1, let edit = fix.edits.first else { return nil }
        let (from, to) = (edit.range.lowerBound.utf8Offset, edit.range.upperBound.utf8Offset)
        guard from < to, lines.isSingleLine(from, to), !edit.replacement.contains("<#") else { return nil }
        return FixIt(fix.message.message, lines.range(from, to), edit.replacement)
      }
      diagnostics.append(
        Diagnostic(
          severity, problem.message, at: lines.range(start, start + 1), code: "syntax",
          notes: problem.notes.map(\.message), fixIts: fixIts))
    }
  }

  /// The problems in source order, without duplicates.
  private var orderedDiagnostics: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return diagnostics.enumerated().sorted { a, b in
      guard let first = a.element.range?.start, let second = b.element.range?.start, first != second else {
        return a.offset < b.offset
      }
      return first < second
    }.map(\.element).filter { seen.insert($0).inserted }
  }
}

extension SourceFileSyntax {
  /// An `=` that would crash the parser's diagnostics. They assume that an unevenly spaced `=` lacks a space on one
  /// side, but a non-Swift character between the `=` and its space has the same effect.
  fileprivate var askewEqual: TokenSyntax? {
    tokens(viewMode: .sourceAccurate).first { token in
      guard token.tokenKind == .equal, let before = token.previousToken(viewMode: .all)?.trailingTrivia else {
        return false
      }
      let isAskew =
        before.pieces.last?.isSpaceOrTab == false || token.trailingTrivia.pieces.first?.isSpaceOrTab == false
      return isAskew && before.contains(where: \.isSpaceOrTab)
        && token.trailingTrivia.contains(where: \.isSpaceOrTab)
    }
  }
}
