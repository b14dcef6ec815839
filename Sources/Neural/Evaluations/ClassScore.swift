/// Precision, recall and F1 of one class, as in scikit-learn's `precision_recall_fscore_support` with
/// `zero_division=nan`.
public struct ClassScore: Sendable, Hashable {
  /// The number of images of the class (scikit-learn: support).
  public let count: Int
  /// The fraction of predictions of the class that are correct; `nil` if it was never predicted.
  public let precision: Double?
  /// The fraction of images of the class that are predicted as such; `nil` without images.
  public let recall: Double?
  /// The harmonic mean of precision and recall; 0 if no prediction of the class is correct, and `nil` if it has no
  /// images and was never predicted.
  public let f1: Double?

  /// Computes the scores.
  ///
  /// - Parameters:
  ///   - hits: correct predictions of the class.
  ///   - count: images of the class.
  ///   - predictions: all predictions of the class.
  init(hits: Int, count: Int, predictions: Int) {
    func ratio(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
    self.count = count
    precision = ratio(hits, predictions)
    recall = ratio(hits, count)
    f1 = ratio(2 * hits, count + predictions)
  }
}

extension [ClassScore] {
  /// The scores of each class of a confusion matrix, `confusion[true][predicted]`.
  init(confusion: [[Int]]) {
    self = confusion.indices.map { name in
      ClassScore(
        hits: confusion[name][name], count: confusion[name].reduce(0, +),
        predictions: confusion.reduce(0) { $0 + $1[name] })
    }
  }
}

extension Sequence<Double?> {
  /// The mean of the values that exist, each class with the same weight; NaN if none does.
  public var macroMean: Double {
    let values = compactMap(\.self)
    return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }
}
