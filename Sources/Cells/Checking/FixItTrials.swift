import Diagnostics

/// Removes the fix-its of a cell that do not work: those whose result has no fewer errors than the cell.
///
///     insert(contentsOf: [1], at: 0)   // without the label, the types do not fit: no fix-it
struct FixItTrials {
  /// The problems of a text in the place of the cell's.
  let check: (CellSource) -> [Diagnostic]
  let source: CellSource

  /// A cell with more fix-its keeps the others, as uncertain ones: they are tried when the first have been applied.
  private static let maximumTrials = 20
  /// A fix-it may uncover another certain one, as a name with a misspelt argument label does.
  private static let maximumRounds = 4

  func working(_ problems: [Diagnostic]) -> [Diagnostic] {
    let tried = problems.indices.filter { isTried(problems[$0]) }
    let fixes = tried.flatMap { problems[$0].fixIts.filter(isInCell) }
    guard !fixes.isEmpty else { return problems }
    let errors = count(problems)
    // Usually all of them work.
    if tried.allSatisfy({ problems[$0].fixIts.count == 1 }), works(fixes, errors: errors, by: fixes.count) {
      return problems
    }
    var out = problems
    var trials = 0
    for index in tried {
      out[index].fixIts = problems[index].fixIts.compactMap { fix in
        guard isInCell(fix) else { return fix }
        trials += 1
        var fix = fix
        if trials > Self.maximumTrials {
          fix.isCertain = false
          return fix
        }
        return works([fix], errors: errors, by: 1) ? fix : nil
      }
    }
    return out
  }

  /// The parser's own fix-its uncover errors that it could not see.
  private func isTried(_ problem: Diagnostic) -> Bool {
    problem.severity == .error && problem.code != StatementProblem.syntax.code && !problem.fixIts.isEmpty
  }

  /// Whether the fix-it changes this cell: a declaration in an earlier one may be changed instead.
  private func isInCell(_ fix: FixIt) -> Bool {
    let lines = source.text.utf8.count { $0 == 0x0A }
    return (source.firstLine...source.firstLine + lines).contains(fix.range.start.line)
  }

  private func count(_ problems: [Diagnostic]) -> Int { problems.count { $0.severity == .error } }

  /// Whether applying fix-its, and then the certain ones that they uncover, leaves fewer errors.
  private func works(_ fixes: [FixIt], errors: Int, by number: Int) -> Bool {
    var (fixes, text) = (fixes, source)
    for _ in 0..<Self.maximumRounds where !fixes.isEmpty {
      guard let changed = applied(fixes, to: text) else { return false }
      text = changed
      let left = check(text)
      if count(left) <= errors - number { return true }
      fixes = left.compactMap { problem in
        let certain = problem.fixIts.filter { $0.isCertain && isInCell($0) }
        return certain.count == 1 ? certain.first : nil
      }
    }
    return false
  }

  /// The changed cell; `nil` if a fix-it cannot be applied.
  private func applied(_ fixes: [FixIt], to cell: CellSource) -> CellSource? {
    // From places in the notebook to places in the cell's text.
    let moved = fixes.map { fix in
      var fix = fix
      fix.range.start.line -= source.firstLine - 1
      fix.range.start.column -= source.firstColumn - 1
      return fix
    }
    let (bytes, applied) = SourceEdits.apply(moved, to: Array(cell.text.utf8))
    guard applied.count == fixes.count else { return nil }
    var changed = cell
    changed.text = String(decoding: bytes, as: UTF8.self)
    return changed
  }
}
