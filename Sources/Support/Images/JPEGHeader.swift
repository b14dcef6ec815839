/// The segments in front of a JPEG file's pixels. Source: ITU-T T.81, appendix B.
///
///     try JPEGHeader(file).width
public struct JPEGHeader: Sendable, Hashable {
  /// The width in pixels, as stored.
  public private(set) var width = 0
  /// The height in pixels, as stored.
  public private(set) var height = 0
  /// The orientation that the EXIF data states.
  public private(set) var orientation = ImageOrientation.upright
  /// The second byte of the frame's marker, which tells how the pixels are coded.
  private var coding: UInt8 = 0
  /// Bits per channel.
  private var precision = 0
  /// The number of channels.
  private var components = 0

  /// The words of the error for a file that ends before its frame.
  public static let truncated = "the file is truncated"

  /// Reads the segments up to the frame's, which has the size.
  ///
  /// - Throws: ``ImageCodecError`` if the file has no frame.
  public init(_ bytes: [UInt8]) throws(ImageCodecError) {
    guard bytes.starts(with: [0xFF, 0xD8]) else { throw .library("not a JPEG file") }
    var hasEXIF = false
    var position = 2
    while position + 4 <= bytes.count {
      let marker = bytes[position + 1]
      // Bytes between segments, bytes that fill, and markers without a segment; libjpeg skips them, too.
      guard bytes[position] == 0xFF, marker != 0, marker != 0xFF else {
        position += 1
        continue
      }
      if marker == 0x01 || (0xD0...0xD8).contains(marker) {
        position += 2
        continue
      }
      if marker == 0xD9 || marker == 0xDA { throw .library("the file has no size") }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      guard length >= 2 else { throw .library("the file is damaged at byte \(position)") }
      guard position + 2 + length <= bytes.count else { break }
      let content = bytes[position + 4..<position + 2 + length]
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        guard content.count >= 6 else { throw .library("the file is damaged at byte \(position)") }
        let frame = Array(content)
        coding = marker
        precision = Int(frame[0])
        height = Int(frame[1]) << 8 | Int(frame[2])
        width = Int(frame[3]) << 8 | Int(frame[4])
        components = Int(frame[5])
        return
      }
      if marker == 0xE1, !hasEXIF, content.starts(with: Array("Exif\0\0".utf8)) {
        hasEXIF = true
        orientation = ImageOrientation(exif: Array(content.dropFirst(6)))
      }
      position += 2 + length
    }
    throw .library(Self.truncated)
  }

  /// Checks that Quire reads files of this kind.
  ///
  /// - Throws: ``ImageCodecError``.
  public func check() throws(ImageCodecError) {
    let advice = "save it as an ordinary JPEG or PNG image"
    switch coding {
    case 0xC0, 0xC1, 0xC2: break
    case 0xC9, 0xCA: throw .library("JPEG with arithmetic coding is not supported; \(advice)")
    case 0xC3, 0xCB: throw .library("lossless JPEG is not supported; \(advice)")
    default: throw .library("hierarchical JPEG is not supported; \(advice)")
    }
    guard precision == 8 else {
      throw .library("JPEG with \(precision) bits per channel is not supported; \(advice), with 8 bits")
    }
    guard [1, 3, 4].contains(components) else {
      throw .library("JPEG with \(components) channels is not supported; \(advice)")
    }
    guard DecodedImage.area(width, height) != nil else { throw .size(width: width, height: height) }
  }

  /// Whether a file of this length can have all pixels: the smallest unit, which has at most 32×32 pixels, needs a bit.
  func canHoldItsPixels(_ length: Int) -> Bool { width * height <= length * 8 * 32 * 32 }
}
