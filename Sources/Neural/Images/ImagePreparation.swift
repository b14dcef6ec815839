/// A transform that `.imageFolder` applies to every image once, before training. Preparations make images of any size
/// equally large; augmentations then change them in every epoch.
///
///     .imageFolder("photos", prepare: [.smallestMaxSize(96), .centerCrop(96, 96)])
///
/// Names and sizes are albumentations' (version 1.3.1). Pixels are resized as Pillow and torchvision's `Resize` do: see
/// ``Image/resized(to:)``. OpenCV, which albumentations uses, skips pixels when it shrinks photographs.
public struct ImagePreparation: Sendable, Hashable, Codable, CustomStringConvertible {
  enum Rule: Sendable, Hashable, Codable {
    case resize(height: Int, width: Int)
    case centerCrop(height: Int, width: Int)
    case longestMaxSize(Int)
    case smallestMaxSize(Int)
    case padIfNeeded(minHeight: Int, minWidth: Int)
  }

  let rule: Rule

  /// Resizes images to this height and width, whatever their shape (albumentations: `Resize`).
  ///
  /// - Parameters:
  ///   - height: the height in pixels, 1…1024.
  ///   - width: the width in pixels, 1…1024.
  public static func resize(_ height: Int, _ width: Int) -> ImagePreparation {
    ImagePreparation(rule: .resize(height: height, width: width))
  }

  /// Keeps the middle of images (albumentations: `CenterCrop`).
  ///
  /// - Parameters:
  ///   - height: the height of the middle in pixels, 1…1024.
  ///   - width: its width in pixels, 1…1024.
  public static func centerCrop(_ height: Int, _ width: Int) -> ImagePreparation {
    ImagePreparation(rule: .centerCrop(height: height, width: width))
  }

  /// Resizes images so that the longer side has this length, and keeps their shape (albumentations: `LongestMaxSize`).
  ///
  /// - Parameter side: the length in pixels, 1…1024.
  public static func longestMaxSize(_ side: Int) -> ImagePreparation {
    ImagePreparation(rule: .longestMaxSize(side))
  }

  /// Resizes images so that the shorter side has this length, and keeps their shape (albumentations: `SmallestMaxSize`;
  /// torchvision: `Resize` with one number).
  ///
  /// - Parameter side: the length in pixels, 1…1024.
  public static func smallestMaxSize(_ side: Int) -> ImagePreparation {
    ImagePreparation(rule: .smallestMaxSize(side))
  }

  /// Enlarges images that are smaller, with mirrored borders, evenly on both sides (albumentations: `PadIfNeeded`,
  /// `BORDER_REFLECT_101`).
  ///
  /// - Parameters:
  ///   - minHeight: the minimum height in pixels, 1…1024.
  ///   - minWidth: the minimum width in pixels, 1…1024.
  public static func padIfNeeded(minHeight: Int, minWidth: Int) -> ImagePreparation {
    ImagePreparation(rule: .padIfNeeded(minHeight: minHeight, minWidth: minWidth))
  }

  /// As it is written in a notebook: `centerCrop(96, 96)`.
  public var description: String {
    switch rule {
    case .resize(let height, let width): "resize(\(height), \(width))"
    case .centerCrop(let height, let width): "centerCrop(\(height), \(width))"
    case .longestMaxSize(let side): "longestMaxSize(\(side))"
    case .smallestMaxSize(let side): "smallestMaxSize(\(side))"
    case .padIfNeeded(let height, let width): "padIfNeeded(minHeight: \(height), minWidth: \(width))"
    }
  }

  /// The numbers, with their names.
  var values: [(name: String, value: Int)] {
    switch rule {
    case .resize(let height, let width), .centerCrop(let height, let width):
      [("height", height), ("width", width)]
    case .longestMaxSize(let side), .smallestMaxSize(let side): [("side", side)]
    case .padIfNeeded(let height, let width): [("minHeight", height), ("minWidth", width)]
    }
  }

  /// The image after this transform.
  ///
  /// - Throws: ``ImageError`` if a result would exceed 64 megapixels.
  func applied(to image: Image) throws(ImageError) -> Image {
    switch rule {
    case .resize(let height, let width): try image.resized(to: ImageSize(height, width))
    case .centerCrop(let height, let width): try image.centerCropped(to: ImageSize(height, width))
    case .longestMaxSize(let side): try image.scaled(side, max(image.height, image.width))
    case .smallestMaxSize(let side): try image.scaled(side, min(image.height, image.width))
    case .padIfNeeded(let height, let width): try image.padded(to: ImageSize(height, width))
    }
  }
}

extension Image {
  /// The image in another size: a side of `found` pixels gets `wanted`. Halves are rounded to even numbers, as
  /// albumentations does; a side has at least one pixel.
  fileprivate func scaled(_ wanted: Int, _ found: Int) throws(ImageError) -> Image {
    let scale = Double(wanted) / Double(found)
    func length(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded(.toNearestOrEven))) }
    return try resized(to: ImageSize(length(height), length(width)))
  }

  /// The middle; an odd pixel is left out below or on the right.
  fileprivate func centerCropped(to target: ImageSize) throws(ImageError) -> Image {
    guard target.checkedPixels != nil, target.height <= height, target.width <= width else {
      throw ImageError(.size(target))
    }
    let (top, left) = ((height - target.height) / 2, (width - target.width) / 2)
    var result: [UInt8] = []
    result.reserveCapacity(target.pixels * channels)
    for y in top..<top + target.height {
      let start = (y * width + left) * channels
      result += pixels[start..<start + target.width * channels]
    }
    return Image(unchecked: target, colorMode: colorMode, pixels: result)
  }

  /// The image with mirrored borders; an odd pixel is added below or on the right.
  fileprivate func padded(to least: ImageSize) throws(ImageError) -> Image {
    let target = ImageSize(max(height, least.height), max(width, least.width))
    guard target.checkedPixels != nil else { throw ImageError(.size(target)) }
    if target == size { return self }
    let (top, left) = ((target.height - height) / 2, (target.width - width) / 2)
    var result: [UInt8] = []
    result.reserveCapacity(target.pixels * channels)
    for y in 0..<target.height {
      let row = reflect101(y - top, height) * width
      for x in 0..<target.width {
        let from = (row + reflect101(x - left, width)) * channels
        result += pixels[from..<from + channels]
      }
    }
    return Image(unchecked: target, colorMode: colorMode, pixels: result)
  }
}
