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
      found += Self.memoryProblems(
        rehearsal.trainings, settings.memoryLimit, in: notebook.document.source.name)
      self.rehearsal = rehearsal
    } else {
      rehearsal = nil
    }
    let needed = RunForecast(rehearsal?.trainings ?? []).diskBytes
    if let problem = folder.spaceProblem(needed: needed) { surroundings.append(problem) }
    problems =
      surroundings.map { Diagnostic(.error, $0, at: nil, code: "surroundings") } + found.inSourceOrder()
  }

  /// Trainings that do not fit the memory, each told at its line.
  private static func memoryProblems(
    _ trainings: [NotebookRehearsal.Training], _ limit: MemoryLimit, in file: String
  ) -> [Diagnostic] {
    var lines: Set<Int> = []
    return trainings.compactMap { training in
      do {
        try limit.check(training.outline)
        return nil
      } catch {
        guard lines.insert(training.line).inserted else { return nil }
        let place = SourceRange(SourceLocation(file: file, line: training.line, column: 1))
        return Diagnostic(.error, "\(error)", at: place, code: "memory")
      }
    }
  }
}
