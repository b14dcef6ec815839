import ArgumentParser
import Diagnostics
import Foundation
import Neural
import Support
import Synchronization

/// A notebook as a program: its run, its command line, its output folder.
///
/// An exported program starts with ``start(name:notebook:sha256:seed:parameters:main:)`` and ends with
/// ``finish()``:
///
///     Program.start(name: "shapes", notebook: "../shapes.md", seed: 7, parameters: ["epochs"])
///     let epochs = Program.parameter("epochs", default: 8)
///     let data = loadData(.synthetic())
///     Program.finish()
///
/// Exit status: 0 success; 1 a step failed, or output was lost; 2 the command line is invalid and nothing was run.
public final class Program: Sendable {
  private let run: Run
  private let options: ProgramOptions
  /// The package's folder, which relative paths of the notebook refer to.
  private let package: String
  private let record: Mutex<ProgramRecord>

  private static let started = Mutex<Program?>(nil)

  /// The running program; created with defaults if the program did not call `start`.
  private static var current: Program {
    if let program = started.withLock({ $0 }) { return program }
    let name = CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "program"
    return launch(name: name, notebook: "\(name).swift", sha256: "", seed: 0, parameters: [], main: "")
  }

  /// Parses the command line and creates the output folder.
  ///
  /// - Parameters:
  ///   - name: results are written to `output/NAME`.
  ///   - notebook: the notebook's path relative to the package; relative paths in steps refer to its folder.
  ///   - sha256: the notebook's digest, saved in run.json.
  ///   - seed: the default random seed.
  ///   - parameters: the names that `-p` can set.
  ///   - main: the file of this call, `PACKAGE/Sources/TARGET/main.swift`.
  public static func start(
    name: String, notebook: String, sha256: String = "", seed: UInt64 = 0, parameters: [String] = [],
    main: String = #filePath
  ) {
    _ = launch(
      name: name, notebook: notebook, sha256: sha256, seed: seed, parameters: parameters, main: main)
  }

  private static func launch(
    name: String, notebook: String, sha256: String, seed: UInt64, parameters: [String], main: String
  ) -> Program {
    let options = parseCommandLine()
    for unknown in options.overrides.keys.sorted() where !parameters.contains(unknown) {
      refuse(
        "-p \(unknown): unknown parameter"
          + (parameters.isEmpty ? "" : "; the parameters are \(parameters.joined(separator: ", "))"))
    }
    if let data = options.data, !FileBytes.isDirectory(data) {
      refuse("--data \(data): folder not found")
    }
    let program = Program(options, name: name, notebook: notebook, sha256: sha256, seed: seed, main: main)
    program.write { try AtomicFile.createDirectory("\(program.run.settings.output)/checkpoints") }
    started.withLock { $0 = program }
    program.update { _ in }
    return program
  }

  private init(
    _ options: ProgramOptions, name: String, notebook: String, sha256: String, seed: UInt64, main: String
  ) {
    self.options = options
    let folders = main.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    package = folders.count > 1 ? folders.joined(separator: "/") : "."
    let output = "\(options.output.isEmpty ? "." : options.output)/\(name)"
    let beside = Program.folder(of: Program.path(notebook, from: package))
    let settings = RunSettings(
      seed: options.seed ?? seed,
      threads: options.threads ?? min(64, ProcessInfo.processInfo.activeProcessorCount),
      precision: options.precision, output: output, dataDirectory: options.data,
      workingDirectory: options.directory ?? (FileBytes.isDirectory(beside) ? beside : "."))
    run = Run(settings, observer: ProgramObserver(directory: output, isQuiet: options.quiet))
    let provenance = ProgramRecord.Provenance(
      notebook: notebook, notebookSHA256: sha256, seed: settings.seed, threads: settings.threads,
      precision: settings.precision.rawValue)
    record = Mutex(ProgramRecord(provenance: provenance, metrics: RunMetrics(run.results)))
  }

  /// The value of a notebook parameter: the one given by `-p NAME=VALUE`, otherwise the default.
  public static func parameter<Value: ParameterValue>(_ name: String, default value: Value) -> Value {
    let program = current
    var result = value
    if let text = program.options.overrides[name] {
      guard let given = Value(parameterText: text) else {
        refuse("-p \(name): '\(text)' is not a value of type '\(Value.self)'")
      }
      result = given
    }
    program.update { $0.parameters[name] = "\(result)" }
    return result
  }

  /// Runs a step; if it fails, the program exits with status 1.
  static func step<T>(_ file: String, _ line: Int, _ column: Int, _ body: (Run) throws -> T) -> T {
    let program = current
    do {
      let result = try body(program.run)
      program.update { _ in }
      return result
    } catch {
      program.fail(error, SourceLocation(file: file, line: line, column: column))
    }
  }

  /// Reads a figure; if it does not exist, the program exits with status 1.
  static func value<T>(_ body: () throws -> T) -> T {
    do { return try body() } catch {
      Terminal.error("error: \(error)")
      current.update {
        $0.status = "failed"
        $0.error = "\(error)"
      }
      exit(1)
    }
  }

  /// Records the value of an inline expression of the notebook.
  public static func inlineValue<Value>(_ value: Value, of expression: String, line: Int) {
    let text = "\(value)"
    if !current.options.quiet { Terminal.out("line \(line): \(expression) = \(text)") }
    current.update {
      $0.values.append(ProgramRecord.InlineValue(line: line, expression: expression, value: text))
    }
  }

  /// Completes the record of the run.
  public static func finish() {
    let program = current
    program.update { $0.status = "finished" }
    if !program.options.quiet { Terminal.out("Results: \(program.run.settings.output)") }
    requireOutput()
  }

  /// Exits with status 1 if output was lost, for example because the disk is full.
  private static func requireOutput() {
    guard let problem = Terminal.lostOutput else { return }
    Terminal.error(problem)
    exit(1)
  }

  /// Changes the record and writes run.json.
  private func update(_ change: (inout ProgramRecord) -> Void) {
    let text = record.withLock { record in
      change(&record)
      record.metrics = RunMetrics(run.results)
      return record.json
    }
    write { try run.observer.write(Array(text.utf8), to: "run.json") }
  }

  private func write(_ body: () throws -> Void) {
    do { try body() } catch {
      Terminal.error("error: cannot write the results: \(error)")
      exit(1)
    }
  }

  private func fail(_ error: any Error, _ call: SourceLocation) -> Never {
    var place = call
    var notes: [String] = []
    // A layer that does not fit is reported at its own line. Its file name has no folders.
    if let origin = (error as? any Problem)?.origin,
      origin.file.split(separator: "/").last == call.file.split(separator: "/").last
    {
      place.line = origin.line
      place.column = origin.column
      notes.append("found while running line \(call.line)")
    }
    let diagnostic = Diagnostic(.error, "\(error)", at: SourceRange(place), notes: notes)
    let source = FileManager.default.contents(atPath: Self.path(call.file, from: package))
      .map { SourceText(name: call.file, text: String(decoding: $0, as: UTF8.self)) }
    Terminal.error(diagnostic.rendered(in: source))
    update {
      $0.status = "failed"
      $0.error = diagnostic.message
    }
    exit(1)
  }

  private static func parseCommandLine() -> ProgramOptions {
    do {
      return try ProgramOptions.parse()
    } catch {
      let isHelp = ProgramOptions.exitCode(for: error) == .success
      let text = ProgramOptions.fullMessage(for: error)
      if isHelp { Terminal.out(text) } else { Terminal.error(text) }
      requireOutput()
      exit(isHelp ? 0 : 2)
    }
  }

  private static func refuse(_ problem: String) -> Never {
    Terminal.error("error: \(problem); nothing was run")
    exit(2)
  }

  private static func path(_ path: String, from folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
