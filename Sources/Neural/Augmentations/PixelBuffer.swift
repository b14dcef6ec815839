/// The pixels of one image while transforms change them; reused for many images, owned by one thread.
///
/// - Note: `pixels` is valid until the buffer is loaded, replaced or released.
public final class PixelBuffer {
  /// The size of the current image.
  public private(set) var size: ImageSize
  /// The kind of channels of the current image.
  public private(set) var colorMode: ColorMode
  /// height × width × channels bytes: all channels of each pixel, row by row.
  public private(set) var pixels: UnsafeMutablePointer<UInt8>
  /// The colour used by transforms that fill with the data's mean colour; a shade of grey for grayscale images.
  public var meanColor: RGB = .black
  private var spare: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var spareCapacity: Int

  /// The number of channels: 1 or 3.
  public var channels: Int { colorMode.channels }
  /// The number of bytes, height × width × channels.
  public var count: Int { size.pixels * channels }

  /// Creates an empty buffer.
  public init() {
    size = ImageSize(0, 0)
    colorMode = .rgb
    capacity = 0
    spareCapacity = 0
    pixels = .allocate(capacity: 0)
    spare = .allocate(capacity: 0)
  }

  /// Creates a buffer with an image's pixels.
  public convenience init(_ image: Image) {
    self.init()
    image.pixels.withUnsafeBufferPointer { load($0, size: image.size, image.colorMode) }
  }

  deinit {
    pixels.deallocate()
    spare.deallocate()
  }

  /// Copies an image's bytes into the buffer.
  ///
  /// - Precondition: `source` holds as many bytes as such an image has.
  func load(_ source: UnsafeBufferPointer<UInt8>, size: ImageSize, _ colorMode: ColorMode) {
    precondition(source.count == size.pixels * colorMode.channels)
    self.colorMode = colorMode
    replace(size: size) { _, target in
      if let start = source.baseAddress { target.update(from: start, count: source.count) }
    }
  }

  /// Replaces the image, possibly with a different size, but with the same channels; the old pixels can be read
  /// meanwhile.
  public func replace(
    size newSize: ImageSize, _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void
  ) {
    let needed = newSize.pixels * channels
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
    Image(
      unchecked: size, colorMode: colorMode, pixels: Array(UnsafeBufferPointer(start: pixels, count: count)))
  }
}
