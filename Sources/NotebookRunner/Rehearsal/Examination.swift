import Diagnostics
import Foundation
import Steps
import Support

/// All checks before a notebook's first step runs.
struct Examination: Sendable {
  /// Problems of the command line and environment first, then those of the notebook in file order.
  let problems: [Diagnostic]
  /// `nil` if the command line or environment already has errors.
  let rehearsal: NotebookRehearsal?

  var trainings: [NotebookRehearsal.Training] { rehearsal?.trainings ?? [] }

  var errorCount: Int { problems.count { $0.severity == .error } }

  init(_ notebook: CheckedNotebook, settings: RunSettings, folder: RunFolder) {
    var environment = [
      settings.problem, folder.problem, folder.owner.problem(for: notebook.document.source.name),
    ].compactMap(\.self)
    var found = notebook.problems
    let rehearsal = NotebookRehearsal(notebook, settings: settings, isDataUnknown: settings.problem != nil)
    found += Warnings.coded(rehearsal.problems, in: notebook.document)
    self.rehearsal = settings.problem == nil ? rehearsal : nil
    let needed = RunForecast(self.rehearsal?.trainings ?? []).diskBytes
    if let problem = folder.spaceProblem(needed: needed) { environment.append(problem) }
    problems =
      environment.map { Diagnostic(.error, $0, at: nil, code: "environment") } + found.inSourceOrder()
  }
}

extension RunSettings {
  /// The first invalid setting, found before anything runs.
  var problem: String? {
    guard let dataDirectory else { return nil }
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: dataDirectory, isDirectory: &isDirectory)
    if !exists { return "--data \(dataDirectory): folder not found" }
    return nil
  }
}

extension RunFolder {
  /// The reason why the disk space does not suffice; `nil` if it does.
  func spaceProblem(needed: Int) -> String? {
    var system = statvfs()
    guard statvfs(Self.existing(directory), &system) == 0 else { return nil }
    let (free, overflow) = Int(clamping: system.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: system.f_frsize))
    guard !overflow, free < needed else { return nil }
    return
      "the results in \(directory) need about \(Number.bytes(needed)), but only \(Number.bytes(free)) is free; "
      + "free some space, or use --output to choose a different folder"
  }
}
