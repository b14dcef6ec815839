import Diagnostics
import Steps

/// All checks before a notebook's first step runs.
struct Examination: Sendable {
  /// Problems of the command line and environment first, then those of the notebook in file order.
  let problems: [Diagnostic]
  /// `nil` if the command line or environment already has errors.
  let rehearsal: NotebookRehearsal?

  var trainings: [NotebookRehearsal.Training] { rehearsal?.trainings ?? [] }

  var errorCount: Int { problems.count { $0.severity == .error } }

  init(_ notebook: CheckedNotebook, settings: RunSettings, folder: RunFolder) {
    var surroundings = [settings.problem, folder.problem].compactMap(\.self)
    var found = notebook.problems
    // If the data folder is missing, report only that.
    if settings.problem == nil {
      let rehearsal = NotebookRehearsal(notebook, settings: settings)
      found += Warnings.coded(rehearsal.problems, in: notebook.document)
      self.rehearsal = rehearsal
    } else {
      rehearsal = nil
    }
    let needed = RunForecast(rehearsal?.trainings ?? []).diskBytes
    if let problem = folder.spaceProblem(needed: needed) { surroundings.append(problem) }
    problems =
      surroundings.map { Diagnostic(.error, $0, at: nil, code: "surroundings") } + found.inSourceOrder()
  }
}
