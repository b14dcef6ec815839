import Cells
import Diagnostics
import Documents
import Foundation
import Neural
import Reporting
import Steps

/// One run of a checked notebook: steps in order, the report after each.
final class Session {
  let notebook: CheckedNotebook
  let options: RunOptions
  let run: Run
  let folder: RunFolder
  let started = Date()
  private(set) var ended: Date?
  private(set) var steps: [StepRecord]
  /// Values of inline expressions, as text.
  private(set) var values: [InlineExpression: String] = [:]
  private(set) var status = RunStatus.running

  /// Of the notebook as it was read.
  let notebookSHA256: String

  private let observer: SessionObserver
  private let display: any RunDisplay
  private let evaluator: Evaluator

  init(
    _ notebook: CheckedNotebook, options: RunOptions, run: Run, folder: RunFolder, observer: SessionObserver,
    display: any RunDisplay
  ) {
    self.notebook = notebook
    self.options = options
    self.run = run
    self.folder = folder
    self.observer = observer
    self.display = display
    notebookSHA256 = RunProvenance.sha256(ofFile: options.notebook)
    evaluator = Evaluator(shouldStop: { observer.shouldStop }, print: { observer.printed($0) })
    var steps: [StepRecord] = []
    for (position, block) in notebook.document.blocks.enumerated() {
      guard case .step(let fence) = block else { continue }
      steps.append(StepRecord(fence: fence, position: position, number: steps.count + 1))
    }
    self.steps = steps
  }

  /// Runs everything; the report and run.json are written after every step.
  ///
  /// - Throws: ``FileError`` where results cannot be written.
  func execute() throws {
    var next = 0
    for (position, block) in notebook.document.blocks.enumerated() {
      switch block {
      case .listing: break
      case .prose(let prose): evaluate(prose)
      case .step:
        try runStep(next, at: position)
        next += 1
      }
      if status != .running {
        lastPosition = position
        break
      }
    }
    for index in steps.indices where steps[index].status == .pending { steps[index].status = .skipped }
    if status == .running { status = steps.contains { $0.status == .failed } ? .failed : .finished }
    ended = Date()
    try writeResults()
  }

  /// The page's sections end here: where the run was cut short, else at the notebook's end.
  private(set) var lastPosition = Int.max

  private func runStep(_ index: Int, at position: Int) throws {
    guard let cell = notebook.cells[position] else {
      steps[index].status = .skipped
      return
    }
    let title = steps[index].title
    display.stepStarted(title, position: index + 1, of: steps.count)
    steps[index].status = .running
    let clock = ContinuousClock()
    let start = clock.now
    var failure: CellFailure?
    do { try evaluator.run(cell) } catch { failure = error }
    steps[index].seconds = (clock.now - start).seconds
    steps[index].blocks = observer.takeBlocks()
    steps[index].status = failure == nil ? .ran : .failed
    let overridden = cell.parameters.filter(\.isOverridden).map { "\($0.name) = \($0.value.inlineText)" }
    if !overridden.isEmpty {
      steps[index].blocks.append(
        .message(.info, "Set on the command line for this run: \(overridden.joined(separator: ", "))"))
    }
    if let failure { fail(index, failure) }
    let ending: StepEnding = failure == nil ? .done : status == .interrupted ? .interrupted : .failed
    display.stepEnded(title, seconds: steps[index].seconds ?? 0, ending)
    if status == .running { try writeResults() }
  }

  private func fail(_ index: Int, _ failure: CellFailure) {
    let interrupted = failure.isInterruption || observer.shouldStop
    let diagnostic = failure.located(in: notebook.document.source.name)
    steps[index].failure = diagnostic
    if interrupted {
      status = .interrupted
      steps[index].blocks.append(
        .message(.warning, "Interrupted here; the steps after this one were not run."))
      return
    }
    let text = diagnostic.rendered(in: notebook.document.source)
    steps[index].blocks.append(.problem(text))
    display.problem(text)
    if steps[index].fence.options.error != true { status = .failed }
  }

  private func evaluate(_ prose: Prose) {
    for expression in prose.inlineExpressions {
      guard let checked = notebook.expressions[expression] else { continue }
      do {
        values[expression] = try evaluator.evaluate(checked).inlineText
      } catch {
        // A step that was allowed to fail leaves nothing to show; anything else is said.
        values[expression] = "⚠ \(error.message)"
        if !steps.contains(where: { $0.status == .failed }) {
          display.problem(error.diagnostic.rendered(in: notebook.document.source))
          status = .failed
        }
      }
      // A step called in prose shows nothing there.
      _ = observer.takeBlocks()
    }
  }

  /// The report, run.json and outputs.json as they stand.
  ///
  /// - Throws: ``FileError``.
  func writeResults() throws {
    let record = RunRecord(self).json
    try folder.write(Array(record.utf8), to: "run.json")
    let assembler = ReportAssembler(self)
    try folder.write(Array(JSON.text(assembler.outputs()).utf8), to: RunFolder.outputs)
    try AtomicFile.write(assembler.report().html(), to: folder.report)
  }
}

/// How a run stands.
enum RunStatus: String, Sendable, Codable { case running, finished, failed, interrupted }

extension CellFailure {
  /// The user asked to stop; nothing is wrong.
  var isInterruption: Bool {
    if isCancelled { return true }
    if let error = underlying as? TrainingError, case .interrupted = error.fact { return true }
    return false
  }

  /// The failure where its cause stands: a layer that does not fit is named by its own line.
  ///
  /// - Parameter action: what the line of the call was being done with.
  func located(in file: String, during action: String = "running") -> Diagnostic {
    guard let origin = (underlying as? any Problem)?.origin, origin.file == file else { return diagnostic }
    let place = SourceRange(SourceLocation(file: file, line: origin.line, column: origin.column))
    return Diagnostic(
      .error, message, at: place, code: "cell-failed",
      notes: ["found while \(action) line \(range.start.line)"]
    )
  }
}

extension Value {
  /// What an inline expression shows: a string without quotes, everything else as `print` has it.
  var inlineText: String {
    if case .string(let text) = self { return text }
    return description
  }
}
