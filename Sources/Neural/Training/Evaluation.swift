/// A model's answers on a set of images.
public struct Evaluation: Sendable {
  public let modelName: String
  public let classNames: [String]
  /// Means over the images.
  public let score: Score
  /// Per image, in the set's order: the true class, the predicted one, its probability, the loss.
  public let samples: [Sample]
  /// Which images: `test`, `train` or `validation`.
  public let split: String

  public struct Sample: Sendable, Hashable {
    /// Position in the set.
    public var index: Int
    public var label: Int
    public var prediction: Int
    /// Probability given to the prediction, in 0…1.
    public var confidence: Double
    public var loss: Double

    public init(index: Int, label: Int, prediction: Int, confidence: Double, loss: Double) {
      self.index = index
      self.label = label
      self.prediction = prediction
      self.confidence = confidence
      self.loss = loss
    }
  }

  public init(modelName: String, classNames: [String], split: String, samples: [Sample]) {
    self.modelName = modelName
    self.classNames = classNames
    self.split = split
    self.samples = samples
    let count = Double(max(1, samples.count))
    score = Score(
      loss: samples.reduce(0) { $0 + $1.loss } / count,
      accuracy: Double(samples.count { $0.label == $0.prediction }) / count)
  }

  public var loss: Double { score.loss }
  public var accuracy: Double { score.accuracy }

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
