/// A part of a data set.
public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
  /// The test images, the images to train on, or those set aside for validation.
  case test, train, validation

  /// The images in words: `test images`, `training images`, `validation images`.
  public var images: String { self == .train ? "training images" : "\(rawValue) images" }

  /// The rows of a table in words: `test rows`, `training rows`, `validation rows`.
  public var rows: String { self == .train ? "training rows" : "\(rawValue) rows" }

  /// The name for titles and columns of logs: `Test`, `Train`, `Validation`.
  public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension Sequence<EpochRecord> {
  /// The images that the epochs were evaluated on; `nil` where there are no epochs.
  public var split: Split? { first { _ in true }?.split }
}
