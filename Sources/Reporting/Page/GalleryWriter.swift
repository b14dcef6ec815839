/// The page's images. An image that occurs more than once is stored once, in the style sheet.
struct ImageStore {
  private var shared: [PixelImage: Int] = [:]
  private var order: [PixelImage] = []

  init(blocks: [ReportBlock]) {
    var seen: Set<PixelImage> = []
    for case .gallery(let gallery) in blocks {
      for image in gallery.rows.flatMap(\.images).map(\.image) where !seen.insert(image).inserted {
        if shared[image] == nil {
          shared[image] = order.count
          order.append(image)
        }
      }
    }
  }

  /// One rule for each shared image.
  var stylesheet: Markup {
    order.enumerated().markup { index, image in
      ImageStore.dataURI(image).map { ".p\(index){background-image:url(\($0))}" } ?? ""
    }
  }

  /// An element that shows the image.
  func element(_ image: PixelImage, alt: String) -> Markup {
    let pixelated: Markup = image.width <= 96 ? "" : " smooth"
    if let index = shared[image] {
      return """
        <span class="px p\(index)\(pixelated)" role="img" aria-label="\(alt)" \
        style="aspect-ratio:\(image.width)/\(image.height)"></span>
        """
    }
    guard let uri = ImageStore.dataURI(image) else { return "<span class=\"px\">\(alt)</span>" }
    return """
      <img class="px\(pixelated)" src="\(uri)" alt="\(alt)" width="\(image.width)" height="\(image.height)">
      """
  }

  private static func dataURI(_ image: PixelImage) -> Markup? {
    image.dataURI().map { Markup(trusted: $0) }
  }
}

/// Writes rows of small images.
enum GalleryWriter {
  static func markup(_ gallery: Gallery, caption: Markup?, _ images: ImageStore) -> Markup {
    let rows = gallery.rows.markup { row in
      let title: Markup = row.title.map { "<p class=\"title\">\($0)</p>\n" } ?? ""
      let items = row.images.markup { item in
        // Not just the caption: screen readers would read the same text twice.
        let alt = !item.alt.isEmpty ? item.alt : item.caption.isEmpty ? "Image" : "Image: \(item.caption)"
        let line: Markup = item.caption.isEmpty ? "" : "<span>\(item.caption)</span>"
        return "<li>\(images.element(item.image, alt: alt))\(line)</li>\n"
      }
      return "\(title)<ul>\n\(items)</ul>\n"
    }
    let line: Markup = caption.map { "<figcaption>\($0)</figcaption>\n" } ?? ""
    return "<figure class=\"gallery\">\n\(rows)\(line)</figure>\n"
  }
}
