import Foundation
import Support

extension PixelImage {
  /// The image as an 8-bit RGB PNG file, or `nil` if libpng fails, for example if memory runs out.
  public func png() -> [UInt8]? { try? PNG.encode(pixels, width: width, height: height) }

  /// The image as a `data:` URI.
  func dataURI() -> String? { png().map { "data:image/png;base64," + Data($0).base64EncodedString() } }
}
