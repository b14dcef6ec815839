import Foundation
import Support

extension PixelImage: Codable {
  /// Encodes the image as a PNG file.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(PNG.encode(pixels, width: width, height: height)))
  }

  /// Decodes a PNG file.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let file = try container.decode(Data.self)
    guard let image = try? PNG.decode(Array(file)),
      let pixels = PixelImage(width: image.width, height: image.height, pixels: image.pixels)
    else { throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a PNG file") }
    self = pixels
  }
}
