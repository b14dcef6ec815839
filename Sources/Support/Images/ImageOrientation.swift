/// The eight ways in which a camera may store an upright picture. Source: EXIF 2.32, tag 0x0112.
public enum ImageOrientation: Int, Sendable, Hashable {
  /// Stored as seen.
  case upright = 1
  /// Left and right are exchanged.
  case mirrored
  /// Turned by 180°.
  case upsideDown
  /// Top and bottom are exchanged.
  case flipped
  /// Rows are stored as columns.
  case transposed
  /// Turned to the left by 90°.
  case turnedLeft
  /// Rows are stored as columns, each in reverse, and the columns in reverse order.
  case transversed
  /// Turned to the right by 90°.
  case turnedRight

  /// Reads the orientation from EXIF data, without its identifier; upright if there is none, or an invalid one.
  ///
  /// Only the first directory is read: the second is that of the thumbnail.
  init(exif bytes: [UInt8]) {
    self = Self.value(in: bytes).flatMap(Self.init(rawValue:)) ?? .upright
  }

  private static func value(in bytes: [UInt8]) -> Int? {
    let isBigEndian = bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
    guard isBigEndian || bytes.starts(with: [0x49, 0x49, 0x2A, 0]) else { return nil }
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start >= 0, start <= bytes.count - count else { return nil }
      let digits = bytes[start..<start + count]
      return isBigEndian
        ? digits.reduce(0) { $0 << 8 | Int($1) } : digits.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let tag = number(start, 2), let type = number(start + 2, 2) else { return nil }
      // Type 3 is a number of two bytes.
      if tag == 0x0112 { return type == 3 ? number(start + 8, 2) : nil }
    }
    return nil
  }

  /// Whether rows are stored as columns.
  fileprivate var isTransposed: Bool { rawValue >= 5 }
  /// Whether the stored columns run from right to left.
  fileprivate var isMirrored: Bool { [.mirrored, .upsideDown, .transversed, .turnedRight].contains(self) }
  /// Whether the stored rows run from bottom to top.
  fileprivate var isFlipped: Bool { [.upsideDown, .flipped, .turnedLeft, .transversed].contains(self) }
}

extension DecodedImage {
  /// The picture as it was seen (Pillow: `ImageOps.exif_transpose`).
  func upright(from orientation: ImageOrientation) -> DecodedImage {
    if orientation == .upright { return self }
    let size = orientation.isTransposed ? (width: height, height: width) : (width: width, height: height)
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      var position = 0
      for y in 0..<size.height {
        for x in 0..<size.width {
          let (column, row) = orientation.isTransposed ? (y, x) : (x, y)
          let from =
            ((orientation.isFlipped ? height - 1 - row : row) * width
              + (orientation.isMirrored ? width - 1 - column : column)) * 3
          for channel in 0..<3 { target[position + channel] = pixels[from + channel] }
          position += 3
        }
      }
      count = position
    }
    return DecodedImage(width: size.width, height: size.height, pixels: turned)
  }
}
