import CellCatalogue
import Neural

/// A value that a rehearsal knows in part; in a run, it is a value of another type with the same name in cells.
package protocol OutlineValue: HostValue {}

/// Data before its images are read.
extension DataOutline: OutlineValue {
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

/// A training before it runs: the outline of its history.
extension TrainingOutline: OutlineValue {
  public static var cellTypeName: String { History.cellTypeName }
}

/// An epoch of a training before it runs.
package struct EpochOutline: OutlineValue {
  package static var cellTypeName: String { EpochRecord.cellTypeName }
  /// The images that the epoch is evaluated on.
  package let split: Split
  package let task: TrainingTask
  /// Whether the data has test images.
  package let hasTest: Bool
}

extension TrainingOutline {
  /// Each epoch of the training.
  package var epoch: EpochOutline {
    EpochOutline(split: data.evaluationSplit, task: recipe.task, hasTest: data.dataset.testCount > 0)
  }
}

/// An evaluation before it runs: the images and their targets.
package struct EvaluationOutline: OutlineValue {
  package static var cellTypeName: String { Evaluation.cellTypeName }
  /// The classes, or the names of the target numbers.
  package let targets: TargetNames
  /// The images.
  package let split: Split
}

/// The result of a step in a run, or its outline in a rehearsal.
///
/// A row of the catalogue that takes this type can check an outline, and then ends with ``unknown``.
package enum Foreseen<Whole: HostValue, Outline: OutlineValue>: HostValue {
  case whole(Whole)
  case outline(Outline)

  package static var cellTypeName: String { Whole.cellTypeName }

  package init?(cellValue: Value) {
    if let whole = Whole(cellValue: cellValue) {
      self = .whole(whole)
    } else if let outline = Outline(cellValue: cellValue) {
      self = .outline(outline)
    } else {
      return nil
    }
  }

  package var cellValue: Value {
    switch self {
    case .whole(let whole): whole.cellValue
    case .outline(let outline): outline.cellValue
    }
  }

  /// The value of the run.
  ///
  /// - Throws: an error that rehearsals take as "not known before the run".
  package var known: Whole {
    get throws {
      guard case .whole(let whole) = self else {
        throw HostMismatch(what: "a value that only the run knows", expected: Whole.cellType)
      }
      return whole
    }
  }
}

/// The histories that cells read figures from.
package typealias ForeseenHistory = Foreseen<History, TrainingOutline>
/// The epochs that cells read figures from.
package typealias ForeseenEpoch = Foreseen<EpochRecord, EpochOutline>
/// The evaluations that cells read figures from.
package typealias ForeseenEvaluation = Foreseen<Evaluation, EvaluationOutline>

extension ForeseenEvaluation {
  /// The classes, or the names of the target numbers.
  package var targets: TargetNames {
    switch self {
    case .whole(let evaluation): evaluation.targets
    case .outline(let outline): outline.targets
    }
  }

  /// The value of a metric, or the accuracy of each class.
  ///
  /// - Parameters:
  ///   - name: the property's name, for the error.
  ///   - kind: the targets of the evaluations that have it.
  /// - Throws: ``TrainingError`` if the evaluation's task does not have it.
  package func figure<T>(_ name: String, of kind: TargetKind, _ read: (Evaluation) -> T) throws -> T {
    guard targets.kind == kind else {
      throw TrainingError(.noMetric(name, task: Loss.ofEvaluations(on: targets.kind).task))
    }
    return read(try known)
  }
}

/// The epochs of a history: in a rehearsal, an array of unknown length.
package enum ForeseenEpochs: CellConvertible {
  case known([EpochRecord])
  case each(EpochOutline)

  package static var cellType: CellType { [EpochRecord].cellType }

  package init?(cellValue: Value) {
    guard let epochs = [EpochRecord](cellValue: cellValue) else { return nil }
    self = .known(epochs)
  }

  package var cellValue: Value {
    switch self {
    case .known(let epochs): epochs.cellValue
    case .each(let outline): ForeseenElements(element: outline.cellValue).cellValue
    }
  }
}

extension ForeseenEpoch {
  /// The images that the epoch is evaluated on: `test` or `validation`.
  package var evaluatedOn: String {
    switch self {
    case .whole(let record): record.evaluatedOn
    case .outline(let outline): outline.split.rawValue
    }
  }
}

extension ForeseenHistory {
  /// One record for each epoch.
  package var epochs: ForeseenEpochs {
    switch self {
    case .whole(let history): .known(history.epochs)
    case .outline(let training): .each(training.epoch)
    }
  }

  /// The images that the epochs are evaluated on: `test` or `validation`.
  package var evaluatedOn: String {
    switch self {
    case .whole(let history): history.evaluatedOn
    case .outline(let training): training.data.evaluationSplit.rawValue
    }
  }

  /// An accuracy of the history.
  ///
  /// - Parameter name: the property's name, for the error.
  /// - Throws: ``TrainingError`` if the training's task does not have it.
  package func accuracy(_ name: String, _ read: (History) -> Double) throws -> Double {
    let task =
      switch self {
      case .whole(let history): history.task
      case .outline(let training): training.recipe.task
      }
    guard task.metrics.contains(.accuracy) else { throw TrainingError(.noMetric(name, task: task)) }
    return read(try known)
  }
}
