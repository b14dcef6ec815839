/// Labelled images of one size, stored as one block of bytes.
///
///     let set = try ImageSet(size: ImageSize(32, 32), pixels: bytes, labels: [3, 8, 8])
///     set.count            // 3
///     set.image(at: 0)     // an Image
public struct ImageSet: Sendable {
  /// Height and width of every image. There are 3 channels: R, G, B.
  public let size: ImageSize
  /// [count, height, width, 3], contiguous.
  public let pixels: [UInt8]
  /// Each image's class: an index into the data set's class names.
  public let labels: [Int32]

  public var count: Int { labels.count }
  public var height: Int { size.height }
  public var width: Int { size.width }
  /// Bytes of one image.
  public var stride: Int { size.pixels * 3 }

  /// - Throws: `ImageSetError` where the number of bytes is not that of the labels' images.
  public init(size: ImageSize, pixels: [UInt8], labels: [Int32]) throws(ImageSetError) {
    guard let area = size.checkedPixels else { throw .size(size) }
    let (bytes, overflow) = labels.count.multipliedReportingOverflow(by: area * 3)
    guard !overflow, bytes == pixels.count else {
      throw .pixelCount(size: size, labels: labels.count, found: pixels.count)
    }
    self.size = size
    self.pixels = pixels
    self.labels = labels
  }

  /// One image; `nil` where there is no such index.
  public func image(at index: Int) -> Image? {
    guard labels.indices.contains(index) else { return nil }
    return Image(unchecked: size, pixels: Array(pixels[index * stride..<(index + 1) * stride]))
  }

  /// The images at these indices, in this order.
  /// - Throws: `ImageSetError` where an index is not one of the set's.
  public func subset(_ indices: [Int]) throws(ImageSetError) -> ImageSet {
    var chosen: [UInt8] = []
    chosen.reserveCapacity(indices.count * stride)
    var labels: [Int32] = []
    labels.reserveCapacity(indices.count)
    for index in indices {
      guard self.labels.indices.contains(index) else { throw .index(index, count: count) }
      chosen += pixels[index * stride..<(index + 1) * stride]
      labels.append(self.labels[index])
    }
    return try ImageSet(size: size, pixels: chosen, labels: labels)
  }
}

/// What can be wrong with a set of images.
public enum ImageSetError: Problem, Hashable {
  case size(ImageSize)
  case pixelCount(size: ImageSize, labels: Int, found: Int)
  case index(Int, count: Int)
  case label(Int32, image: Int, set: String, classes: Int)
  case noClasses
  case empty(set: String)
  case sizesDiffer(train: ImageSize, test: ImageSize)
  case statistics(name: String, found: [Double])
  case fraction(Double, count: Int)
  case syntheticCount(name: String, found: Int)

  public var description: String {
    switch self {
    case .size(let size):
      return
        "images of \(size) pixels (height×width): both must be at least 1, and the maximum number of pixels is "
        + "\(ImageSize.mostPixels)"
    case .pixelCount(let size, let labels, let found):
      return "\(labels) labels need as many RGB images of \(size) pixels, \(size.pixels * 3) bytes each; "
        + "found \(found) bytes"
    case .index(let index, let count):
      return count == 0
        ? "image \(index) does not exist: the data set is empty"
        : "image \(index) does not exist: the data set has images 0…\(count - 1)"
    case .label(let label, let image, let set, let classes):
      return
        "image \(image) of the \(set) set has label \(label); with \(classes) classes, labels must be in "
        + "0…\(classes - 1)"
    case .noClasses:
      return "a data set needs at least one class name, found none"
    case .empty(let set):
      return "the \(set) set has no images"
    case .sizesDiffer(let train, let test):
      return "training images are \(train) pixels and test images \(test) (height×width); use one size"
    case .statistics(let name, let found):
      return "\(name) must be three finite numbers, one per channel (R, G, B)"
        + (name == "std" ? ", each above 0" : "") + "; found \(found)"
    case .fraction(let fraction, let count):
      return "cannot split \(count) images with a validation fraction of \(fraction); "
        + "choose a fraction between 0 and 1 that leaves images on both sides"
    case .syntheticCount(let name, let found):
      return "\(name) must be in 1…\(SyntheticImages.mostImages) images, found \(found)"
    }
  }
}
