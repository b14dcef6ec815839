/// An error in a list of augmentations.
public struct AugmentationError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// A probability outside 0…1.
    case probability(Double)
    /// The transform changes colours, but the images are grayscale.
    case needsColor
    /// A parameter outside its range.
    case value(name: String, expected: String, found: String)
    /// A crop larger than the image.
    case crop(ImageSize, image: ImageSize)
    /// A crop that changes the image's size but is applied only with this probability.
    case sometimesCropped(Double)
    /// An image size that is too large.
    case tooLarge(ImageSize)
    /// The final image size differs from the network's input size in evaluation.
    case finalSize(expected: ImageSize, found: ImageSize)
    /// `.normalize` is not the last entry.
    case normalizeNotLast
    /// The data set is a table, which has no images to augment.
    case noImages(dataset: String)

    /// The error for a value outside the range; `nil` if the value is valid.
    public static func limit(_ name: String, _ value: Double, _ range: ClosedRange<Double>) -> Fact? {
      if range.contains(value) { return nil }
      return .value(
        name: name, expected: "\(Int(range.lowerBound))…\(Int(range.upperBound))", found: "\(value)")
    }
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The index of the entry in the list, from 0; `nil` if the entry is not in a list yet.
  public var index: Int?
  /// The entry's name.
  public var name: String
  /// The place in the notebook, if known.
  public var origin: Origin?

  /// Creates an error.
  public init(_ fact: Fact, index: Int?, name: String, origin: Origin? = nil) {
    self.fact = fact
    self.index = index
    self.name = name
    self.origin = origin
  }

  public var description: String {
    let who = index.map { "augmentation \($0 + 1), \(name)" } ?? name
    switch fact {
    case .probability(let p):
      return "\(who): p must be a probability in 0…1, found \(p)"
    case .needsColor:
      return "\(who): changes colours, but the images are grayscale; remove it"
    case .value(let name, let expected, let found):
      return "\(who): \(name) must be \(expected), found \(found)"
    case .crop(let crop, let image):
      return "\(who): cannot crop \(crop) (height×width) from images of \(image); "
        + "use a smaller crop (at least 1×1) or more padding before it"
    case .sometimesCropped(let p):
      return "\(who): p = \(p) would produce images of two sizes; use p = 1"
    case .tooLarge(let size):
      return
        "\(who): images of \(size) (height×width) are too large; the maximum is \(ImageSize.mostPixels) pixels"
    case .finalSize(let expected, let found):
      return "\(who): produces images of \(found) (height×width), but the model expects \(expected); "
        + "add .randomCrop(\(expected.height), \(expected.width)) or change an earlier augmentation"
    case .noImages(let dataset):
      return
        "\(who): augmentations change images, but '\(dataset)' is a table of numbers; remove augmentation:"
    case .normalizeNotLast:
      return "\(who) must be last and used only once: the other augmentations work on bytes"
    }
  }
}
