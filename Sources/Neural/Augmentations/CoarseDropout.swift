/// Covers rectangles of the image with one colour.
public struct CoarseDropout: ImageTransform {
  public static let name = "CoarseDropout"
  public let holes: ClosedRange<Int>
  public let heights: ClosedRange<Int>
  public let widths: ClosedRange<Int>
  public let fillValue: Augmentation.FillValue
  public let p: Double
  private let maxHoles, maxHeight, maxWidth: Int
  private let minHoles, minHeight, minWidth: Int

  init(
    maxHoles: Int, maxHeight: Int, maxWidth: Int, minHoles: Int?, minHeight: Int?, minWidth: Int?,
    fillValue: Augmentation.FillValue, p: Double
  ) {
    (self.maxHoles, self.maxHeight, self.maxWidth) = (maxHoles, maxHeight, maxWidth)
    self.minHoles = minHoles ?? maxHoles
    self.minHeight = minHeight ?? maxHeight
    self.minWidth = minWidth ?? maxWidth
    // Turned ranges are told of by `problem`; here they only must not trap.
    holes = min(self.minHoles, maxHoles)...maxHoles
    heights = min(self.minHeight, maxHeight)...maxHeight
    widths = min(self.minWidth, maxWidth)...maxWidth
    self.fillValue = fillValue
    self.p = p
  }

  /// A covered rectangle: its upper left corner and size, in pixels.
  public struct Hole: Sendable, Hashable {
    public let y, x, height, width: Int

    public init(y: Int, x: Int, height: Int, width: Int) {
      (self.y, self.x, self.height, self.width) = (y, x, height, width)
    }
  }

  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    public let holes: [Hole]

    public init(holes: [Hole]) { self.holes = holes }

    public var description: String {
      holes.map { "\($0.height)×\($0.width) at y \($0.y), x \($0.x)" }.joined(separator: "; ")
    }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    let rows = [
      ("Holes", minHoles, maxHoles, 10_000), ("Height", minHeight, maxHeight, input.height),
      ("Width", minWidth, maxWidth, input.width),
    ]
    for (name, least, most, limit) in rows {
      guard most >= 1, most <= limit else {
        return .value(name: "max\(name)", expected: "1…\(limit)", found: "\(most)")
      }
      guard least >= 1, least <= most else {
        return .value(name: "min\(name)", expected: "1…\(most), the max\(name)", found: "\(least)")
      }
    }
    return nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let count = holes.lowerBound + random.below(holes.count)
    return Parameters(
      holes: (0..<count).map { _ in
        let height = heights.lowerBound + random.below(heights.count)
        let width = widths.lowerBound + random.below(widths.count)
        let y = random.below(size.height - height + 1)
        return Hole(y: y, x: random.below(size.width - width + 1), height: height, width: width)
      })
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let size = image.size
    let color = fillValue == .mean ? image.meanColor : .black
    for hole in parameters.holes {
      let columns = max(0, hole.x)..<max(0, hole.x, min(size.width, hole.x + hole.width))
      for y in max(0, hole.y)..<max(0, hole.y, min(size.height, hole.y + hole.height)) {
        for x in columns {
          let pixel = image.pixels + (y * size.width + x) * 3
          (pixel[0], pixel[1], pixel[2]) = (color.red, color.green, color.blue)
        }
      }
    }
  }
}

extension Augmentation {
  /// What `coarseDropout` covers with. albumentations takes numbers: the assignment's 0.49 of 255 is black.
  public enum FillValue: Sendable, Hashable, CaseIterable {
    case black
    /// The mean colour that `.normalize` subtracts.
    case mean
  }

  /// Covers rectangles at random places with one colour (albumentations: `CoarseDropout`; DeVries and Taylor,
  /// "Cutout", 2017). A hole always lies inside the image.
  ///
  ///     .coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)   // one 16×16 hole
  ///
  /// - Parameters:
  ///   - maxHoles: holes an image, 1…10,000.
  ///   - maxHeight: pixels, 1…the image's height.
  ///   - maxWidth: pixels, 1…the image's width.
  ///   - minHoles: 1…maxHoles; `nil`: as maxHoles. Likewise `minHeight` and `minWidth`.
  ///   - fillValue: the holes' colour.
  ///   - p: probability, 0…1.
  public static func coarseDropout(
    maxHoles: Int = 8, maxHeight: Int = 8, maxWidth: Int = 8, minHoles: Int? = nil, minHeight: Int? = nil,
    minWidth: Int? = nil, fillValue: FillValue = .black, p: Double = 0.5
  ) -> Augmentation {
    Augmentation(
      CoarseDropout(
        maxHoles: maxHoles, maxHeight: maxHeight, maxWidth: maxWidth, minHoles: minHoles,
        minHeight: minHeight, minWidth: minWidth, fillValue: fillValue, p: p))
  }
}
