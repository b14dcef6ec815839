/// Rows of small images with captions, each shown 96 px wide with square pixels.
///
/// An image that occurs more than once on the page is stored once.
///
///     Gallery(caption: "Training augmentations", rows: [
///       GalleryRow("original", originals.map { GalleryImage($0, caption: "cat") }),
///       GalleryRow("horizontalFlip(p: 0.5)", flipped.map { GalleryImage($0, caption: "flipped") }),
///     ])
public struct Gallery: Sendable, Hashable, Codable {
  /// The caption.
  public var caption: String?
  /// The rows, from the top.
  public var rows: [GalleryRow]

  /// Creates a gallery.
  public init(caption: String? = nil, rows: [GalleryRow]) {
    self.caption = caption
    self.rows = rows
  }
}

/// A titled row of images.
public struct GalleryRow: Sendable, Hashable, Codable {
  /// The title above the row.
  public var title: String?
  /// The images, from the left.
  public var images: [GalleryImage]

  /// Creates a row.
  public init(_ title: String? = nil, _ images: [GalleryImage]) {
    self.title = title
    self.images = images
  }
}

/// An image with its caption and alternative text.
public struct GalleryImage: Sendable, Hashable, Codable {
  /// The image.
  public var image: PixelImage
  /// The text below the image, for example `cat → dog, 0.93`.
  public var caption: String
  /// The alternative text for screen readers; derived from the caption if it is empty.
  public var alt: String

  /// Creates an image of a gallery.
  public init(_ image: PixelImage, caption: String = "", alt: String = "") {
    self.image = image
    self.caption = caption
    self.alt = alt
  }
}
