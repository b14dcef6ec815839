import Documents

/// A version of a notebook, cell by cell, for comparing it with another one.
struct NotebookVersion {
  /// A cell with its name: the label, or `step 3`.
  struct Cell: Hashable {
    var name: String
    var code: String
  }

  let cells: [Cell]
  /// The lines of the notebook without its cells.
  let prose: [String]

  /// Reads a version; `nil` if the bytes are not a notebook.
  init?(_ bytes: [UInt8]) {
    guard let document = DocumentReader.read(bytes: bytes, name: "notebook").0 else { return nil }
    let steps = document.steps
    cells = steps.enumerated().map { index, fence in
      Cell(name: fence.label ?? "step \(index + 1)", code: fence.codeWithoutOptions)
    }
    var isProse = Array(repeating: true, count: document.source.lines.count + 1)
    for step in steps {
      // From the opening fence to the closing one.
      let last = step.firstCodeLine + step.code.utf8.count { $0 == UInt8(ascii: "\n") }
      for line in step.range.start.line...max(step.range.start.line, last)
      where isProse.indices.contains(line) {
        isProse[line] = false
      }
    }
    prose = document.source.lines.indices.filter { isProse[$0 + 1] }.map { document.source.lines[$0] }
  }

  /// The changes since an earlier version: `cell 'model'`, `new cell 'plot'`, `without cell 'log'`, `prose`.
  func changes(since earlier: NotebookVersion) -> [String] {
    let old = Dictionary(earlier.cells.map { ($0.name, $0.code) }) { first, _ in first }
    let names = Set(cells.map(\.name))
    var changes: [String] = cells.compactMap { cell in
      guard let code = old[cell.name] else { return "new cell '\(cell.name)'" }
      return code == cell.code ? nil : "cell '\(cell.name)'"
    }
    changes += earlier.cells.filter { !names.contains($0.name) }.map { "without cell '\($0.name)'" }
    if prose != earlier.prose { changes.append("prose") }
    return changes
  }
}
