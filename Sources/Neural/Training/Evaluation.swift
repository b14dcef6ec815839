/// A model's answers on a set of images.
public struct Evaluation: Sendable {
  /// The name of the model.
  public let modelName: String
  /// The data's classes, or its target numbers.
  public let targets: TargetNames
  /// Means over the images.
  public let score: Score
  /// Per image, in the set's order.
  public let answers: Answers
  /// Which images: `test`, `train` or `validation`.
  public let split: String

  /// The answers of a model, by the kind of target.
  public enum Answers: Sendable, Hashable {
    /// The predicted class of each image.
    case classes([Sample])
    /// The predicted numbers of each image.
    case values(Values)

    /// The score of a classification, from its samples; of numbers, whose metrics were measured meanwhile, the loss.
    var score: Score {
      switch self {
      case .classes(let samples):
        let count = Double(max(1, samples.count))
        return Score(
          loss: samples.reduce(0) { $0 + $1.loss } / count,
          accuracy: Double(samples.count { $0.label == $0.prediction }) / count)
      case .values(let values):
        return Score(
          loss: values.losses.reduce(0, +) / Double(max(1, values.losses.count)), [], values: [])
      }
    }
  }

  /// Numbers predicted for images.
  public struct Values: Sendable, Hashable {
    /// [images][numbers per image].
    public var targets: [Float]
    /// In the same order.
    public var predictions: [Float]
    /// By image.
    public var losses: [Double]

    /// Creates the predictions.
    public init(targets: [Float], predictions: [Float], losses: [Double]) {
      self.targets = targets
      self.predictions = predictions
      self.losses = losses
    }
  }

  /// The answer for an image of a classification.
  public struct Sample: Sendable, Hashable {
    /// Position in the set.
    public var index: Int
    /// The true class.
    public var label: Int
    /// The predicted class.
    public var prediction: Int
    /// Probability given to the prediction, in 0…1.
    public var confidence: Double
    /// The loss of this image.
    public var loss: Double

    /// Creates an answer.
    public init(index: Int, label: Int, prediction: Int, confidence: Double, loss: Double) {
      self.index = index
      self.label = label
      self.prediction = prediction
      self.confidence = confidence
      self.loss = loss
    }
  }

  /// The evaluation of a classification.
  public init(modelName: String, classNames: [String], split: String, samples: [Sample]) {
    let answers = Answers.classes(samples)
    self.init(
      modelName: modelName, targets: .classes(classNames), split: split, answers: answers,
      score: answers.score)
  }

  /// Creates an evaluation.
  public init(
    modelName: String, targets: TargetNames, split: String, answers: Answers, score: Score
  ) {
    self.modelName = modelName
    self.targets = targets
    self.split = split
    self.answers = answers
    self.score = score
  }

  /// Images that the model was evaluated on.
  public var count: Int {
    switch answers {
    case .classes(let samples): samples.count
    case .values(let values): values.losses.count
    }
  }
  /// Empty where the targets are numbers.
  public var classNames: [String] { targets.classNames }
  /// Per image, in the set's order: the true class, the predicted one, its probability, the loss. Empty where the
  /// targets are numbers.
  public var samples: [Sample] { if case .classes(let samples) = answers { samples } else { [] } }
  /// The predicted numbers beside the targets; `nil` where the targets are classes.
  public var values: Values? { if case .values(let values) = answers { values } else { nil } }

  /// The mean loss over the images.
  public var loss: Double { score.loss }
  /// The share of right answers; NaN where the targets are numbers.
  public var accuracy: Double { score.accuracy }
  /// In the target's unit; NaN where the targets are classes.
  public var meanAbsoluteError: Double { score[.meanAbsoluteError] ?? .nan }
  /// At most 1; NaN where the targets are classes.
  public var rSquared: Double { score[.rSquared] ?? .nan }

  /// `confusion[true][predicted]`: how many images.
  public var confusion: [[Int]] {
    var counts = Array(repeating: Array(repeating: 0, count: classNames.count), count: classNames.count)
    for sample in samples
    where classNames.indices.contains(sample.label)
      && classNames.indices.contains(sample.prediction)
    {
      counts[sample.label][sample.prediction] += 1
    }
    return counts
  }

  /// Share of each class's images that got the right answer; 0 for a class without images.
  public var perClassAccuracy: [Double] {
    confusion.enumerated().map { index, row in
      let total = row.reduce(0, +)
      return total == 0 ? 0 : Double(row[index]) / Double(total)
    }
  }

  /// Wrong answers, the highest loss first.
  public func misclassified(_ count: Int) -> [Sample] {
    Array(
      samples.filter { $0.label != $0.prediction }
        .sorted { ($1.loss, $0.index) < ($0.loss, $1.index) }.prefix(max(0, count)))
  }
}
