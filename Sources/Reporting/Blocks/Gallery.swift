/// Rows of small images with captions, each drawn 96 px wide with its pixels left square.
///
/// An image that occurs more than once on the page is stored once.
///
///     Gallery(caption: "Training augmentations", rows: [
///       GalleryRow("original", originals.map { GalleryImage($0, caption: "cat") }),
///       GalleryRow("horizontalFlip(p: 0.5)", flipped.map { GalleryImage($0, caption: "flipped") }),
///     ])
public struct Gallery: Sendable, Hashable, Codable {
  public var caption: String?
  public var rows: [GalleryRow]

  public init(caption: String? = nil, rows: [GalleryRow]) {
    self.caption = caption
    self.rows = rows
  }
}

/// Images that belong together, under a title.
public struct GalleryRow: Sendable, Hashable, Codable {
  public var title: String?
  public var images: [GalleryImage]

  public init(_ title: String? = nil, _ images: [GalleryImage]) {
    self.title = title
    self.images = images
  }
}

/// An image, the line under it, and the words that stand for it where it cannot be seen.
public struct GalleryImage: Sendable, Hashable, Codable {
  public var image: PixelImage
  /// For example `cat → dog, 0.93`.
  public var caption: String
  /// What is to be read aloud instead of the picture; made from the caption where it is empty.
  public var alt: String

  public init(_ image: PixelImage, caption: String = "", alt: String = "") {
    self.image = image
    self.caption = caption
    self.alt = alt
  }
}
