/// The total by which the counts of a confusion matrix are divided; the names are those of scikit-learn's
/// `confusion_matrix(normalize=)`.
public enum ConfusionNormalization: String, Sendable, Hashable, Codable, CaseIterable {
  /// Divides by the images of the true class: the rows add up to 1.
  case `true`
  /// Divides by the predictions of a class: the columns add up to 1.
  case pred
  /// Divides by the number of images.
  case all
}
