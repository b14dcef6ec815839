import Cells
import Diagnostics
import Neural
import Steps
import Synchronization

/// Answers for the catalogue's rows in a rehearsal: steps are ``RehearsedRun``'s, everything else is called.
///
/// A step that is not listed here is not known before the run, and never at fault.
final class RehearsalSteps: RehearsalHost {
  private let run: RehearsedRun
  private let found = Mutex<(warnings: [Diagnostic], lines: [Int])>(([], []))

  init(_ run: RehearsedRun) { self.run = run }

  var warnings: [Diagnostic] { found.withLock { $0.warnings } }

  var trainings: [NotebookRehearsal.Training] {
    zip(run.trainings, found.withLock { $0.lines }).map {
      NotebookRehearsal.Training(outline: $0, line: $1)
    }
  }

  func skipped(_ rows: Set<String>) { run.skipped(rows) }

  func answer(_ row: Entry, _ arguments: [Value?]) throws -> RehearsalAnswer {
    guard row.group == "steps" else { return try valid(row, arguments) }
    let call = RehearsedCall(row, arguments)
    defer { keepRemarks() }
    switch row.name {
    case "loadData": return try loadData(call)
    case "buildModel":
      guard let name = call["name", String.self], let size = call["inputSize", Int.self],
        let content = call["layers", BuilderContent.self]
      else { return .unknown }
      return .known(try run.buildModel(name, inputSize: size, elements: content.layers).cellValue)
    case "train": try train(call)
    case "evaluate":
      if let model = call["model", Model.self], let data = call["data", DataOutline.self] {
        try run.evaluate(model, on: data)
      }
    case "predict":
      if let model = call["model", Model.self], let paths = call["paths", [String].self] {
        try run.predict(model, paths, on: call["data", DataOutline.self])
      }
    case "save":
      if let path = call["path", String.self] {
        try run.save(call["model", Model.self], to: path)
      } else {
        run.skipped(["save"])
      }
    case "loadWeights":
      if let model = call["model", Model.self], let path = call["path", String.self] {
        try run.loadWeights(model, from: path)
      }
    default: break
    }
    return row.result == .void ? .known(.void) : .unknown
  }

  private func loadData(_ call: RehearsedCall) throws -> RehearsalAnswer {
    guard let source = call["source", DataSource.self], let batchSize = call["batchSize", Int.self],
      let dropLast = call["dropLast", Bool.self],
      let augmentation = call["augmentation", [Augmentation].self],
      let validation = call["validation", Double.self]
    else { return .unknown }
    do {
      let data = try run.loadData(
        source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation)
      return data.map { .known($0.cellValue) } ?? .unknown
    } catch let error as AugmentationError {
      throw ArgumentFailure(error, parameter: "augmentation", element: error.index)
    } catch let error as DatasetError {
      throw ArgumentFailure(error, parameter: "source")
    }
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
    do {
      try run.train(model, on: data, recipe)
      found.withLock { $0.lines.append(CellContext.callSite?.line ?? 0) }
    } catch let error as ScheduleError {
      throw ArgumentFailure(error, parameter: "schedule")
    }
  }

  /// Optimizers and their like say what is wrong with them when training begins; here, where they are made.
  private func valid(_ row: Entry, _ arguments: [Value?]) throws -> RehearsalAnswer {
    guard row.kind == .staticMember else { return .asCalled }
    let known = arguments.compactMap(\.self)
    guard known.count == arguments.count else { return .unknown }
    let value = try row.call(known)
    if let optimizer = Optimizer(cellValue: value) { try optimizer.validate() }
    if let schedule = Schedule(cellValue: value) { try schedule.validate() }
    if let clipping = GradientClipping(cellValue: value) { try clipping.validate() }
    return .known(value)
  }

  private func keepRemarks() {
    guard let place = CellContext.callSite else { return }
    let warnings = run.takeRemarks().map {
      Diagnostic(.warning, $0.message, at: SourceRange(place), code: $0.code)
    }
    found.withLock { found in
      for warning in warnings where !found.warnings.contains(warning) { found.warnings.append(warning) }
    }
  }
}

/// A step's arguments by its parameters' names.
private struct RehearsedCall {
  private let values: [String: Value]

  init(_ row: Entry, _ arguments: [Value?]) {
    var values: [String: Value] = [:]
    for (parameter, value) in zip(row.parameters, arguments) { values[parameter.name] = value }
    self.values = values
  }

  /// `nil` where it is not known.
  subscript<T: CellConvertible>(name: String, type: T.Type) -> T? {
    values[name].flatMap { T(cellValue: $0) }
  }
}

/// Data, known to cells as `ImageData`, whether its images have been read or not.
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
