/// The pixels of an image file.
public struct DecodedImage: Sendable, Hashable {
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// The bytes, height × width × 3 (RGB), rows from the top.
  public var pixels: [UInt8]

  /// The maximum number of pixels that are read or written.
  public static let largestArea = 1 << 26

  /// Width times height; `nil` if it is not positive or exceeds ``largestArea``.
  static func area(_ width: Int, _ height: Int) -> Int? {
    guard width >= 1, height >= 1 else { return nil }
    let (area, overflow) = width.multipliedReportingOverflow(by: height)
    return overflow || area > largestArea ? nil : area
  }
}

/// An error of encoding or decoding an image file.
public enum ImageCodecError: Error, Sendable, Hashable {
  /// The reason in words; those of libpng or libjpeg, if they found the error.
  case library(String)
  /// A size that is empty, too large, or does not match the pixels.
  case size(width: Int, height: Int)
}

/// The text before a zero byte.
func terminated(_ bytes: UnsafeRawBufferPointer) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}
