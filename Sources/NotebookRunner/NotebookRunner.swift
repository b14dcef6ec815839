import Cells
import Diagnostics
import Documents
import Foundation
import Neural
import Reporting
import Steps

/// Reads, checks and runs notebooks.
public enum NotebookRunner {
  /// Runs a notebook: everything is checked first; then its steps, in order; the report at the end and on the way.
  ///
  /// - Parameter signal: the signal that asked to stop, `nil` while none did.
  public static func run(
    _ options: RunOptions, display: any RunDisplay, signal: @escaping @Sendable () -> Int32? = { nil }
  ) -> RunOutcome {
    let (document, found) = DocumentReader.read(path: options.notebook)
    guard let document else {
      for problem in found { display.problem(problem.rendered(file: options.notebook)) }
      return RunOutcome(exitCode: 2)
    }
    let folder = RunFolder(output: options.output, name: options.name)
    let observer = SessionObserver(folder: folder, display: display, signal: signal)
    let settings = RunSettings(
      seed: options.seed ?? document.frontMatter.seed ?? 0,
      threads: options.threads ?? RunOptions.allThreads,
      precision: options.precision, output: folder.directory, dataDirectory: options.data,
      workingDirectory: options.directory)
    let run = Run(settings, observer: observer)
    let notebook = CheckedNotebook(
      document, found: found, catalogue: .quire(run), given: options.given)
    for problem in notebook.problems { display.problem(notebook.rendered(problem)) }
    guard notebook.isRunnable else {
      let count = notebook.problems.count { $0.severity == .error }
      display.problem("\(count) \(count == 1 ? "error" : "errors"); nothing was run")
      return RunOutcome(exitCode: 2)
    }
    if let problem = settings.problem {
      display.problem("\(options.notebook): error: \(problem); nothing was run")
      return RunOutcome(exitCode: 2)
    }
    let session = Session(
      notebook, options: options, run: run, folder: folder, observer: observer, display: display)
    do {
      try folder.prepare()
      try session.writeResults()
    } catch {
      display.problem("\(options.notebook): error: the results cannot be written: \(error); nothing was run")
      return RunOutcome(exitCode: 2)
    }
    var failedToWrite = false
    do {
      try session.execute()
    } catch {
      failedToWrite = true
      display.problem(
        "\(options.notebook): error: the results cannot be written: \(error); "
          + "what lies in \(folder.report) is older than this error")
    }
    if !failedToWrite { display.finished(report: folder.report, verdict: Verdicts.sentence(session)) }
    let code: Int32 =
      switch session.status {
      case .interrupted: 128 + (signal() ?? 2)
      case .failed: 1
      default: failedToWrite ? 1 : 0
      }
    return RunOutcome(exitCode: code, report: folder.report, json: RunRecord(session).json)
  }

  /// Every problem of a notebook, rendered, and how many of them are errors. Nothing is run.
  public static func check(_ options: RunOptions) -> (problems: [String], errors: Int) {
    let (document, found) = DocumentReader.read(path: options.notebook)
    guard let document else {
      return (found.map { $0.rendered(file: options.notebook) }, max(1, found.count))
    }
    let notebook = CheckedNotebook(
      document, found: found, catalogue: .quire(.idle), given: options.given)
    return (
      notebook.problems.map { notebook.rendered($0) },
      notebook.problems.count { $0.severity == .error }
    )
  }

  /// A name that `describe` does not know, with the nearest it does.
  public struct UnknownName: Error, CustomStringConvertible, Sendable {
    public let description: String
  }

  /// The catalogue as text: everything, or the rows of one name.
  public static func describe(_ name: String?) -> Result<String, UnknownName> {
    let catalogue = Catalogue.quire(.idle)
    guard let name else {
      let groups = catalogue.groups.map { describe($0, of: catalogue) }
      return .success(groups.joined(separator: "\n\n") + "\n\nquire describe NAME shows one of these alone.")
    }
    if let group = catalogue.groups.first(where: { $0.name == name }) {
      return .success(describe(group, of: catalogue))
    }
    if let text = catalogue.describe(name) { return .success(text) }
    let near = catalogue.nearestName(to: name).map { "; did you mean '\($0)'?" } ?? ""
    return .failure(UnknownName(description: "there is nothing called '\(name)'\(near)"))
  }
}

extension NotebookRunner {
  /// A group's title and its rows: signature, parameters with units, ranges and defaults, an example.
  private static func describe(_ group: Group, of catalogue: Catalogue) -> String {
    let rows = catalogue.descriptions.filter { $0.group == group.name }.map(\.text)
    let title = "\(group.title) (\(group.name))"
    return ([title, String(repeating: "=", count: title.count)] + [rows.joined(separator: "\n\n")])
      .joined(separator: "\n")
  }
}

extension Run {
  /// A run that runs nothing: for checking and describing.
  static var idle: Run { Run(RunSettings(output: "."), observer: IdleObserver()) }
}

private struct IdleObserver: RunObserver {
  func append(_ block: ReportBlock) {}
  func progress(_ event: ProgressEvent) {}
  func write(_ bytes: [UInt8], to name: String) throws {}
  var shouldStop: Bool { false }
}

extension RunSettings {
  /// What is wrong with the settings, before anything runs.
  var problem: String? {
    guard let dataDirectory else { return nil }
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: dataDirectory, isDirectory: &isDirectory)
    if !exists { return "--data \(dataDirectory): there is no such folder" }
    return nil
  }
}
