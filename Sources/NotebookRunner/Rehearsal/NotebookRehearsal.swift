import Cells
import Diagnostics
import Documents
import Neural
import Steps

/// A rehearsal of a notebook before its first step runs: interprets each cell and inline expression, with
/// ``RehearsedRun`` in place of the run.
///
/// Code with errors is skipped. The values that it would compute are unknown, and nothing is reported about code that
/// depends on them.
struct NotebookRehearsal: Sendable {
  /// A training, with the place of its call.
  struct Training: Sendable {
    var outline: TrainingOutline
    var line: Int
    /// The peak memory in bytes, including the program and the notebook's data.
    var memoryBytes: Int
  }

  /// Errors and warnings, in file order.
  let problems: [Diagnostic]
  let trainings: [Training]
  /// The values of names, as far as they can be known.
  let values: RehearsedValues

  /// Rehearses a notebook.
  ///
  /// - Parameter isDataUnknown: whether data sets cannot be found because the folder to search is at fault.
  init(_ notebook: CheckedNotebook, settings: RunSettings, isDataUnknown: Bool = false) {
    let host = RehearsalSteps(RehearsedRun(settings, isDataUnknown: isDataUnknown))
    let rehearser = Rehearser(host: host)
    // Use one stack for all cells.
    withLargeStack { Self.rehearse(notebook, rehearser) }
    let file = notebook.document.source.name
    let errors = rehearser.failures.map { $0.located(in: file, during: "checking") }
    let unfinished = rehearser.unfinished.prefix(1).map {
      Diagnostic(
        .note, "this takes too long to rehearse, so code that depends on it was not checked before the run",
        at: $0, code: "not-rehearsed")
    }
    problems = (errors + host.warnings + unfinished).inSourceOrder()
    trainings = host.trainings
    values = RehearsedValues(rehearser)
  }

  private static func rehearse(_ notebook: CheckedNotebook, _ rehearser: Rehearser) {
    for (position, block) in notebook.document.blocks.enumerated() {
      switch block {
      case .listing: break
      case .step(let fence):
        guard let cell = notebook.cells[position] else { continue }
        rehearser.rehearse(cell, mayFail: fence.options.error == true)
      case .prose(let prose):
        for expression in prose.inlineExpressions {
          if let checked = notebook.expressions[expression] { rehearser.rehearse(checked) }
        }
      }
    }
  }
}

/// The values that names have after the rehearsal.
struct RehearsedValues: Sendable {
  private let rehearser: Rehearser

  init(_ rehearser: Rehearser) { self.rehearser = rehearser }

  subscript(declaration: CellDeclaration) -> Value? { rehearser.value(of: declaration) }
}
