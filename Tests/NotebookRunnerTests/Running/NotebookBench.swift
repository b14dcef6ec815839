import Foundation
import Neural
import Steps
import Synchronization
import Testing

@testable import NotebookRunner

/// A temporary folder with a notebook, and functions that run it.
final class NotebookBench {
  let folder: String
  let display = RecordingDisplay()
  private var isOwner = true

  init(_ text: String, name: String = "n.md") throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  /// The same notebook, run by another instance.
  init(sharing other: NotebookBench) {
    folder = other.folder
    isOwner = false
  }

  deinit { if isOwner { try? FileManager.default.removeItem(atPath: folder) } }

  func options(_ name: String = "n.md", _ parameters: [String] = []) -> RunOptions {
    RunOptions(
      notebook: "\(folder)/\(name)", parameters: parameters.map(RunOptions.Parameter.init),
      output: "\(folder)/output", seed: 1, threads: 2)
  }

  func run(_ parameters: [String] = [], signal: @escaping @Sendable () -> Int32? = { nil }) -> RunOutcome {
    NotebookRunner.run(options("n.md", parameters), display: display, signal: signal)
  }

  func check(_ parameters: [String] = []) -> CheckReport { NotebookRunner.check(options("n.md", parameters)) }

  /// Exports a notebook.
  ///
  /// - Parameter destination: a path in the folder; `nil` for the default.
  func export(
    _ format: ExportOptions.Format, of name: String = "n.md", to destination: String? = nil
  ) -> ExportOutcome {
    NotebookRunner.export(
      ExportOptions(
        notebook: "\(folder)/\(name)", format: format, destination: destination.map { "\(folder)/\($0)" },
        output: "\(folder)/output"))
  }

  /// Writes small PNG images, given by their paths.
  func writeImages(_ files: String) throws {
    let png = try Image(ImageSize(8, 8)).png()
    for file in files.split(separator: " ") { try write(png, to: String(file)) }
  }

  /// Writes a file and creates its parent folders.
  func write(_ bytes: [UInt8], to file: String) throws {
    let url = URL(fileURLWithPath: "\(folder)/\(file)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func file(_ name: String) -> String? {
    try? String(contentsOfFile: "\(folder)/output/\(name)", encoding: .utf8)
  }

  var report: String { file("n.html") ?? "" }

  /// All problems shown on the terminal, without this folder's path.
  var problems: String { display.problems.replacingOccurrences(of: "\(folder)/", with: "") }
}

final class RecordingDisplay: RunDisplay {
  private let state = Mutex<
    (problems: [String], lines: [String], warnings: [String], remarks: [String], imagesRead: Int)
  >(
    ([], [], [], [], 0))

  func clear() { state.withLock { $0 = ([], [], [], [], 0) } }

  var problems: String { state.withLock { $0.problems.joined(separator: "\n") } }
  var lines: [String] { state.withLock { $0.lines } }
  var warnings: [String] { state.withLock { $0.warnings } }
  /// The number of images of folders that were decoded.
  var imagesRead: Int { state.withLock { $0.imagesRead } }
  /// Warnings of the check, before anything runs.
  var remarks: [String] { state.withLock { $0.remarks } }

  func stepStarted(_ title: String, position: Int, of count: Int) {
    state.withLock { $0.lines.append("[\(position)/\(count)] \(title)") }
  }
  func stepRestored(_ title: String, position: Int, of count: Int) {
    state.withLock { $0.lines.append("[\(position)/\(count)] \(title): restored") }
  }
  func plan(_ lines: [String]) { state.withLock { $0.lines += lines } }
  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding) {}
  func event(_ event: ProgressEvent) {
    state.withLock { state in
      switch event {
      case .epoch(let record, let planned): state.lines.append(record.logLine(of: planned))
      case .line(let line), .remark(let line): state.lines.append(line)
      case .warning(let text): state.warnings.append(text)
      case .images: state.imagesRead += 1
      case .batch: break
      }
    }
  }
  func printed(_ text: String) { state.withLock { $0.lines.append(text) } }
  func problem(_ text: String) { state.withLock { $0.problems.append(text) } }
  func warning(_ text: String) { state.withLock { $0.remarks.append(text) } }
  func finished(report: String, verdict: String) {}
}

/// A notebook that trains for a moment.
let smallNotebook = """
  ---
  title: A small one
  seed: 3
  ---

  # Small

  ```swift parameters
  let epochs = 2
  let rate = 0.01
  ```

  ```swift
  //| label: data
  let data = loadData(.synthetic(train: 60, test: 20), batchSize: 20, augmentation: [.horizontalFlip()])
  let model = buildModel("Tiny") {
    Conv2d(3, 4, kernelSize: 3, stride: 4); BatchNorm2d(4); ReLU(); AdaptiveAvgPool2d(1); Flatten()
    Linear(4, 10); LogSoftmax()
  }
  ```

  ```swift
  //| label: training
  let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate), target: 0.01)
  ```

  There were `{swift} history.epochCount` epochs and `{swift} model.parameterCount` parameters; see @curves.

  ```swift
  //| label: curves
  //| fig-cap: "How <it> went."
  plot(.history(history))
  ```
  """

extension CheckReport {
  /// The problems without warnings about code style, which snippets are full of.
  var rehearsed: [String] {
    let beforehand = ["QR017", "QR018", "QR019", "QR025"]
    return problems.filter { !($0.code ?? "").hasPrefix("QR") || beforehand.contains($0.code ?? "") }
      .map { $0.rendered(in: source, file: notebook) }
  }
}
