import Cells
import Diagnostics
import Synchronization

/// Cells that are checked and run in order, like a notebook's.
struct Notebook {
  /// "line:column: message" for every problem in order, with notes and fix-its indented below.
  var problems: [String] = []
  /// The complete output.
  var output = ""
  var failure: String?
  var cells: [CheckedCell] = []

  static let file = "book.md"

  init(_ cells: String..., catalogue: Catalogue = shapeCatalogue, overrides: [String: String]? = nil) {
    self.init(cells: cells, catalogue: catalogue, overrides: overrides)
  }

  init(
    cells: [String], catalogue: Catalogue = shapeCatalogue, overrides: [String: String]? = nil,
    memoryLimit: Int = 3_200_000_000
  ) {
    var checker = Checker(catalogue: catalogue)
    let sink = Sink()
    let evaluator = Evaluator(memoryLimit: memoryLimit) { sink.add($0) }
    for (index, text) in cells.enumerated() {
      let source = CellSource(text: text, file: Self.file)
      let cell = checker.check(
        source, parameterOverrides: index == 0 ? overrides?.mapValues { ParameterOverride($0) } : nil)
      self.cells.append(cell)
      problems += cell.diagnostics.map(Self.text)
      guard problems.isEmpty, failure == nil else { continue }
      do {
        try evaluator.run(cell)
      } catch {
        failure = "\(error.range.start.line):\(error.range.start.column): \(error.message)"
      }
    }
    output = sink.text
  }

  static func text(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.range.map { "\($0.start.line):\($0.start.column)" } ?? "-"
    let severity = diagnostic.severity == .error ? "" : "\(diagnostic.severity.rawValue): "
    return
      (["\(place): \(severity)\(diagnostic.message)"] + diagnostic.notes.map { "  note: \($0)" }
      + diagnostic.fixIts.map { "  fix-it: \($0.range.start.column)+\($0.range.length) '\($0.replacement)'" })
      .joined(separator: "\n")
  }
}

/// Collects the output of cells.
final class Sink: Sendable {
  private let content = Mutex("")
  func add(_ text: String) { content.withLock { $0 += text } }
  var text: String { content.withLock { $0 } }
}

/// Counts from 1, on any thread.
final class Counter: Sendable {
  private let count = Mutex(0)
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
