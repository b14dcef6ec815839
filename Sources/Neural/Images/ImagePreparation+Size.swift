extension [ImagePreparation] {
  /// The size that all images have after these transforms, whatever their size was.
  ///
  /// - Throws: ``ImagePreparationError`` if a number is out of range, a crop may be larger than an image, or images may have
  ///   different sizes in the end.
  public func finalSize() throws(ImagePreparationError) -> ImageSize {
    var sizes = PossibleSizes()
    for (index, transform) in enumerated() {
      for (name, value) in transform.values where !ImageSize.sides.contains(value) {
        throw ImagePreparationError(.value(name: name, found: value), index: index, name: "\(transform)")
      }
      if case .centerCrop(let height, let width) = transform.rule,
        height > sizes.height.lowerBound || width > sizes.width.lowerBound
      {
        throw ImagePreparationError(
          .crop(least: ImageSize(sizes.height.lowerBound, sizes.width.lowerBound)), index: index,
          name: "\(transform)")
      }
      sizes.apply(transform.rule)
    }
    guard let height = sizes.height.only, let width = sizes.width.only else {
      throw ImagePreparationError(.sizesVary, index: indices.last, name: last.map { "\($0)" } ?? "")
    }
    return ImageSize(height, width)
  }
}

/// The heights and widths that images may have.
private struct PossibleSizes {
  var height = 1...ImageSize.mostPixels
  var width = 1...ImageSize.mostPixels

  mutating func apply(_ rule: ImagePreparation.Rule) {
    switch rule {
    case .resize(let height, let width), .centerCrop(let height, let width):
      (self.height, self.width) = (height...height, width...width)
    case .longestMaxSize(let length): (height, width) = (1...length, 1...length)
    case .smallestMaxSize(let length):
      (height, width) = (length...ImageSize.mostPixels, length...ImageSize.mostPixels)
    case .padIfNeeded(let minHeight, let minWidth):
      height = max(height.lowerBound, minHeight)...max(height.upperBound, minHeight)
      width = max(width.lowerBound, minWidth)...max(width.upperBound, minWidth)
    }
  }
}

extension ClosedRange<Int> {
  /// The number, if the range has only one.
  fileprivate var only: Int? { lowerBound == upperBound ? lowerBound : nil }
}

/// An error in the list of preparations of an image folder.
public struct ImagePreparationError: Problem, Hashable {
  /// The kinds of errors.
  public enum Fact: Sendable, Hashable {
    /// A number outside 1…1024.
    case value(name: String, found: Int)
    /// A crop that may be larger than the images, which have at least this size.
    case crop(least: ImageSize)
    /// The images may have different sizes after the last transform.
    case sizesVary
  }

  /// The kind of error, with its details.
  public var fact: Fact
  /// The index of the transform in the list, from 0; `nil` if the list is empty.
  public var index: Int?
  /// The transform, as written.
  public var name: String

  /// Creates an error.
  public init(_ fact: Fact, index: Int?, name: String) {
    self.fact = fact
    self.index = index
    self.name = name
  }

  public var description: String {
    switch fact {
    case .value(let name, let found):
      return
        "\(self.name): \(name) must be in \(ImageSize.sides.lowerBound)…\(ImageSize.sides.upperBound), found \(found)"
    case .crop(let least):
      return
        "\(name): images may be smaller than the crop: here they have at least \(least) pixels (height×width); "
        + "put '.smallestMaxSize', '.resize' or '.padIfNeeded' in front of it"
    case .sizesVary:
      let place = index == nil ? "the list is empty, so images" : "after \(name), images"
      return "\(place) may have different sizes; end with '.centerCrop(96, 96)' or '.resize(96, 96)'"
    }
  }
}
