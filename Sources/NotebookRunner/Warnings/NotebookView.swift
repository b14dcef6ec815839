import Cells
import Diagnostics
import Documents

/// A checked notebook as the warnings look at it.
///
/// Where a cell has errors nobody knows what it would have used: `cells` and `parameters` are empty then.
struct NotebookView {
  struct Cell {
    var fence: Fence
    var facts: CellFacts
    var calledEntries: [String]
  }
  /// Names that prose or a cell that is not run reads or changes.
  struct Mention {
    var names: [String]
    var range: SourceRange
    var mayChange = false
  }

  let document: Document
  let cells: [Cell]
  let parameters: [CellParameter]
  /// Warnings of the reader and the checker, not yet coded.
  let reported: [Diagnostic]
  /// Where each declaration is read, by its place; in the order of the notebook.
  let reads: [SourceLocation: [SourceLocation]]
  /// The places of declarations whose variables are changed.
  let changed: Set<SourceLocation>
  /// Top-level names and where they are declared.
  let globals: [String: CellFacts.Declaration]

  init(
    _ document: Document, cells: [Cell], mentions: [Mention], parameters: [CellParameter],
    reported: [Diagnostic], hasErrors: Bool
  ) {
    self.document = document
    self.cells = hasErrors ? [] : cells
    self.parameters = hasErrors ? [] : parameters
    self.reported = reported
    var globals: [String: CellFacts.Declaration] = [:]
    var reads: [SourceLocation: [SourceLocation]] = [:]
    var changed: Set<SourceLocation> = []
    for cell in self.cells {
      for declaration in cell.facts.declarations where declaration.isGlobal {
        globals[declaration.name] = declaration
      }
      for use in cell.facts.uses {
        if use.reads { reads[use.declared, default: []].append(use.range.start) }
        if use.changes { changed.insert(use.declared) }
      }
    }
    for mention in mentions {
      for place in mention.names.compactMap({ globals[$0]?.range.start }) {
        reads[place, default: []].append(mention.range.start)
        if mention.mayChange { changed.insert(place) }
      }
    }
    self.globals = globals
    self.reads = reads.mapValues { $0.sorted() }
    self.changed = changed
  }

  /// Every call in the cells of a row of the catalogue.
  func calls(of name: String) -> [CodeCall] { cells.flatMap(\.facts.calls).filter { $0.name == name } }

  /// A value, seen through the `let` that names it.
  func resolved(_ value: CodeValue) -> CodeValue {
    guard case .name(let name) = value, let declaration = globals[name], !declaration.isMutable,
      let known = declaration.value
    else { return value }
    return known
  }

  /// The names that a value is made of, and those that these were made of.
  func origins(of names: Set<String>) -> Set<String> {
    var found: Set<String> = []
    var pending = Array(names)
    while let name = pending.popLast() {
      if found.insert(name).inserted { pending += globals[name]?.value?.names ?? [] }
    }
    return found
  }
}
