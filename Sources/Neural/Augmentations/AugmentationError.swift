/// What can be wrong with a list of augmentations.
public struct AugmentationError: Problem, Hashable {
  public enum Fact: Sendable, Hashable {
    case probability(Double)
    case value(name: String, expected: String, found: String)
    case crop(ImageSize, image: ImageSize)
    case sometimesCropped(Double)
    case tooLarge(ImageSize)
    /// The images end with another size than the network gets in evaluation.
    case finalSize(expected: ImageSize, found: ImageSize)
    case normalizeNotLast

    /// `value` where it is not in the range.
    public static func limit(_ name: String, _ value: Double, _ range: ClosedRange<Double>) -> Fact? {
      if range.contains(value) { return nil }
      return .value(
        name: name, expected: "\(Int(range.lowerBound))…\(Int(range.upperBound))", found: "\(value)")
    }
  }

  public var fact: Fact
  /// Which entry of the list, from 0, and its name.
  public var index: Int
  public var name: String
  public var origin: Origin?

  public init(_ fact: Fact, index: Int, name: String, origin: Origin? = nil) {
    self.fact = fact
    self.index = index
    self.name = name
    self.origin = origin
  }

  public var description: String {
    let who = "augmentation \(index + 1), \(name)"
    switch fact {
    case .probability(let p):
      return "\(who): p is a probability, 0…1, found \(p)"
    case .value(let name, let expected, let found):
      return "\(who): \(name) must be \(expected), found \(found)"
    case .crop(let crop, let image):
      return "\(who) cuts \(crop) (height×width) out of images that are \(image) there; "
        + "make it smaller (at least 1×1) or pad more before it"
    case .sometimesCropped(let p):
      return "\(who) with p = \(p) would leave images of two sizes; take p = 1"
    case .tooLarge(let size):
      return "\(who) would make images of \(size) pixels (height×width), above \(ImageSize.mostPixels) pixels"
    case .finalSize(let expected, let found):
      return "\(who) leaves images of \(found) (height×width), but the network's input is \(expected); "
        + "add .randomCrop(\(expected.height), \(expected.width)) or change the sizes before it"
    case .normalizeNotLast:
      return "\(who) must be the last of the list and stand there once: the others work on bytes"
    }
  }
}
