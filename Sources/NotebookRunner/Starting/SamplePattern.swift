import Neural

/// A class of the sample images. A small network can distinguish the patterns after a few epochs.
enum SamplePattern: String, CaseIterable {
  case checks, dots, stripes

  static let side = 64

  /// An image with random colors, scale and position; the same number gives the same image.
  func image(number: Int) throws(ImageError) -> Image {
    var random = SplitMix(state: UInt64(number))
    let scale = random.below(6) + 6
    let (left, top) = (random.below(64), random.below(64))
    let slope = random.below(3)
    let dark = (0..<3).map { _ in UInt8(random.below(110)) }
    let light = (0..<3).map { _ in UInt8(random.below(110) + 146) }
    var pixels: [UInt8] = []
    for y in top..<top + Self.side {
      for x in left..<left + Self.side {
        pixels += isLight(x, y, scale: scale, slope: slope) ? light : dark
      }
    }
    return try Image(ImageSize(Self.side, Self.side), pixels: pixels)
  }

  private func isLight(_ x: Int, _ y: Int, scale: Int, slope: Int) -> Bool {
    switch self {
    case .checks: return (x / scale + y / scale) % 2 == 0
    case .dots:
      let (dx, dy) = (x % (2 * scale) - scale, y % (2 * scale) - scale)
      return dx * dx + dy * dy < scale * scale / 2
    case .stripes: return (x + slope * y) / scale % 2 == 0
    }
  }
}

/// A random number generator with the same results on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func below(_ bound: UInt64) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % bound)
  }
}
