/// The pixels of one image while they are changed: reused from image to image, owned by one thread.
///
/// - Note: `pixels` is valid until the buffer is loaded, replaced or released.
public final class PixelBuffer {
  public private(set) var size: ImageSize
  /// height × width × 3 bytes: R, G, B of each pixel, row by row.
  public private(set) var pixels: UnsafeMutablePointer<UInt8>
  /// What holes are filled with where a transform asks for the data's mean colour.
  public var meanColor: RGB = .black
  private var spare: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var spareCapacity: Int

  public var count: Int { size.pixels * 3 }

  public init() {
    size = ImageSize(0, 0)
    capacity = 0
    spareCapacity = 0
    pixels = .allocate(capacity: 0)
    spare = .allocate(capacity: 0)
  }

  public convenience init(_ image: Image) {
    self.init()
    image.pixels.withUnsafeBufferPointer { load($0, size: image.size) }
  }

  deinit {
    pixels.deallocate()
    spare.deallocate()
  }

  /// Takes an image's bytes in.
  /// - Precondition: `source` holds `size.pixels * 3` bytes.
  func load(_ source: UnsafeBufferPointer<UInt8>, size: ImageSize) {
    precondition(source.count == size.pixels * 3)
    replace(size: size) { _, target in
      if let start = source.baseAddress { target.update(from: start, count: source.count) }
    }
  }

  /// Writes a new image, perhaps of another size, while the old one is still there to be read.
  public func replace(
    size newSize: ImageSize, _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) {
    let needed = newSize.pixels * 3
    if spareCapacity < needed {
      spare.deallocate()
      spare = .allocate(capacity: needed)
      spareCapacity = needed
    }
    body(pixels, spare)
    swap(&pixels, &spare)
    swap(&capacity, &spareCapacity)
    size = newSize
  }

  /// A copy of the pixels.
  public var image: Image {
    Image(unchecked: size, pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
  }
}
