extension PixelBuffer {
  /// Replaces each byte by the table's value for it.
  func map(_ value: (Int) -> UInt8) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
      for i in 0..<256 { table[i] = value(i) }
      for i in 0..<count { pixels[i] = table[Int(pixels[i])] }
    }
  }

  /// Replaces each byte by the value of its channel's table: red or gray 0, green 1, blue 2.
  func mapChannels(_ value: (_ channel: Int, _ byte: Int) -> UInt8) {
    let channels = channels
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256 * channels) { table in
      for channel in 0..<channels {
        for i in 0..<256 { table[256 * channel + i] = value(channel, i) }
        for i in stride(from: channel, to: count, by: channels) {
          pixels[i] = table[256 * channel + Int(pixels[i])]
        }
      }
    }
  }

  /// The number of pixels of each byte in a channel.
  func histogram(ofChannel channel: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for i in stride(from: channel, to: count, by: channels) { counts[Int(pixels[i])] += 1 }
    return counts
  }
}

/// The number limited to 0…255 and rounded towards zero, as NumPy's `clip` and `astype(uint8)` do.
@inline(__always)
func truncatedByte(_ value: Double) -> UInt8 { UInt8(min(max(value, 0), 255)) }

/// The number rounded to the nearest byte, halves to even, as OpenCV's `saturate_cast` does.
@inline(__always)
func roundedByte(_ value: Float) -> UInt8 { UInt8(min(max(value.rounded(.toNearestOrEven), 0), 255)) }

/// The brightness of a colour (OpenCV's `COLOR_RGB2GRAY`): 0.299 R + 0.587 G + 0.114 B in 15-bit fixed point.
@inline(__always)
func grayLevel(_ pixel: UnsafePointer<UInt8>) -> UInt8 {
  let sum = Int32(pixel[0]) &* 9798 &+ Int32(pixel[1]) &* 19235 &+ Int32(pixel[2]) &* 3735
  return UInt8(truncatingIfNeeded: (sum &+ 16384) >> 15)
}
