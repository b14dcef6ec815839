/// The evaluation of a model on a set of images.
public struct Evaluation: Sendable {
  /// The name of the model.
  public let modelName: String
  /// The data's classes, or its target numbers.
  public let targets: TargetNames
  /// The loss and metrics, averaged over the images.
  public let score: Score
  /// The prediction for each image, in the set's order.
  public let answers: Answers
  /// The images that the model was evaluated on.
  public let split: Split
  /// The origin of the model's weights; `nil` if it is unknown.
  public let weights: WeightsOrigin?
  /// Whether the model was evaluated on the rows of a table rather than on images.
  public let isOfTable: Bool
  /// The samples in words: `test images`, `validation rows`.
  public var samplesText: String { split.samples(ofTable: isOfTable) }
  /// Metrics of all class probabilities; `nil` if they are unknown, or the targets are numbers.
  public let ranking: RankingScores?
  /// The variants of each image over which the answers were averaged; `nil` for none.
  public let testTimeAugmentation: TestTimeAugmentation?

  /// The predictions of a model, by the kind of target.
  public enum Answers: Sendable, Hashable {
    /// The predicted class of each image.
    case classes([Sample])
    /// The predicted numbers of each image.
    case values(Values)

    /// The score of a classification, from its samples; of numbers, whose metrics were measured meanwhile, the loss.
    var score: Score {
      switch self {
      case .classes(let samples):
        if samples.isEmpty { return Score(loss: .nan, [], values: []) }
        let count = Double(samples.count)
        return Score(
          loss: samples.reduce(0) { $0 + $1.loss } / count,
          accuracy: Double(samples.count { $0.label == $0.prediction }) / count)
      case .values(let values):
        return Score(
          loss: values.losses.isEmpty
            ? .nan : values.losses.reduce(0, +) / Double(values.losses.count), [], values: [])
      }
    }
  }

  /// Numbers predicted for images.
  public struct Values: Sendable, Hashable {
    /// [images][numbers per image].
    public var targets: [Float]
    /// The predictions, in the same order.
    public var predictions: [Float]
    /// The loss of each image.
    public var losses: [Double]

    /// Creates the predictions.
    public init(targets: [Float], predictions: [Float], losses: [Double]) {
      self.targets = targets
      self.predictions = predictions
      self.losses = losses
    }
  }

  /// The predicted class of one image.
  public struct Sample: Sendable, Hashable {
    /// The index of the image in the set.
    public var index: Int
    /// The true class.
    public var label: Int
    /// The predicted class.
    public var prediction: Int
    /// The probability of the predicted class, 0…1.
    public var confidence: Double
    /// The loss of this image.
    public var loss: Double

    /// Creates a prediction.
    public init(index: Int, label: Int, prediction: Int, confidence: Double, loss: Double) {
      self.index = index
      self.label = label
      self.prediction = prediction
      self.confidence = confidence
      self.loss = loss
    }
  }

  /// Creates the evaluation of a classification.
  public init(
    modelName: String, classNames: [String], split: Split, samples: [Sample], weights: WeightsOrigin? = nil,
    isOfTable: Bool = false, ranking: RankingScores? = nil, testTimeAugmentation: TestTimeAugmentation? = nil
  ) {
    let answers = Answers.classes(samples)
    self.init(
      modelName: modelName, targets: .classes(classNames), split: split, answers: answers,
      score: answers.score, weights: weights, isOfTable: isOfTable, ranking: ranking,
      testTimeAugmentation: testTimeAugmentation)
  }

  /// Creates an evaluation.
  public init(
    modelName: String, targets: TargetNames, split: Split, answers: Answers, score: Score,
    weights: WeightsOrigin? = nil, isOfTable: Bool = false, ranking: RankingScores? = nil,
    testTimeAugmentation: TestTimeAugmentation? = nil
  ) {
    self.modelName = modelName
    self.targets = targets
    self.split = split
    self.answers = answers
    self.score = score
    self.weights = weights
    self.isOfTable = isOfTable
    self.ranking = ranking
    self.testTimeAugmentation = testTimeAugmentation
  }

  /// The number of images.
  public var count: Int {
    switch answers {
    case .classes(let samples): samples.count
    case .values(let values): values.losses.count
    }
  }
  /// The class names; empty if the targets are numbers.
  public var classNames: [String] { targets.classNames }
  /// The true class, the predicted class, its probability and the loss of each image, in the set's order;
  /// empty if the targets are numbers.
  public var samples: [Sample] { if case .classes(let samples) = answers { samples } else { [] } }
  /// The predicted numbers and the targets; `nil` if the targets are classes.
  public var values: Values? { if case .values(let values) = answers { values } else { nil } }

  /// The mean loss over the images.
  public var loss: Double { score.loss }
  /// The accuracy, 0…1; NaN if the targets are numbers.
  public var accuracy: Double { score.accuracy ?? .nan }
  /// The mean absolute error, in the target's unit; NaN if the targets are classes.
  public var meanAbsoluteError: Double { score[.meanAbsoluteError] ?? .nan }
  /// The coefficient of determination, at most 1; NaN if the targets are classes.
  public var rSquared: Double { score[.rSquared] ?? .nan }

  /// The confusion matrix: `confusion[true][predicted]` is a number of images.
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

  /// The accuracy of each class, 0…1; `nil` for a class without images.
  public var perClassAccuracy: [Double?] {
    confusion.enumerated().map { index, row in
      let total = row.reduce(0, +)
      return total == 0 ? nil : Double(row[index]) / Double(total)
    }
  }

  /// The misclassified images with the highest loss, highest first.
  public func misclassified(_ count: Int) -> [Sample] {
    Array(
      samples.filter { $0.label != $0.prediction }
        .sorted { ($1.loss, $0.index) < ($0.loss, $1.index) }.prefix(max(0, count)))
  }
}
