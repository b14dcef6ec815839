/// A part of a data set.
public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
  /// The test images, the images to train on, or those set aside for validation.
  case test, train, validation

  /// The images in words: `test images`, `training images`, `validation images`.
  public var images: String { self == .train ? "training images" : "\(rawValue) images" }

  /// The samples in words: `test images`, or the rows of a table, `test rows`.
  public func samples(ofTable isOfTable: Bool) -> String {
    isOfTable ? (self == .train ? "training rows" : "\(rawValue) rows") : images
  }

  /// The name for titles and columns of logs: `Test`, `Train`, `Validation`.
  public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension Sequence<EpochRecord> {
  /// The images that the epochs were evaluated on; `nil` where there are no epochs.
  public var split: Split? { first { _ in true }?.split }
}
