import Neural
import Support

extension FuzzTarget {
  /// A JPEG file. The image has the size in the header, upright.
  static let jpeg = FuzzTarget(name: "jpeg") { bytes in
    // Spend the time on coverage, not on megapixels.
    guard let header = try? JPEGHeader(bytes), max(header.width, header.height) <= 512,
      let image = try? Image(decoding: bytes)
    else { return }
    let sides = [header.width, header.height].sorted()
    expect([image.width, image.height].sorted() == sides, "the image does not have the header's size")
  }
}
