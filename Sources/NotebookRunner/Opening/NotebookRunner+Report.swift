import Foundation
import Neural
import Support

extension NotebookRunner {
  /// The path of a notebook's report.
  ///
  ///     try NotebookRunner.report(of: "notebooks/quickstart.md")   // "output/quickstart.html"
  ///
  /// - Parameters:
  ///   - notebook: the notebook's path, its name, or the path of the report itself.
  ///   - output: the output folder.
  public static func report(
    of notebook: String, output: String = "output"
  ) throws(ReportProblem) -> String {
    if notebook.hasSuffix(".html"), FileBytes.isFile(notebook) { return notebook }
    KilledRuns.settle(output: output)
    KilledSweeps.settle(output: output)
    let options = RunOptions(notebook: notebook, output: output)
    guard !["", ".", ".."].contains(options.name), !notebook.hasSuffix("/") else {
      throw .noName(notebook)
    }
    let folder = RunFolder(output: output, name: options.name)
    let report = folder.report
    // A name matches any notebook of that name; a path names one notebook.
    if FileBytes.isFile(notebook), let owner = folder.owner.other(than: notebook) {
      throw .otherNotebook(path: report, owner: owner)
    }
    if FileBytes.isFile(report) { return report }

    let place = output == "output" ? [] : ["--output", output]
    let sweep = "\(options.name)-sweep"
    if FileBytes.isFile(RunFolder(output: output, name: sweep).report) {
      throw .onlySweep(path: report, command: RunProvenance.quoted(["quire", "open", sweep] + place))
    }
    let path = notebook.hasSuffix(".md") ? notebook : "\(notebook).md"
    throw .notRun(path: report, command: RunProvenance.quoted(["quire", "run", path] + place))
  }

  /// A note on a report that a run wrote while it was in progress; `nil` if the run has ended. A run that was killed leaves
  /// such a report.
  ///
  /// - Parameter report: the report's path.
  public static func noteOnUnfinishedRun(_ report: String) -> String? {
    struct Record: Decodable {
      var status: RunStatus
      var updated: Date?
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let path = (report.hasSuffix(".html") ? String(report.dropLast(5)) : report) + "/run.json"
    guard let bytes = try? FileBytes.read(path, limit: 1 << 26),
      let record = try? decoder.decode(Record.self, from: Data(bytes))
    else { return nil }
    let time = record.updated.map { "; \(RunSnapshot.lastUpdate($0))" } ?? ""
    switch record.status {
    case .running: return "the run has not ended, or was killed\(time)"
    case .interrupted where record.updated != nil: return "the run was killed\(time)"
    case .interrupted, .failed, .finished: return nil
    }
  }
}
