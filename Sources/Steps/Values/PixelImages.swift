import Neural
import Reporting

extension ImageSet {
  /// An image as shown in the report.
  func pixelImage(_ index: Int) -> PixelImage? {
    image(at: index).flatMap(PixelImage.init)
  }
}

extension PixelImage {
  /// Creates an image for the report; grayscale images are shown in grey.
  init?(_ image: Image) {
    self.init(width: image.width, height: image.height, pixels: image.converted(to: .rgb).pixels)
  }
}
