import Cells
import Diagnostics
import Neural
import Steps
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

  func skipped(_ rows: Set<String>) { run.skipped(rows) }

  func answer(_ call: RehearsedCall) throws -> RehearsalAnswer {
    guard call.row.group == "steps" else { return try called(call) }
    defer { keepRemarks(call) }
    do {
      return try step(call) ?? (call.row.result == .void ? .known(.void) : .unknown)
    } catch let failure as ArgumentFailure {
      throw failure
    } catch {
      guard let (parameter, element) = cause(error, of: call) else { throw error }
      throw ArgumentFailure(error, parameter: parameter, element: element)
    }
  }

  /// The answer for a step; `nil` if its result is unknown before the run.
  private func step(_ call: RehearsedCall) throws -> RehearsalAnswer? {
    switch call.row.name {
    case "loadData": return try loadData(call)
    case "buildModel":
      guard let name = call["name", String.self], let size = call["inputSize", Int.self],
        let content = call["layers", BuilderContent.self]
      else { return nil }
      return .known(try run.buildModel(name, inputSize: size, elements: content.layers).cellValue)
    case "train": try train(call)
    case "evaluate":
      guard let model = call["model", Model.self], let data = call["data", DataOutline.self] else { break }
      try run.evaluate(model, on: data)
    case "predict":
      if let model = call["model", Model.self], let data = call["data", DataOutline.self] {
        try run.evaluate(model, on: data)
      }
      for (index, path) in (call["paths", [String].self] ?? []).enumerated() {
        do { try run.look(at: path) } catch {
          throw ArgumentFailure(error, parameter: "paths", element: index)
        }
      }
    case "save":
      guard let path = call["path", String.self] else {
        run.skipped(["save"])
        break
      }
      try run.save(call["model", Model.self], to: path)
    case "loadWeights":
      guard let model = call["model", Model.self], let path = call["path", String.self] else { break }
      try run.loadWeights(model, from: path)
    default: break
    }
    return nil
  }

  private func loadData(_ call: RehearsedCall) throws -> RehearsalAnswer? {
    guard let source = call["source", DataSource.self], let batchSize = call["batchSize", Int.self],
      let dropLast = call["dropLast", Bool.self],
      let augmentation = call["augmentation", [Augmentation].self],
      let validation = call["validation", Double.self]
    else { return nil }
    return try run.loadData(
      source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation
    ).map { .known($0.cellValue) }
  }

  private func train(_ call: RehearsedCall) throws {
    guard let model = call["model", Model.self], let data = call["data", DataOutline.self],
      let epochs = call["epochs", Int.self], let optimizer = call["optimizer", Optimizer.self],
      let schedule = call["schedule", Schedule.self], let loss = call["loss", Loss.self],
      let earlyStopping = call["earlyStopping", Int?.self], let target = call["target", Double?.self],
      let clipping = call["gradientClipping", GradientClipping?.self],
      let precision = call["precision", Precision?.self]
    else { return run.skipped(["train"]) }
    let recipe = TrainingRecipe(
      epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
      target: target, gradientClipping: clipping, precision: precision ?? run.settings.precision)
    try run.train(model, on: data, recipe)
    found.withLock { $0.lines.append(call.range.start.line) }
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

  /// The parameter that caused an error.
  private func cause(_ error: any Error, of call: RehearsedCall) -> (parameter: String, element: Int?)? {
    switch error {
    case let error as AugmentationError: return ("augmentation", error.index)
    case is DatasetError: return ("source", nil)
    case is ScheduleError: return ("schedule", nil)
    case is CheckpointError, is FileError: return ("path", nil)
    case let error as TrainingError:
      guard case .value(let name, _, _) = error.fact else { return nil }
      return call.row.parameters.first { $0.name == name || $0.label == name }.map { ($0.name, nil) }
    default: return nil
    }
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

/// Data that cells know as `ImageData`, whether or not its images have been read.
extension Neural.DataOutline: HostValue {
  public static var cellTypeName: String { ImageData.cellTypeName }
  public init?(cellValue: Value) {
    guard case .host(let value, _) = cellValue else { return nil }
    switch value {
    case let outline as DataOutline: self = outline
    case let data as ImageData: self = data.outline
    default: return nil
    }
  }
}
