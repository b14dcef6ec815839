import Neural
import Reporting

/// What a run's steps came to, as `run.json` has it.
public struct RunMetrics: Codable, Sendable {
  public struct Training: Codable, Sendable {
    public var model: String
    public var epochs: Int
    public var plannedEpochs: Int
    public var bestEpoch: Int?
    public var bestTestAccuracy: Double?
    public var finalTestAccuracy: Double?
    public var finalTrainAccuracy: Double?
    public var lastTenMean: Double?
    public var lastTenStandardDeviation: Double?
    public var target: Double?
    public var reachedTarget: Bool?
    public var stoppedEarly: Bool
    public var seconds: Double
    public var imagesPerSecond: Double
    public var trainEvaluation: Score?
    public var bestCheckpoint: String?
    public var lastCheckpoint: String?
  }
  public struct Measured: Codable, Sendable {
    public var model: String
    public var split: String
    public var loss: Double
    public var accuracy: Double
  }
  public struct Check: Codable, Sendable {
    public var title: String
    public var required: String
    public var found: String
    public var passed: Bool?
  }

  public var dataset: Ledger.DatasetFacts?
  public var models: [Ledger.ModelFacts]
  public var trainings: [Training]
  public var evaluations: [Measured]
  public var requirements: [Check]
  public var warnings: [String]

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
