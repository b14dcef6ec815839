extension Image {
  /// The image resized bilinearly, with a filter that widens when shrinking (Pillow's `BILINEAR`, therefore
  /// torchvision's `Resize`), in Pillow's fixed-point arithmetic: along rows first, then columns.
  ///
  ///     let small = try photo.resized(to: ImageSize(32, 32))
  ///
  /// - Throws: `ImageError` if the size is invalid.
  public func resized(to target: ImageSize) throws(ImageError) -> Image {
    guard target.checkedPixels != nil else { throw ImageError(.size(target)) }
    if target == size { return self }
    // Rows first, then columns; the intermediate image has this one's height and the target's width.
    guard ImageSize(height, target.width).checkedPixels != nil else {
      throw ImageError(.size(ImageSize(height, target.width)))
    }
    var middle = pixels
    if target.width != width {
      middle = [UInt8](repeating: 0, count: height * target.width * channels)
      let taps = ResizeTaps(from: width, to: target.width)
      for y in 0..<height {
        let row = y * width * channels
        for x in 0..<target.width {
          for c in 0..<channels {
            middle[(y * target.width + x) * channels + c] = taps.weighted(x) {
              pixels[row + $0 * channels + c]
            }
          }
        }
      }
    }
    guard target.height != height else {
      return Image(unchecked: target, colorMode: colorMode, pixels: middle)
    }
    var result = [UInt8](repeating: 0, count: target.pixels * channels)
    let taps = ResizeTaps(from: height, to: target.height)
    let stride = target.width * channels
    for y in 0..<target.height {
      for i in 0..<stride {
        result[y * stride + i] = taps.weighted(y) { middle[$0 * stride + i] }
      }
    }
    return Image(unchecked: target, colorMode: colorMode, pixels: result)
  }
}

/// The weights of source positions for each target position along one axis: a triangle filter in 22-bit fixed
/// point.
private struct ResizeTaps {
  private var first: [Int] = []
  private var weights: [[Int32]] = []
  private static let bits: Int32 = 22

  init(from source: Int, to target: Int) {
    let scale = Double(source) / Double(target)
    let filterScale = max(scale, 1)
    for i in 0..<target {
      let center = (Double(i) + 0.5) * scale
      let lower = max(0, Int(center - filterScale + 0.5))
      let upper = max(lower + 1, min(source, Int(center + filterScale + 0.5)))
      var row = (lower..<upper).map { position in
        max(0, 1 - abs((Double(position) - center + 0.5) * (1 / filterScale)))
      }
      let sum = row.reduce(0, +)
      if sum > 0 { row = row.map { $0 / sum } }
      first.append(lower)
      weights.append(row.map { Int32(($0 * Double(1 << Self.bits) + 0.5).rounded(.down)) })
    }
  }

  @inline(__always)
  func weighted(_ target: Int, _ source: (Int) -> UInt8) -> UInt8 {
    var sum: Int32 = 1 << (Self.bits - 1)
    for (offset, weight) in weights[target].enumerated() {
      sum &+= weight &* Int32(source(first[target] + offset))
    }
    return UInt8(clamping: sum >> Self.bits)
  }
}
