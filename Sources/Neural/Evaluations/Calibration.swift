/// How well a classifier's confidence matches its accuracy: images grouped by the probability of the predicted class
/// (Guo et al., ICML 2017).
///
/// Bins are those of scikit-learn's `calibration_curve(strategy: "uniform")`.
public struct Calibration: Sendable, Hashable {
  /// The number of bins, of equal width in 0…1.
  public static let binCount = 15

  /// The images with a confidence in a bin.
  public struct Bin: Sendable, Hashable {
    /// The index of the bin, from 0: confidences above index / 15, up to (index + 1) / 15.
    public var index: Int
    /// The number of images.
    public var count: Int
    /// The mean probability of the predicted class, 0…1.
    public var confidence: Double
    /// The fraction of correct predictions, 0…1.
    public var accuracy: Double
  }

  /// The bins that have images, in ascending order.
  public let bins: [Bin]
  /// The expected calibration error: the mean difference between confidence and accuracy over the images' bins, 0…1;
  /// NaN without images.
  public let expectedError: Double

  /// Groups images.
  ///
  /// - Parameter predictions: the confidence of each prediction, 0…1, and whether it is correct.
  public init(_ predictions: some Sequence<(confidence: Double, isCorrect: Bool)>) {
    var sums = Array(repeating: (count: 0, confidence: 0.0, hits: 0), count: Self.binCount)
    let edges = (1..<Self.binCount).map { Double($0) / Double(Self.binCount) }
    for prediction in predictions {
      let bin = edges.count { $0 < prediction.confidence }
      sums[bin].count += 1
      sums[bin].confidence += prediction.confidence
      sums[bin].hits += prediction.isCorrect ? 1 : 0
    }
    bins = sums.enumerated().filter { $0.element.count > 0 }.map { index, sum in
      Bin(
        index: index, count: sum.count, confidence: sum.confidence / Double(sum.count),
        accuracy: Double(sum.hits) / Double(sum.count))
    }
    let total = bins.reduce(0) { $0 + $1.count }
    expectedError =
      total == 0
      ? .nan
      : bins.reduce(0) { $0 + Double($1.count) * abs($1.accuracy - $1.confidence) } / Double(total)
  }
}
