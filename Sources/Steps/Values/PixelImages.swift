import Neural
import Reporting

extension ImageSet {
  /// One image as the report draws it.
  func pixelImage(_ index: Int) -> PixelImage? {
    image(at: index).flatMap { PixelImage(width: $0.width, height: $0.height, pixels: $0.pixels) }
  }
}
