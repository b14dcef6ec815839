/// Resizes the image bilinearly.
public struct Resize: ImageTransform {
  /// albumentations' class name.
  public static let name = "Resize"
  /// The new height in pixels.
  public let height: Int
  /// The new width in pixels.
  public let width: Int
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func outputSize(for input: ImageSize) -> ImageSize { ImageSize(height, width) }
  public var invalidArgument: AugmentationError.Fact? { .side("height", height) ?? .side("width", width) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> NoParameters { .init() }

  public func apply(_ parameters: NoParameters, to image: PixelBuffer) {
    image.resize(to: outputSize(for: image.size))
  }
}

extension PixelBuffer {
  /// Resizes the image in the fixed-point arithmetic of OpenCV's `resize` with `INTER_LINEAR`: weights in 1/2048.
  /// Unlike Pillow's, the filter does not widen when shrinking. Halving both sides averages four pixels.
  func resize(to newSize: ImageSize) {
    let (old, channels) = (size, channels)
    if newSize == old { return }
    if old.height == 2 * newSize.height, old.width == 2 * newSize.width {
      replace(size: newSize) { source, target in Self.halve(source, old, target, channels) }
      return
    }
    let columns = LinearTaps(from: old.width, to: newSize.width, isRow: false).taps
    let rows = LinearTaps(from: old.height, to: newSize.height, isRow: true).taps
    let stride = newSize.width * channels
    replace(size: newSize) { source, target in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: stride * old.height) { middle in
        for y in 0..<old.height {
          let row = source + y * old.width * channels
          for (x, tap) in columns.enumerated() {
            for c in 0..<channels {
              middle[y * stride + channels * x + c] =
                Int32(row[channels * tap.first + c]) &* tap.near
                &+ Int32(row[channels * tap.second + c]) &* tap.far
            }
          }
        }
        for (y, tap) in rows.enumerated() {
          let (upper, lower) = (tap.first * stride, tap.second * stride)
          for i in 0..<stride {
            let a = (tap.near &* (middle[upper + i] >> 4)) >> 16
            let b = (tap.far &* (middle[lower + i] >> 4)) >> 16
            target[y * stride + i] = UInt8(clamping: (a &+ b &+ 2) >> 2)
          }
        }
      }
    }
  }

  private static func halve(
    _ source: UnsafePointer<UInt8>, _ old: ImageSize, _ target: UnsafeMutablePointer<UInt8>,
    _ channels: Int
  ) {
    let stride = old.width * channels
    var out = target
    for y in Swift.stride(from: 0, to: old.height, by: 2) {
      for x in Swift.stride(from: 0, to: old.width, by: 2) {
        for c in 0..<channels {
          let pixel = source + y * stride + channels * x + c
          let sum =
            Int32(pixel[0]) + Int32(pixel[channels]) + Int32(pixel[stride]) + Int32(pixel[stride + channels])
          out[c] = UInt8((sum + 2) >> 2)
        }
        out += channels
      }
    }
  }
}

/// For each target position along an axis, the two source positions and their weights in 1/2048.
private struct LinearTaps {
  struct Tap {
    var first, second: Int
    var near, far: Int32
  }
  var taps: [Tap] = []

  init(from source: Int, to target: Int, isRow: Bool) {
    let scale = 1 / (Double(target) / Double(source))
    for i in 0..<target {
      let center = Float((Double(i) + 0.5) * scale - 0.5)
      var first = Int(center.rounded(.down))
      var fraction = center - Float(first)
      // At the left and right borders OpenCV changes the weights, above and below the positions.
      if !isRow, first < 0 { (first, fraction) = (0, 0) }
      if !isRow, first >= source - 1 { (first, fraction) = (source - 1, 0) }
      let limit = 0...source - 1
      taps.append(
        Tap(
          first: min(max(first, 0), limit.upperBound), second: min(max(first + 1, 0), limit.upperBound),
          near: Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)),
          far: Int32((fraction * 2048).rounded(.toNearestOrEven))))
    }
  }
}

extension AugmentationError.Fact {
  /// The error for a height or width that images cannot have; `nil` if it is valid.
  static func side(_ name: String, _ value: Int) -> AugmentationError.Fact? {
    if ImageSize.sides.contains(value) { return nil }
    let (low, high) = (ImageSize.sides.lowerBound, ImageSize.sides.upperBound)
    return .value(name: name, expected: "\(low)…\(high) pixels", found: "\(value)")
  }
}

extension Augmentation {
  /// Resizes the image (albumentations: `Resize`; bilinear, without smoothing when shrinking).
  ///
  ///     .resize(32, 32)
  ///
  /// - Parameters:
  ///   - height: pixels, 1…1024.
  ///   - width: pixels, 1…1024.
  ///   - p: probability, 0…1; below 1 only if the image has this size.
  public static func resize(
    _ height: Int, _ width: Int, p: Double = AugmentationArgument.certainP.default
  ) -> Augmentation {
    Augmentation(Resize(height: height, width: width, p: p))
  }
}
