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
  private let found = Mutex<(warnings: [Diagnostic], lines: [Int], folderLines: [Int])>(([], [], []))

  init(_ run: RehearsedRun) { self.run = run }

  var warnings: [Diagnostic] { found.withLock { $0.warnings } }

  var trainings: [NotebookRehearsal.Training] {
    zip(run.trainings, found.withLock { $0.lines }).map {
      NotebookRehearsal.Training(outline: $0, line: $1, memoryBytes: run.needs($0).bytes)
    }
  }

  var networks: [NetworkOutline] { run.networks }

  var imageFolders: [NotebookRehearsal.ImageFolder] {
    zip(run.imageFolders, found.withLock { $0.folderLines }).map {
      NotebookRehearsal.ImageFolder(outline: $0, line: $1)
    }
  }

  func skipped(_ rows: Set<String>) {
    let steps = CalledSteps(rows)
    if steps.contains(.trains) || steps.contains(.writesFiles) { run.mayWriteMore() }
  }

  func answer(_ call: RehearsedCall) throws -> RehearsalAnswer {
    guard call.row.group == Step.group, let step = Step.all.first(where: { $0.declares(call.row) }) else {
      return try called(call)
    }
    let (trainings, folders) = (run.trainings.count, run.imageFolders.count)
    defer {
      keepRemarks(call)
      let line = call.range.start.line
      if run.trainings.count > trainings { found.withLock { $0.lines.append(line) } }
      if run.imageFolders.count > folders { found.withLock { $0.folderLines.append(line) } }
    }
    return try step.rehearse(call, in: run)
  }

  /// Calls a row. Optimizers and similar values report errors when training begins; in a rehearsal, when they are
  /// created.
  private func called(_ call: RehearsedCall) throws -> RehearsalAnswer {
    if let layer = try layer(call) { return layer }
    guard call.row.kind == .staticMember else { return .asCalled }
    let known = call.values.compactMap(\.self)
    guard known.count == call.values.count else {
      // The other entries of a list of augmentations can still be checked.
      if let values = call.meant, let meant = Augmentation(cellValue: try call.row.call(values)) {
        return .known(meant.reported.cellValue)
      }
      return .unknown
    }
    let value: Value
    do { value = try call.row.call(known) } catch { throw attributed(error, in: call.row) }
    do {
      if let optimizer = Optimizer(cellValue: value) { try optimizer.validate() }
      if let schedule = Schedule(cellValue: value) { try schedule.validate() }
      if let clipping = GradientClipping(cellValue: value) { try clipping.validate() }
      if let source = DataSource(cellValue: value) { try source.validate() }
    } catch {
      throw attributed(error, in: call.row)
    }
    if let augmentation = Augmentation(cellValue: value) {
      do { try augmentation.validate() } catch {
        return .failed(attributed(error, in: call.row), meant: augmentation.reported.cellValue)
      }
    }
    return .known(value)
  }

  /// The error with the argument that caused it, if it names one.
  private func attributed(_ error: any Error, in row: Entry) -> any Error {
    if let error = error as? ImagePreparationError, row.parameters.contains(where: { $0.name == "prepare" }) {
      return ArgumentFailure(error, parameter: "prepare", element: error.index)
    }
    let name: String? =
      switch error {
      case let error as OptimizerError:
        switch error.fact {
        case .value(let name, _, _): name
        case .nesterovWithoutMomentum: "nesterov"
        case .clipping: row.parameters.first?.name
        case .averagingStart: "fromEpoch"
        }
      case let error as ScheduleError:
        switch error.fact {
        case .value(let name, _, _): name
        case .milestones: "milestones"
        default: nil
        }
      case let error as LossError: error.name
      case let error as TrainingError: if case .value(let name, _, _) = error.fact { name } else { nil }
      case let error as AugmentationError: if case .value(let name, _, _) = error.fact { name } else { nil }
      case let error as ModelError: if case .value(let name, _, _) = error.fact { name } else { nil }
      default: nil
      }
    guard let parameter = row.parameters.first(where: { $0.name == name || ($0.label ?? "") == name }) else {
      return error
    }
    return ArgumentFailure(error, parameter: parameter.name)
  }

  /// A layer with invalid or unknown arguments, so that the model's other layers can still be checked.
  private func layer(_ call: RehearsedCall) throws -> RehearsalAnswer? {
    guard call.row.group == Catalogue.layers.name, call.row.kind == .initialiser else { return nil }
    var meant: (any Layer)?
    if let values = call.meant, case .host(let value, _) = try call.row.call(values) {
      meant = value as? any Layer
    }
    if !call.values.contains(where: { $0 == nil }), !call.hasGaps {
      guard let error = meant?.argumentError else { return .asCalled }
      return .failed(
        attributed(error, in: call.row), meant: .host(UnknownLayer(meant: meant), type: "Layer"))
    }
    // A container keeps its layers; each of them knows whether it is unknown.
    if let meant, call.hasGaps { return .known(.host(meant, type: meant.typeName)) }
    return .known(.host(UnknownLayer(meant: meant), type: "Layer"))
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

extension Augmentation {
  /// The augmentation after its fault has been reported.
  fileprivate var reported: Augmentation {
    var copy = self
    copy.isReported = true
    return copy
  }
}
