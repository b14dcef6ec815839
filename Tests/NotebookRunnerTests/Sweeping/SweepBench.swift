import Foundation
import Synchronization
import Testing

@testable import NotebookRunner

/// A sweep of a notebook in a temporary folder; its runs are in this process.
final class SweepBench {
  let bench: NotebookBench
  let display = SweepRecorder()

  init(_ text: String) throws { bench = try NotebookBench(text) }

  func sweep(
    _ parameters: [String], files: [String] = [], seeds: [UInt64] = [], fresh: Bool = false,
    seed: UInt64? = 1, jobs: Int = 1, maxMemory: Int? = nil, launcher: (any RunLauncher)? = nil,
    signal: @escaping @Sendable () -> Int32? = { nil }
  ) -> RunOutcome {
    let options = SweepOptions(
      run: RunOptions(
        notebook: "\(bench.folder)/n.md", parameters: parameters.map(RunOptions.Parameter.init),
        parameterFiles: files, output: "\(bench.folder)/output", seed: seeds.isEmpty ? seed : nil, threads: 1,
        fresh: fresh, maxMemory: maxMemory, command: ["quire", "sweep", "n.md"]),
      seeds: seeds, jobs: jobs)
    display.clear()
    return SweepRunner.run(options, display: display, launcher: launcher ?? InProcess(), signal: signal)
  }

  var page: String { bench.file("n-sweep.html") ?? "" }
  /// The lines about runs, in order.
  var lines: [String] { display.lines.filter { $0.hasPrefix("[") } }
}

final class SweepRecorder: SweepDisplay {
  private let state = Mutex<(lines: [String], problems: [String], warnings: [String])>(([], [], []))
  var lines: [String] { state.withLock { $0.lines } }
  var problems: String { state.withLock { $0.problems.joined(separator: "\n") } }
  var warnings: [String] { state.withLock { $0.warnings } }

  func line(_ text: String) { state.withLock { $0.lines.append(text) } }
  func status(_ text: String) {}
  func warning(_ text: String) { state.withLock { $0.warnings.append(text) } }
  func problem(_ text: String) { state.withLock { $0.problems.append(text) } }
  func clear() { state.withLock { $0 = ([], [], []) } }
  let columns: Int? = nil
}

/// Runs `quire run`'s arguments in this process.
struct InProcess: RunLauncher {
  /// Called before a run starts.
  var before: @Sendable () -> Void = {}

  func launch(_ arguments: [String], errors: String) throws -> any LaunchedRun {
    before()
    func values(_ name: String) -> [String] {
      zip(arguments, arguments.dropFirst()).filter { $0.0 == name }.map(\.1)
    }
    let display = RecordingDisplay()
    let outcome = NotebookRunner.run(
      RunOptions(
        notebook: arguments[1], parameters: values("-p").map(RunOptions.Parameter.init),
        output: values("--output")[0], seed: values("--seed").first.flatMap { UInt64($0) }, threads: 1,
        fresh: arguments.contains("--fresh")),
      display: display)
    try display.problems.write(toFile: errors, atomically: true, encoding: .utf8)
    return Ended(outcome.exitCode)
  }

  final class Ended: LaunchedRun {
    let exitCode: Int32?
    init(_ code: Int32) { exitCode = code }
    func stop() {}
  }
}

/// Runs that last until they are asked to stop, or longer than any passing test.
final class Endless: RunLauncher, Sendable {
  private let launched = Atomic<Int>(0)
  /// Called when a run that was asked to stop is waited for.
  private let whenStopped: @Sendable () -> Void

  init(whenStopped: @escaping @Sendable () -> Void) { self.whenStopped = whenStopped }

  var count: Int { launched.load(ordering: .relaxed) }

  func launch(_ arguments: [String], errors: String) throws -> any LaunchedRun {
    launched.add(1, ordering: .relaxed)
    return Run(whenStopped)
  }

  private final class Run: LaunchedRun {
    private let whenStopped: @Sendable () -> Void
    private var isStopped = false

    init(_ whenStopped: @escaping @Sendable () -> Void) { self.whenStopped = whenStopped }

    var exitCode: Int32? {
      guard isStopped else { return nil }
      whenStopped()
      return 128 + SIGTERM
    }
    func stop() { isStopped = true }
  }
}

/// A notebook that runs for a moment; it is rejected with a negative rate, and fails with a rate of 1e39.
let sweptNotebook = """
  ---
  title: Swept
  seed: 3
  ---

  ```swift parameters
  let rate = 0.01
  let epochs = 2
  let note = "none"
  ```

  ```swift
  let data = loadData(.synthetic(train: 60, test: 20), batchSize: 20)
  let model = buildModel("Tiny") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
  let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate))
  ```
  """
