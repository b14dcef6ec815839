/// Blurs the image along a line of random position and direction.
public struct MotionBlur: ImageTransform {
  /// albumentations' class name.
  public static let name = "MotionBlur"
  /// The range of the filter's side in pixels. OpenCV computes larger filters by Fourier transforms.
  public static let blurLimit = AugmentationArgument("blurLimit", 3...7, in: 3...11)

  /// The range of the filter's side in pixels; the upper bound is odd.
  public let blurLimit: ClosedRange<Int>
  /// Whether the line may lie anywhere in the filter, which also shifts the image.
  public let allowShifted: Bool
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The filter's side and the ends of the line in it.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The filter's side in pixels, and the positions of the line's ends, from 0.
    public let side, x1, y1, x2, y2: Int

    /// Creates parameters.
    public init(side: Int, x1: Int, y1: Int, x2: Int, y2: Int) {
      (self.side, self.x1, self.y1, self.x2, self.y2) = (side, x1, y1, x2, y2)
    }

    public var description: String { "\(side)×\(side), (\(x1), \(y1)) to (\(x2), \(y2))" }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.blurLimit.fault(blurLimit) ?? .oddBounds("blurLimit", blurLimit, checksLower: !allowShifted)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let side = blurLimit.lowerBound + 2 * random.below((blurLimit.upperBound - blurLimit.lowerBound) / 2 + 1)
    var (x1, x2) = (random.below(side), random.below(side))
    var y1 = random.below(side)
    var y2 = random.below(x1 == x2 ? side - 1 : side)
    // A line of one point would not blur.
    if x1 == x2, y2 >= y1 { y2 += 1 }
    if !allowShifted {
      (x1, x2) = Self.centered(x1, x2, side)
      (y1, y2) = Self.centered(y1, y2, side)
    }
    return Parameters(side: side, x1: x1, y1: y1, x2: x2, y2: y2)
  }

  /// Moves a pair of positions to the middle, after shortening it to an odd number of pixels.
  static func centered(_ first: Int, _ second: Int, _ side: Int) -> (Int, Int) {
    var (first, second) = (first, second)
    if (first - second).magnitude % 2 == 1 {
      if second > first { second -= 1 } else { first -= 1 }
    }
    let shift = Double(first + second) / 2 - (Double(side) / 2 - 0.5)
    return (Int(Double(first) - shift), Int(Double(second) - shift))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let cells = Self.line(parameters)
    var weights = [Float](repeating: 0, count: parameters.side * parameters.side)
    for cell in cells { weights[cell] = 1 / Float(cells.count) }
    image.filter(with: Filter2D(side: parameters.side, weights: weights))
  }

  /// The filter's cells on the line, as OpenCV's `line` draws it (Bresenham).
  private static func line(_ p: Parameters) -> [Int] {
    // From left to right.
    let isSwapped = p.x2 < p.x1
    let (x1, y1, x2, y2) = isSwapped ? (p.x2, p.y2, p.x1, p.y1) : (p.x1, p.y1, p.x2, p.y2)
    let (dx, dy) = (x2 - x1, abs(y2 - y1))
    let up = y2 < y1 ? -1 : 1
    let isSteep = dy > dx
    let (long, short) = isSteep ? (dy, dx) : (dx, dy)
    var error = long - 2 * short
    var (x, y) = (x1, y1)
    var cells: [Int] = []
    for _ in 0...long {
      cells.append(y * p.side + x)
      let isStep = error < 0
      error += (isStep ? 2 * long : 0) - 2 * short
      if isSteep || isStep { y += up }
      if !isSteep || isStep { x += 1 }
    }
    return cells
  }
}

extension AugmentationError.Fact {
  /// The error for a range of filter sides with an even bound; `nil` if it is valid.
  static func oddBounds(
    _ name: String, _ range: ClosedRange<Int>, checksLower: Bool = true
  ) -> AugmentationError.Fact? {
    let bounds = checksLower ? [range.lowerBound, range.upperBound] : [range.upperBound]
    return bounds.first { $0 != 0 && $0 % 2 == 0 }
      .map { .value(name: name, expected: "odd, so that filters have a middle", found: "\($0)") }
  }
}

extension Augmentation {
  /// Blurs the image along a random line (albumentations: `MotionBlur`).
  ///
  ///     .motionBlur(blurLimit: 3...7)
  ///
  /// - Parameters:
  ///   - blurLimit: the filter's side in pixels: every second number of this range, 3…11; its upper bound is odd.
  ///   - allowShifted: whether the line may lie anywhere in the filter; otherwise it is centred, and both bounds of
  ///     `blurLimit` are odd.
  ///   - p: probability, 0…1.
  public static func motionBlur(
    blurLimit: ClosedRange<Int> = MotionBlur.blurLimit.default, allowShifted: Bool = true,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(MotionBlur(blurLimit: blurLimit, allowShifted: allowShifted, p: p))
  }
}
