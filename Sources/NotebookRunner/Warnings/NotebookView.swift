import Cells
import Diagnostics
import Documents

/// A checked notebook, prepared for the warnings.
///
/// If a cell has errors, the names that it uses are unknown: `cells` and `parameters` are then empty.
struct NotebookView {
  struct Cell {
    var fence: Fence
    var facts: CellFacts
    var calledEntries: [String]
  }
  /// Names that prose or a cell that does not run reads or changes.
  struct Mention {
    var names: [String]
    var range: SourceRange
    var mayChange = false
  }

  let document: Document
  /// The notebook's folder.
  var directory: String { Paths.folder(of: document.source.name) }
  let cells: [Cell]
  let parameters: [CellParameter]
  /// Warnings of the reader and the checker, not yet coded.
  let reported: [Diagnostic]
  /// For each declaration, by place, the places where it is read, in notebook order.
  let reads: [SourceLocation: [SourceLocation]]
  /// The places of declarations whose variables are changed.
  let changed: Set<SourceLocation>
  /// The declarations of top-level names.
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

  /// All calls of a catalogue row in the cells.
  func calls(of name: String) -> [CodeCall] { cells.flatMap(\.facts.calls).filter { $0.name == name } }

  /// The value itself, or the value of the `let` that it names.
  func resolved(_ value: CodeValue) -> CodeValue {
    guard case .name(let name) = value, let declaration = globals[name], !declaration.isMutable,
      let known = declaration.value
    else { return value }
    return known
  }

  /// The names that a value depends on, directly or indirectly.
  func origins(of names: Set<String>) -> Set<String> {
    var found: Set<String> = []
    var pending = Array(names)
    while let name = pending.popLast() {
      if found.insert(name).inserted { pending += globals[name]?.value?.names ?? [] }
    }
    return found
  }
}
