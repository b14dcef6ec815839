import Formats
import Foundation

extension PixelImage {
  /// The image as a PNG file, 8-bit RGB, or `nil` where libpng fails, for example for want of memory.
  public func png() -> [UInt8]? { try? PNG.encode(pixels, width: width, height: height) }

  /// The image as a `data:` URI.
  func dataURI() -> String? { png().map { "data:image/png;base64," + Data($0).base64EncodedString() } }
}
