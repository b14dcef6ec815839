import Diagnostics
import Steps

/// Everything that is looked at before a notebook's first step runs.
struct Examination: Sendable {
  /// Of the command line and the surroundings first, then in the order of the file.
  let problems: [Diagnostic]
  /// `nil` where the surroundings are at fault already.
  let rehearsal: NotebookRehearsal?

  var trainings: [NotebookRehearsal.Training] { rehearsal?.trainings ?? [] }

  var errorCount: Int { problems.count { $0.severity == .error } }

  init(_ notebook: CheckedNotebook, settings: RunSettings, folder: RunFolder) {
    var surroundings = [settings.problem, folder.problem].compactMap(\.self)
    var found = notebook.problems
    // Without its data folder a notebook fails for that alone.
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
