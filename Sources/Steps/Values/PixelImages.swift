import Neural
import Reporting

extension ImageSet {
  /// An image as shown in the report.
  func pixelImage(_ index: Int) -> PixelImage? {
    image(at: index).flatMap { PixelImage(width: $0.width, height: $0.height, pixels: $0.pixels) }
  }
}
