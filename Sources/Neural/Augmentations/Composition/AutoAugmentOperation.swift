/// One of the operations of torchvision's RandAugment and TrivialAugmentWide, in the arithmetic of Pillow.
public enum AutoAugmentOperation: String, Sendable, Hashable, CaseIterable {
  /// In torchvision's order.
  case identity, shearX, shearY, translateX, translateY, rotate, brightness, color, contrast, sharpness,
    posterize, solarize, autoContrast, equalize

  /// torchvision's name, for example `ShearX`.
  public var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// Whether the sign of the magnitude is random.
  var isSigned: Bool {
    switch self {
    case .shearX, .shearY, .translateX, .translateY, .rotate, .brightness, .color, .contrast, .sharpness: true
    case .identity, .posterize, .solarize, .autoContrast, .equalize: false
    }
  }

  /// Applies the operation.
  ///
  /// - Parameter magnitude: a shear, pixels, degrees, the difference of a factor from 1, a number of bits, or a threshold
  ///   as a fraction of 255.
  func apply(_ magnitude: Double, to image: PixelBuffer) {
    switch self {
    case .identity: break
    case .shearX: image.moveNearest(by: .sheared(x: Math.atan(magnitude), y: 0))
    case .shearY: image.moveNearest(by: .sheared(x: 0, y: Math.atan(magnitude)))
    case .translateX: image.moveNearest(by: .translated(x: Double(Int(magnitude)), y: 0, image.size))
    case .translateY: image.moveNearest(by: .translated(x: 0, y: Double(Int(magnitude)), image.size))
    case .rotate: image.rotateNearest(by: magnitude)
    case .brightness: image.blend(1 + magnitude) { _, _ in 0 }
    case .color:
      let grays = (0..<image.size.pixels).map { pillowGray(image.pixels + 3 * $0) }
      image.blend(1 + magnitude) { index, _ in grays[index / 3] }
    case .contrast:
      let sum = (0..<image.size.pixels).reduce(0) { $0 + Int(pillowGray(image.pixels + 3 * $1)) }
      let mean = UInt8(truncatingIfNeeded: Int(Double(sum) / Double(image.size.pixels) + 0.5))
      image.blend(1 + magnitude) { _, _ in mean }
    case .sharpness:
      let smooth = image.smoothed()
      image.blend(1 + magnitude) { index, _ in smooth[index] }
    case .posterize:
      let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - Int(magnitude)))
      for i in 0..<image.count { image.pixels[i] &= mask }
    case .solarize: image.map { Double($0) < 255 * magnitude ? UInt8($0) : UInt8(255 - $0) }
    case .autoContrast: image.stretchContrast()
    case .equalize: image.equalizeAsPillow()
    }
  }
}

/// The brightness of a colour in Pillow's fixed-point arithmetic.
private func pillowGray(_ pixel: UnsafePointer<UInt8>) -> UInt8 {
  let sum = UInt32(pixel[0]) * 19595 + UInt32(pixel[1]) * 38470 + UInt32(pixel[2]) * 7471
  return UInt8(truncatingIfNeeded: (sum + 0x8000) >> 16)
}

/// Pillow's operations.
extension PixelBuffer {
  /// Blends another image with this one (`Image.blend`): factor 0 gives the other one, 1 this one.
  fileprivate func blend(_ factor: Double, _ other: (_ index: Int, _ own: UInt8) -> UInt8) {
    let factor = Float(factor)
    if factor == 1 { return }
    for i in 0..<count {
      let base = other(i, pixels[i])
      let value = Float(base) + factor * Float(Int(pixels[i]) - Int(base))
      pixels[i] = factor == 0 ? base : UInt8(min(max(value, 0), 255))
    }
  }

  /// The bytes after Pillow's filter `SMOOTH`: the pixel counts five times, its neighbours once. The border is unchanged.
  fileprivate func smoothed() -> [UInt8] {
    var result = [UInt8](UnsafeBufferPointer(start: pixels, count: count))
    let stride = size.width * 3
    guard size.height >= 3, size.width >= 3 else { return result }
    for y in 1..<size.height - 1 {
      for i in y * stride + 3..<(y + 1) * stride - 3 {
        var sum = 4 * Int(pixels[i])
        for row in [i - stride, i, i + stride] {
          sum += Int(pixels[row - 3]) + Int(pixels[row]) + Int(pixels[row + 3])
        }
        result[i] = UInt8((2 * sum + 13) / 26)
      }
    }
    return result
  }

  /// Stretches the values of each channel to 0…255 (`ImageOps.autocontrast`).
  fileprivate func stretchContrast() {
    let tables = (0..<3).map { channel -> [UInt8] in
      let histogram = histogram(ofChannel: channel)
      guard let low = histogram.firstIndex(where: { $0 > 0 }),
        let high = histogram.lastIndex(where: { $0 > 0 }),
        low < high
      else { return Array(0...255) }
      let scale = 255 / Double(high - low)
      let offset = -Double(low) * scale
      return (0..<256).map { truncatedByte(Double($0) * scale + offset) }
    }
    mapChannels { tables[$0][$1] }
  }

  /// Equalises the histogram of each channel (`ImageOps.equalize`).
  fileprivate func equalizeAsPillow() {
    let tables = (0..<3).map { channel -> [UInt8] in
      let histogram = histogram(ofChannel: channel)
      let present = histogram.filter { $0 > 0 }
      let step = (size.pixels - (present.last ?? 0)) / 255
      guard present.count > 1, step > 0 else { return Array(0...255) }
      var sum = step / 2
      return histogram.map { number in
        defer { sum += number }
        return UInt8(clamping: sum / step)
      }
    }
    mapChannels { tables[$0][$1] }
  }
}
