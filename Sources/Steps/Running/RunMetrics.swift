import Neural
import Reporting

/// The results of a run in the format of `run.json`.
public struct RunMetrics: Codable, Sendable {
  /// The figures of a training. Accuracies are fractions, 0…1; `nil` if not measured.
  public struct Training: Codable, Sendable {
    /// The model's name.
    public var model: String
    /// The number of finished epochs.
    public var epochs: Int
    /// The number of planned epochs.
    public var plannedEpochs: Int
    /// The epoch with the best test accuracy, counted from 1.
    public var bestEpoch: Int?
    /// The best test accuracy.
    public var bestTestAccuracy: Double?
    /// The test accuracy after the last epoch.
    public var finalTestAccuracy: Double?
    /// The training accuracy of the last epoch, measured during it.
    public var finalTrainAccuracy: Double?
    /// The mean test accuracy of the last ten epochs.
    public var lastTenMean: Double?
    /// The standard deviation of the test accuracy over the last ten epochs.
    public var lastTenStandardDeviation: Double?
    /// The target accuracy, if there is one.
    public var target: Double?
    /// Whether the target was reached; `nil` without a target.
    public var reachedTarget: Bool?
    /// Whether early stopping ended the training.
    public var stoppedEarly: Bool
    /// The duration in seconds.
    public var seconds: Double
    /// The training throughput.
    public var imagesPerSecond: Double
    /// The final evaluation of the training images.
    public var trainEvaluation: Score?
    /// The path of the best epoch's weights.
    public var bestCheckpoint: String?
    /// The path of the last epoch's weights.
    public var lastCheckpoint: String?
  }
  /// The result of an evaluation.
  public struct Measured: Codable, Sendable {
    /// The model's name.
    public var model: String
    /// The split: `test`, `train` or `validation`.
    public var split: String
    /// The mean loss.
    public var loss: Double
    /// The accuracy, 0…1.
    public var accuracy: Double
  }
  /// A checked requirement.
  public struct Check: Codable, Sendable {
    /// The checked quantity.
    public var title: String
    /// The required value or range.
    public var required: String
    /// The actual value.
    public var found: String
    /// Whether the requirement is met; `nil` if it was not checked.
    public var passed: Bool?
  }

  /// The loaded data set.
  public var dataset: Ledger.DatasetFacts?
  /// The summarised models.
  public var models: [Ledger.ModelFacts]
  /// The trainings, in order.
  public var trainings: [Training]
  /// The evaluations, in order.
  public var evaluations: [Measured]
  /// The checked requirements.
  public var requirements: [Check]
  /// All warnings, in order.
  public var warnings: [String]

  /// Converts the results of a run.
  public init(_ results: Ledger) {
    dataset = results.dataset
    models = results.models
    trainings = results.histories.map { history in
      Training(
        model: history.modelName, epochs: history.epochs.count, plannedEpochs: history.plannedEpochs,
        bestEpoch: history.best?.epoch, bestTestAccuracy: history.best?.testAccuracy,
        finalTestAccuracy: history.last?.testAccuracy, finalTrainAccuracy: history.last?.trainAccuracy,
        lastTenMean: history.lastTen?.mean, lastTenStandardDeviation: history.lastTen?.standardDeviation,
        target: history.target, reachedTarget: history.reachedTarget, stoppedEarly: history.stoppedEarly,
        seconds: history.totalSeconds, imagesPerSecond: history.imagesPerSecond,
        trainEvaluation: history.trainEvaluation, bestCheckpoint: history.bestCheckpoint,
        lastCheckpoint: history.lastCheckpoint)
    }
    evaluations = results.evaluations.map {
      Measured(model: $0.name, split: $0.split, loss: $0.score.loss, accuracy: $0.score.accuracy)
    }
    requirements = results.requirements.map {
      Check(title: $0.title, required: $0.required, found: $0.found, passed: $0.passed)
    }
    warnings = results.warnings
  }
}
