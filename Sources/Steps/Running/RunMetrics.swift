import Neural
import Reporting

/// The results of a run in the format of `run.json`.
public struct RunMetrics: Codable, Sendable {
  /// The result of an evaluation.
  public struct Measured: Codable, Sendable {
    /// The model's name.
    public var model: String
    /// The images: `test`, `train` or `validation`.
    public var split: Split
    /// The weights in words, for example `weights after epoch 12, the best on the test images`.
    public var weights: String
    /// The mean loss and the task's metrics; in the same JSON object.
    public var score: Score
    /// The variants of each image over which the outputs were averaged; `nil` for none.
    public var testTimeAugmentation: TestTimeAugmentation?
    /// Metrics of a classification beyond accuracy; in the same JSON object.
    public var metrics: ClassificationMetrics?
    /// The confusion matrix of a classification; `nil` for many classes.
    public var confusion: ConfusionMatrix?

    private enum Key: String, CodingKey {
      case model, split, weights, testTimeAugmentation, accuracy, confusion
    }

    /// Converts an evaluation.
    init(_ evaluation: Ledger.Evaluated) {
      model = evaluation.name
      split = evaluation.split
      weights = "\(evaluation.weights)"
      score = evaluation.score
      testTimeAugmentation = evaluation.testTimeAugmentation
      metrics = evaluation.metrics
      confusion = evaluation.confusion
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      model = try container.decode(String.self, forKey: .model)
      split = try container.decode(Split.self, forKey: .split)
      weights = try container.decode(String.self, forKey: .weights)
      score = try Score(from: decoder)
      testTimeAugmentation = try container.decodeIfPresent(
        TestTimeAugmentation.self, forKey: .testTimeAugmentation)
      metrics = container.contains(.accuracy) ? try ClassificationMetrics(from: decoder) : nil
      confusion = try container.decodeIfPresent(ConfusionMatrix.self, forKey: .confusion)
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(model, forKey: .model)
      try container.encode(split, forKey: .split)
      try container.encode(weights, forKey: .weights)
      try score.encode(to: encoder)
      try container.encodeIfPresent(testTimeAugmentation, forKey: .testTimeAugmentation)
      try metrics?.encode(to: encoder)
      try container.encodeIfPresent(confusion, forKey: .confusion)
    }
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
    trainings = results.histories.map(Training.init)
    evaluations = results.evaluations.map(Measured.init)
    requirements = results.requirements.map {
      Check(title: $0.title, required: $0.required, found: $0.found, passed: $0.passed)
    }
    warnings = results.warnings
  }
}
