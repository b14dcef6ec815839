/// Variants of an image that a model answers for, besides the image itself. The answers are averaged.
///
/// The mean is that of the model's outputs, as in airbench (Jordan, 2024). Logits and log-probabilities give the same
/// class probabilities: both means normalise the geometric mean of the probabilities. A model that ends in softmax
/// averages its probabilities.
public enum TestTimeAugmentation: String, Sendable, Hashable, Codable, CaseIterable {
  /// The image and its mirror image.
  case horizontalFlip

  /// A note for captions: `averaged over horizontal flips`.
  public var note: String {
    switch self {
    case .horizontalFlip: "averaged over horizontal flips"
    }
  }

  /// The operation in words, for error messages.
  public static let purpose = "test-time augmentation"

  /// Writes the variant of each image.
  ///
  /// - Parameters:
  ///   - images: [count][height][width][channels].
  ///   - shape: the shape of one image.
  ///   - variants: as long as `images`.
  func write(
    _ images: UnsafePointer<Float>, count: Int, shape: Shape, to variants: UnsafeMutablePointer<Float>
  ) {
    let (width, channels) = (shape.width, shape.channels)
    for row in 0..<count * shape.height {
      for column in 0..<width {
        let from = (row * width + column) * channels
        let to = (row * width + width - 1 - column) * channels
        (variants + to).update(from: images + from, count: channels)
      }
    }
  }
}

extension TrainingError {
  /// Whether data without classes was to be evaluated with test-time augmentation.
  public var isAboutTestTimeAugmentation: Bool {
    if case .needs(_, TestTimeAugmentation.purpose) = fact { true } else { false }
  }
}
