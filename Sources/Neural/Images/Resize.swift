extension Image {
  /// The image resized bilinearly, with a filter that widens when shrinking (Pillow's `BILINEAR`, therefore
  /// torchvision's `Resize`), in Pillow's fixed-point arithmetic: along rows first, then columns. Pillow 13 takes columns
  /// first for some sizes, which changes values by at most 1.
  ///
  ///     let small = try photo.resized(to: ImageSize(32, 32))
  ///
  /// - Throws: `ImageError` if the size is invalid.
  public func resized(to target: ImageSize) throws(ImageError) -> Image {
    guard target.checkedPixels != nil else { throw ImageError(.size(target)) }
    if target == size { return self }
    // Rows first, then columns; the intermediate image has this one's height and the target's width.
    let middle = ImageSize(height, target.width)
    guard middle.checkedPixels != nil else { throw ImageError(.size(middle)) }
    let wide = target.width == width ? pixels : withResizedRows(target.width)
    let result = target.height == height ? wide : withResizedColumns(wide, middle, to: target.height)
    return Image(unchecked: target, colorMode: colorMode, pixels: result)
  }

  private func withResizedRows(_ target: Int) -> [UInt8] {
    let taps = ResizeTaps(from: width, to: target)
    return [UInt8](unsafeUninitializedCapacity: height * target * channels) { result, count in
      pixels.withUnsafeBufferPointer { source in
        taps.weights.withUnsafeBufferPointer { weights in
          var to = 0
          for y in 0..<height {
            for x in 0..<target {
              var from = (y * width + taps.first[x]) * channels
              if channels == 1 {
                var gray = ResizeTaps.half
                for tap in taps.starts[x]..<taps.starts[x + 1] {
                  gray &+= weights[tap] &* Int32(source[from])
                  from += 1
                }
                result[to] = UInt8(clamping: gray >> ResizeTaps.bits)
                to += 1
                continue
              }
              var red = ResizeTaps.half
              var green = red
              var blue = red
              for tap in taps.starts[x]..<taps.starts[x + 1] {
                let weight = weights[tap]
                red &+= weight &* Int32(source[from])
                green &+= weight &* Int32(source[from + 1])
                blue &+= weight &* Int32(source[from + 2])
                from += 3
              }
              result[to] = UInt8(clamping: red >> ResizeTaps.bits)
              result[to + 1] = UInt8(clamping: green >> ResizeTaps.bits)
              result[to + 2] = UInt8(clamping: blue >> ResizeTaps.bits)
              to += 3
            }
          }
          count = to
        }
      }
    }
  }

  private func withResizedColumns(_ source: [UInt8], _ size: ImageSize, to target: Int) -> [UInt8] {
    let taps = ResizeTaps(from: size.height, to: target)
    let stride = size.width * channels
    var sums = [Int32](repeating: 0, count: stride)
    return [UInt8](unsafeUninitializedCapacity: target * stride) { result, count in
      source.withUnsafeBufferPointer { source in
        sums.withUnsafeMutableBufferPointer { sums in
          for y in 0..<target {
            for i in 0..<stride { sums[i] = ResizeTaps.half }
            var row = taps.first[y] * stride
            for tap in taps.starts[y]..<taps.starts[y + 1] {
              let weight = taps.weights[tap]
              for i in 0..<stride { sums[i] &+= weight &* Int32(source[row + i]) }
              row += stride
            }
            for i in 0..<stride { result[y * stride + i] = UInt8(clamping: sums[i] >> ResizeTaps.bits) }
          }
        }
      }
      count = target * stride
    }
  }
}

/// The weights of source positions for each target position along one axis: a triangle filter in 22-bit fixed
/// point.
private struct ResizeTaps {
  static let bits: Int32 = 22
  /// One half, for rounding.
  static let half: Int32 = 1 << (bits - 1)

  /// The first source position of each target position.
  private(set) var first: [Int] = []
  /// The index of each target position's first weight, and the number of weights.
  private(set) var starts: [Int] = [0]
  private(set) var weights: [Int32] = []

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
      weights += row.map { Int32(($0 * Double(1 << Self.bits) + 0.5).rounded(.down)) }
      starts.append(weights.count)
    }
  }
}
