import Cells
import Diagnostics
import Neural
import Steps
import Support
import Synchronization

/// Answers calls of catalogue rows in a rehearsal: ``RehearsedRun`` answers steps, all other rows are really
/// called.
///
/// The result of a step that is not listed here is unknown, and the step never fails.
final class RehearsalSteps: RehearsalHost {
  private let run: RehearsedRun
  private let found = Mutex<(warnings: [Diagnostic], lines: [Int])>(([], []))

  init(_ run: RehearsedRun) { self.run = run }

  var warnings: [Diagnostic] { found.withLock { $0.warnings } }

  var trainings: [NotebookRehearsal.Training] {
    zip(run.trainings, found.withLock { $0.lines }).map {
      NotebookRehearsal.Training(outline: $0, line: $1, memoryBytes: run.needs($0).bytes)
    }
  }

  func skipped(_ rows: Set<String>) {
    let steps = CalledSteps(rows)
    if steps.contains(.trains) || steps.contains(.writesFiles) { run.mayWriteMore() }
  }

  func answer(_ call: RehearsedCall) throws -> RehearsalAnswer {
    guard call.row.group == Step.group, let step = Step.named(call.row.name) else { return try called(call) }
    let trainings = run.trainings.count
    defer {
      keepRemarks(call)
      if run.trainings.count > trainings { found.withLock { $0.lines.append(call.range.start.line) } }
    }
    return try step.rehearse(call, in: run)
  }

  /// Calls a row. Optimizers and similar values report errors when training begins; in a rehearsal, when they are
  /// created.
  private func called(_ call: RehearsedCall) throws -> RehearsalAnswer {
    guard call.row.kind == .staticMember else { return .asCalled }
    let known = call.values.compactMap(\.self)
    guard known.count == call.values.count else { return .unknown }
    let value = try call.row.call(known)
    if let optimizer = Optimizer(cellValue: value) { try optimizer.validate() }
    if let schedule = Schedule(cellValue: value) { try schedule.validate() }
    if let clipping = GradientClipping(cellValue: value) { try clipping.validate() }
    return .known(value)
  }

  private func keepRemarks(_ call: RehearsedCall) {
    let warnings = run.takeRemarks().map {
      Diagnostic(.warning, $0.message, at: call.place(of: $0.parameter), code: $0.code)
    }
    found.withLock { found in
      for warning in warnings where !found.warnings.contains(warning) { found.warnings.append(warning) }
    }
  }
}
