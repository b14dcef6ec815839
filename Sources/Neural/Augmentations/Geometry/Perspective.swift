/// Moves the image's corners inwards at random and maps the quadrilateral between them to the whole image.
public struct Perspective: ImageTransform {
  /// albumentations' class name.
  public static let name = "Perspective"
  /// The range of the standard deviation of a corner's shift, as a fraction of the width or height.
  public static let scale = AugmentationArgument("scale", 0.05...0.1, in: 0...1)

  /// The range of the standard deviation of a corner's shift, as a fraction of the width or height.
  public let scale: ClosedRange<Double>
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A position in pixels.
  public struct Point: Sendable, Hashable {
    /// The distances from the upper left corner.
    public var x, y: Float

    /// Creates a point.
    public init(x: Float, y: Float) { (self.x, self.y) = (x, y) }

    fileprivate func distance(to other: Point) -> Float {
      ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
  }

  /// The corners of the quadrilateral that becomes the image.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// Clockwise from the upper left corner.
    public let corners: [Point]

    /// Creates parameters.
    ///
    /// - Precondition: there are four corners.
    public init(corners: [Point]) {
      precondition(corners.count == 4, "a quadrilateral has four corners")
      self.corners = corners
    }

    public var description: String {
      "corners "
        + corners.map { "(\(shortNumber(Double($0.x), 1)), \(shortNumber(Double($0.y), 1)))" }
        .joined(separator: " ")
    }
  }

  public var invalidArgument: AugmentationError.Fact? { Self.scale.fault(scale) }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let deviation = random.uniform(scale.lowerBound, scale.upperBound)
    let (width, height) = (Double(size.width), Double(size.height))
    var points: [Point] = []
    for (right, bottom) in [(false, false), (true, false), (true, true), (false, true)] {
      let x = (random.normal() * deviation).magnitude.truncatingRemainder(dividingBy: 1)
      let y = (random.normal() * deviation).magnitude.truncatingRemainder(dividingBy: 1)
      points.append(Point(x: Float((right ? 1 - x : x) * width), y: Float((bottom ? 1 - y : y) * height)))
    }
    // Large shifts may swap corners.
    let sorted = points.sorted { $0.x < $1.x }
    let left = sorted.prefix(2).sorted { $0.y < $1.y }
    let right = sorted.suffix(2).sorted { $0.y < $1.y }
    return Parameters(corners: [left[0], right[0], right[1], left[1]])
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let size = image.size
    var corners = parameters.corners
    let flat = Self.spread(&corners)
    guard flat.checkedPixels != nil else { return }
    let (width, height) = (Double(flat.width), Double(flat.height))
    let targets = [(0, 0), (width, 0), (width, height), (0, height)]
    let matrix = ProjectiveMatrix(from: corners.map { (Double($0.x), Double($0.y)) }, to: targets)
    image.warp(by: matrix, to: flat)
    image.resize(to: size)
  }

  /// The size of the quadrilateral, whose sides are made at least 2 pixels long.
  private static func spread(_ corners: inout [Point]) -> ImageSize {
    func sides(_ one: Float, _ other: Float) -> (least: Int, most: Int) {
      (Int(min(one, other)), Int(max(one, other)))
    }
    var width = sides(corners[0].distance(to: corners[1]), corners[3].distance(to: corners[2]))
    while width.least < 2 {
      let step = Float(2 - width.least) / 2
      for (corner, sign) in [(0, -step), (1, step), (3, -step), (2, step)] { corners[corner].x += sign }
      width = sides(corners[0].distance(to: corners[1]), corners[3].distance(to: corners[2]))
    }
    var height = sides(corners[1].distance(to: corners[2]), corners[0].distance(to: corners[3]))
    while height.least < 2 {
      let step = Float(2 - height.least) / 2
      for (corner, sign) in [(0, -step), (1, -step), (3, step), (2, step)] { corners[corner].y += sign }
      height = sides(corners[1].distance(to: corners[2]), corners[0].distance(to: corners[3]))
    }
    return ImageSize(height.most, width.most)
  }
}

extension Augmentation {
  /// Changes the perspective at random (albumentations: `Perspective`; bilinear, black borders, the image keeps its
  /// size).
  ///
  ///     .perspective(scale: 0.05...0.1)
  ///
  /// - Parameters:
  ///   - scale: the standard deviation of a corner's shift, as a fraction of the width or height, uniform in this
  ///     range; 0…1.
  ///   - p: probability, 0…1.
  public static func perspective(
    scale: ClosedRange<Double> = Perspective.scale.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(Perspective(scale: scale, p: p))
  }
}
