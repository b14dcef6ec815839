/// Covers rectangles of the image with one colour.
public struct CoarseDropout: ImageTransform {
  /// albumentations' class name.
  public static let name = "CoarseDropout"
  /// The range of the number of holes.
  public let holes: ClosedRange<Int>
  /// The range of heights in pixels.
  public let heights: ClosedRange<Int>
  /// The range of widths in pixels.
  public let widths: ClosedRange<Int>
  /// The colour of the holes.
  public let fillValue: Augmentation.FillValue
  /// The probability that the image is changed, 0…1.
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
    // `problem` reports inverted ranges; here they just must not trap.
    holes = min(self.minHoles, maxHoles)...maxHoles
    heights = min(self.minHeight, maxHeight)...maxHeight
    widths = min(self.minWidth, maxWidth)...maxWidth
    self.fillValue = fillValue
    self.p = p
  }

  /// A covered rectangle: its upper left corner and size, in pixels.
  public struct Hole: Sendable, Hashable {
    /// The upper left corner and the size, in pixels.
    public let y, x, height, width: Int

    /// Creates a hole.
    public init(y: Int, x: Int, height: Int, width: Int) {
      (self.y, self.x, self.height, self.width) = (y, x, height, width)
    }
  }

  /// The holes drawn for one image.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The holes; they may overlap.
    public let holes: [Hole]

    /// Creates parameters from given holes.
    public init(holes: [Hole]) { self.holes = holes }

    public var description: String {
      holes.map { "\($0.height)×\($0.width) at y \($0.y), x \($0.x)" }.joined(separator: "; ")
    }
  }

  public var invalidArgument: AugmentationError.Fact? { problem(for: ImageSize(1 << 30, 1 << 30)) }

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
    let (size, channels) = (image.size, image.channels)
    let color = fillValue == .mean ? image.meanColor : .black
    for hole in parameters.holes {
      let columns = max(0, hole.x)..<max(0, hole.x, min(size.width, hole.x + hole.width))
      for y in max(0, hole.y)..<max(0, hole.y, min(size.height, hole.y + hole.height)) {
        for x in columns {
          let pixel = image.pixels + (y * size.width + x) * channels
          pixel[0] = color.red
          if channels == 3 { (pixel[1], pixel[2]) = (color.green, color.blue) }
        }
      }
    }
  }
}

extension Augmentation {
  /// The colour used by `coarseDropout`. In albumentations it is a number: the assignment's 0.49 out of 255 is
  /// black.
  public enum FillValue: Sendable, Hashable, CaseIterable {
    /// Black.
    case black
    /// The mean colour subtracted by `.normalize`.
    case mean
  }

  /// Covers random rectangles with one colour (albumentations: `CoarseDropout`; DeVries and Taylor, "Cutout",
  /// 2017). All holes are completely inside the image.
  ///
  ///     .coarseDropout(maxHoles: 1, maxHeight: 16, maxWidth: 16)   // one 16×16 hole
  ///
  /// - Parameters:
  ///   - maxHoles: maximum number of holes per image, 1…10,000.
  ///   - maxHeight: maximum height in pixels, 1…the image's height.
  ///   - maxWidth: maximum width in pixels, 1…the image's width.
  ///   - minHoles: minimum number of holes, 1…maxHoles; `nil` uses maxHoles.
  ///   - minHeight: minimum height in pixels; `nil` uses maxHeight.
  ///   - minWidth: minimum width in pixels; `nil` uses maxWidth.
  ///   - fillValue: the colour of the holes.
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
