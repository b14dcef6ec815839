import Cells
import Diagnostics
import Documents

/// Explains an unknown name that another cell declares: a later cell, or one that does not run.
struct LaterDefinitions {
  private struct Definition {
    var line: Int
    var cell: Fence
    /// The reason why the cell does not run.
    var reason: String?
  }

  private let source: SourceText
  private var definitions: [String: Definition] = [:]

  init(_ source: SourceText) { self.source = source }

  mutating func add(_ cell: CheckedCell, _ fence: Fence) {
    let lines = Dictionary(
      cell.facts.declarations.filter(\.isGlobal).map { ($0.name, $0.range.start.line) }, uniquingKeysWith: min
    )
    for name in cell.definedNames {
      definitions[name] = Definition(line: lines[name] ?? fence.range.start.line, cell: fence)
    }
  }

  /// Adds a cell that does not run; declarations in cells that run have priority.
  mutating func add(notRun cell: CheckedCell, _ fence: Fence, because reason: String) {
    for name in cell.definedNames where definitions[name]?.reason != nil || definitions[name] == nil {
      definitions[name] = Definition(line: fence.range.start.line, cell: fence, reason: reason)
    }
  }

  /// The problems with the declaration's place instead of a spelling suggestion. A name that another cell declares is
  /// reported at its first use only.
  func explained(_ problems: [Diagnostic]) -> [Diagnostic] {
    var explained: Set<String> = []
    return problems.compactMap { problem in
      guard problem.code == "unknown-name", let range = problem.range, let name = source.text(of: range),
        let note = note(on: name, at: range.start.line)
      else { return problem }
      guard explained.insert(name).inserted else { return nil }
      var problem = problem
      problem.notes = [note]
      problem.fixIts = []
      return problem
    }
  }

  private func note(on name: String, at line: Int) -> String? {
    guard let definition = definitions[name] else { return nil }
    let cell = definition.cell.range.start.line
    if let reason = definition.reason {
      return "'\(name)' is defined in the cell at line \(cell), which is not run (\(reason))"
    }
    let lines = definition.cell.code.utf8.count { $0 == UInt8(ascii: "\n") }
    if (cell...cell + lines).contains(line) {
      return "'\(name)' is defined in this cell, but only at line \(definition.line)"
    }
    guard cell > line else { return nil }
    return "'\(name)' is defined later, in the cell at line \(cell); cells run from top to bottom"
  }
}

extension SourceText {
  /// The text in a range, or `nil` if the range extends beyond its line.
  func text(of range: SourceRange) -> String? {
    guard let line = line(range.start.line), range.start.column >= 1,
      let start = line.index(line.startIndex, offsetBy: range.start.column - 1, limitedBy: line.endIndex),
      let end = line.index(start, offsetBy: range.length, limitedBy: line.endIndex)
    else { return nil }
    return String(line[start..<end])
  }
}
