import Cells
import Diagnostics
import Documents
import Neural
import Steps

/// A notebook tried before its first step runs: every cell and inline expression is interpreted, with
/// ``RehearsedRun`` in place of the run.
///
/// Cells that do not check are left out; what they would have declared is not known, and nothing is said of what
/// depends on it.
struct NotebookRehearsal: Sendable {
  /// A training and where it is asked for.
  struct Training: Sendable {
    var outline: TrainingOutline
    var line: Int
    /// At its most, with the program and the notebook's data.
    var memoryBytes: Int
  }

  /// Errors and warnings, in the order of the file.
  let problems: [Diagnostic]
  let trainings: [Training]
  /// What names will stand for, as far as it can be told.
  let values: RehearsedValues

  init(_ notebook: CheckedNotebook, settings: RunSettings) {
    let host = RehearsalSteps(RehearsedRun(settings))
    let rehearser = Rehearser(host: host)
    // One stack for all cells.
    withLargeStack { Self.rehearse(notebook, rehearser) }
    let file = notebook.document.source.name
    let errors = rehearser.failures.map { $0.located(in: file, during: "checking") }
    let unfinished = rehearser.unfinished.prefix(1).map {
      Diagnostic(
        .note, "this computes for too long to be tried before the run; what depends on it was not rehearsed",
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
        // A cell that does not check, but would change what others made: nothing after it can be known.
        if !cell.isRunnable, !cell.mutatedNames.isEmpty { return }
        rehearser.rehearse(cell, mayFail: fence.options.error == true)
      case .prose(let prose):
        for expression in prose.inlineExpressions {
          if let checked = notebook.expressions[expression] { rehearser.rehearse(checked) }
        }
      }
    }
  }
}

/// The values that the rehearsal left behind names.
struct RehearsedValues: Sendable {
  private let rehearser: Rehearser

  init(_ rehearser: Rehearser) { self.rehearser = rehearser }

  subscript(declaration: CellDeclaration) -> Value? { rehearser.value(of: declaration) }
}
