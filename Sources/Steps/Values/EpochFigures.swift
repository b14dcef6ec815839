import CellCatalogue
import Neural

/// A figure of a training or an epoch whose name claims a split: `finalTestAccuracy`, `validationLoss`.
///
/// It exists only where the epochs were evaluated on that split. Rows of the catalogue, checks before the run and the
/// properties of exported programs derive from these declarations.
package struct EpochFigure: Sendable {
  /// The quantity.
  package enum Quantity: String, Sendable, CaseIterable {
    case accuracy, loss, metric
  }

  /// The split that the name claims.
  package let split: Split
  package let quantity: Quantity
  /// Precedes the split in the name: `best`, `final`, or nothing.
  private let prefix: String

  init(_ split: Split, _ quantity: Quantity, prefix: String = "") {
    self.prefix = prefix
    self.split = split
    self.quantity = quantity
  }

  /// The property's name.
  package var name: String { name(of: split) }

  private func name(of split: Split) -> String {
    let quantity = quantity.rawValue.prefix(1).uppercased() + quantity.rawValue.dropFirst()
    return (prefix.isEmpty ? split.rawValue : prefix + split.title) + quantity
  }

  /// Whether it is a share in 0…1.
  package var isShare: Bool { quantity == .accuracy }

  /// The figure in words, with the condition under which it exists.
  package var words: String {
    let name =
      switch quantity {
      case .accuracy: "\(split.rawValue) accuracy, from 0 to 1"
      case .loss: "\(split.rawValue) loss"
      case .metric: "\(split.rawValue) value of the task's metric"
      }
    return switch split {
    case .train: name.replacing("train ", with: "training ") + ", measured during training"
    case .validation: name + "; needs data with a validation split"
    case .test: name + "; an error if the data has a validation split"
    }
  }

  /// ``words`` as the beginning of a sentence.
  package var title: String { words.prefix(1).uppercased() + words.dropFirst() }

  /// Checks that a training has the figure.
  ///
  /// - Parameters:
  ///   - evaluated: the split that the epochs are evaluated on; `nil` if there are no epochs.
  ///   - hasTest: whether the data has test images; a history does not say.
  /// - Throws: ``TrainingError`` that names the figure which exists.
  func check(evaluated: Split?, _ task: TrainingTask, hasTest: Bool = true) throws {
    if quantity == .accuracy, !task.metrics.contains(.accuracy) {
      throw TrainingError(.noMetric(name, task: task))
    }
    guard split != .train, let evaluated, split != evaluated else { return }
    throw TrainingError(
      .otherSplit(
        split, evaluated: evaluated, figure: name, instead: name(of: evaluated), hasTest: hasTest))
  }

  /// The figure of an epoch.
  ///
  /// - Throws: ``TrainingError`` if the epoch does not have it.
  package func value(in record: EpochRecord) throws -> Double {
    try check(evaluated: record.split, record.task)
    let score = split == .train ? record.train : record.evaluation
    return switch quantity {
    case .accuracy: score.accuracy ?? .nan
    case .loss: score.loss
    case .metric: score.values.first ?? .nan
    }
  }

  /// The figure of an epoch, or only its check where the epoch is an outline.
  ///
  /// - Throws: ``TrainingError`` if the epoch does not have it.
  package func value(in epoch: ForeseenEpoch) throws -> Double {
    if case .outline(let outline) = epoch { try check(outline) }
    return try value(in: epoch.known)
  }

  private func check(_ epoch: EpochOutline) throws {
    try check(evaluated: epoch.split, epoch.task, hasTest: epoch.hasTest)
  }

  /// The figure of a history, or only its check where the history is an outline.
  ///
  /// - Throws: ``TrainingError`` if the training does not have it.
  package func value(
    in history: ForeseenHistory, _ epoch: @Sendable (History) -> EpochRecord?
  ) throws -> Double {
    if case .outline(let training) = history {
      try check(training.epoch)
    }
    let known = try history.known
    try check(evaluated: known.split, known.task)
    return try epoch(known).map(value) ?? .nan
  }
}

extension EpochRecord {
  /// The task of the training that the epoch belongs to.
  fileprivate var task: TrainingTask {
    TrainingTask.all.first { $0.metrics.first == metric } ?? .classification
  }
}

extension EpochFigure {
  /// Figures of the best epoch.
  package static let ofBest = [
    EpochFigure(.test, .accuracy, prefix: "best"), EpochFigure(.validation, .accuracy, prefix: "best"),
    EpochFigure(.test, .metric, prefix: "best"), EpochFigure(.validation, .metric, prefix: "best"),
  ]
  /// Figures of the last epoch.
  package static let ofLast = [
    EpochFigure(.test, .accuracy, prefix: "final"), EpochFigure(.validation, .accuracy, prefix: "final"),
    EpochFigure(.train, .accuracy, prefix: "final"), EpochFigure(.test, .loss, prefix: "final"),
    EpochFigure(.validation, .loss, prefix: "final"), EpochFigure(.train, .loss, prefix: "final"),
  ]
  /// Figures of an epoch.
  package static let ofEpoch = [
    EpochFigure(.train, .loss), EpochFigure(.train, .accuracy), EpochFigure(.test, .loss),
    EpochFigure(.test, .accuracy), EpochFigure(.validation, .loss), EpochFigure(.validation, .accuracy),
  ]
}

// The properties of exported programs. A figure that does not exist ends the program, as a failing step does.

extension History {
  private func best(_ split: Split, _ quantity: EpochFigure.Quantity) -> Double {
    Program.value { try EpochFigure(split, quantity, prefix: "best").value(in: .whole(self), \.best) }
  }
  private func final(_ split: Split, _ quantity: EpochFigure.Quantity) -> Double {
    Program.value { try EpochFigure(split, quantity, prefix: "final").value(in: .whole(self), \.last) }
  }

  /// The best test accuracy; the epochs must have been evaluated on the test images.
  public var bestTestAccuracy: Double { best(.test, .accuracy) }
  /// The best validation accuracy; the data must have a validation split.
  public var bestValidationAccuracy: Double { best(.validation, .accuracy) }
  /// The best value of the task's metric on the test images.
  public var bestTestMetric: Double { best(.test, .metric) }
  /// The best value of the task's metric on the validation images.
  public var bestValidationMetric: Double { best(.validation, .metric) }
  /// The test accuracy after the last epoch.
  public var finalTestAccuracy: Double { final(.test, .accuracy) }
  /// The validation accuracy after the last epoch.
  public var finalValidationAccuracy: Double { final(.validation, .accuracy) }
  /// The training accuracy of the last epoch, measured during it.
  public var finalTrainAccuracy: Double { final(.train, .accuracy) }
  /// The test loss after the last epoch.
  public var finalTestLoss: Double { final(.test, .loss) }
  /// The validation loss after the last epoch.
  public var finalValidationLoss: Double { final(.validation, .loss) }
  /// The training loss of the last epoch, measured during it.
  public var finalTrainLoss: Double { final(.train, .loss) }
}

extension EpochRecord {
  private func figure(_ split: Split, _ quantity: EpochFigure.Quantity) -> Double {
    Program.value { try EpochFigure(split, quantity).value(in: self) }
  }

  /// The training accuracy, measured during the epoch.
  public var trainAccuracy: Double { figure(.train, .accuracy) }
  /// The test loss after the epoch.
  public var testLoss: Double { figure(.test, .loss) }
  /// The test accuracy after the epoch.
  public var testAccuracy: Double { figure(.test, .accuracy) }
  /// The validation loss after the epoch.
  public var validationLoss: Double { figure(.validation, .loss) }
  /// The validation accuracy after the epoch.
  public var validationAccuracy: Double { figure(.validation, .accuracy) }
}
