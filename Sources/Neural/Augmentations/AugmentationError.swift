/// An error in a list of augmentations.
public struct AugmentationError: Problem, Hashable {
  /// The kinds of errors.
  public indirect enum Fact: Sendable, Hashable {
    /// A probability outside 0…1.
    case probability(Double)
    /// The transform changes colours, but the images are grayscale.
    case needsColor
    /// A parameter outside its range.
    case value(name: String, expected: String, found: String)
    /// A crop larger than the image.
    case crop(ImageSize, image: ImageSize)
    /// A transform that changes the image's size but is applied only with this probability.
    case sometimesResized(Double)
    /// A transform whose results have one size only if images are square.
    case notSquare(ImageSize)
    /// Alternatives that change images of this size to different sizes.
    case differentSizes(ImageSize)
    /// An error in an augmentation that is part of another one.
    case within(String, Fact)
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
      func text(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
      return .value(
        name: name, expected: "\(text(range.lowerBound))…\(text(range.upperBound))", found: "\(value)")
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
    Self.text(of: fact, in: index.map { "augmentation \($0 + 1), \(name)" } ?? name)
  }

  private static func text(of fact: Fact, in who: String) -> String {
    switch fact {
    case .within(let name, let fact): return text(of: fact, in: "\(who), \(name)")
    case .probability(let p):
      return "\(who): p must be a probability in 0…1, found \(p)"
    case .needsColor:
      return "\(who): changes colours, but the images are grayscale; remove it"
    case .value(let name, let expected, let found):
      return "\(who): \(name) must be \(expected), found \(found)"
    case .crop(let crop, let image):
      return "\(who): cannot crop \(crop) (height×width) from images of \(image); "
        + "use a smaller crop (at least 1×1) or more padding before it"
    case .sometimesResized(let p):
      return "\(who): p = \(p) would produce images of two sizes; use p = 1"
    case .notSquare(let size):
      return "\(who): would produce images of two sizes from images of \(size) (height×width); "
        + "crop or resize them to squares before it"
    case .differentSizes(let size):
      return "\(who): would produce images of several sizes from images of \(size) (height×width); "
        + "use augmentations that keep the size, or change it to the same one"
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
