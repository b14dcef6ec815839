/// Scales, shears, rotates and shifts the image about its centre: bilinear, black borders.
public struct Affine: ImageTransform {
  /// albumentations' class name.
  public static let name = "Affine"
  /// The range of the scale of each axis.
  public static let scale = AugmentationArgument("scale", ClosedRange<Double>?.none, in: 0.01...100)
  /// The range of the shift along each axis, as a fraction of the width or height.
  public static let translatePercent = AugmentationArgument(
    "translatePercent", ClosedRange<Double>?.none, in: -1...1)
  /// The range of the rotation in degrees.
  public static let rotate = AugmentationArgument("rotate", ClosedRange<Double>?.none, in: -360...360)
  /// The range of the shear along each axis, in degrees.
  public static let shear = AugmentationArgument("shear", ClosedRange<Double>?.none, in: -89...89)

  /// The range of the scale of each axis; above 1 enlarges.
  public let scale: ClosedRange<Double>
  /// The range of the shift along each axis, as a fraction of the width or height.
  public let translatePercent: ClosedRange<Double>
  /// The range of the rotation in degrees, counter-clockwise.
  public let rotate: ClosedRange<Double>
  /// The range of the shear along each axis, in degrees.
  public let shear: ClosedRange<Double>
  /// Whether both axes have the same scale.
  public let keepRatio: Bool
  /// The probability that the image is changed, 0…1.
  public let p: Double

  init(
    scale: ClosedRange<Double>?, translatePercent: ClosedRange<Double>?, rotate: ClosedRange<Double>?,
    shear: ClosedRange<Double>?, keepRatio: Bool, p: Double
  ) {
    let all = scale == nil && translatePercent == nil && rotate == nil && shear == nil
    self.scale = scale ?? (all ? 0.9...1.1 : 1...1)
    self.translatePercent = translatePercent ?? (all ? -0.1...0.1 : 0...0)
    self.rotate = rotate ?? (all ? -15...15 : 0...0)
    self.shear = shear ?? (all ? -10...10 : 0...0)
    (self.keepRatio, self.p) = (keepRatio, p)
  }

  /// A value for each axis.
  public struct Pair: Sendable, Hashable {
    /// The values for the axes.
    public let x, y: Double

    /// Creates a pair.
    public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
  }

  /// The numbers drawn for one image.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The scale of each axis, the shift in pixels, and the shear in degrees.
    public let scale, translate, shear: Pair
    /// The rotation in degrees.
    public let rotate: Double

    /// Creates parameters.
    public init(scale: Pair, translate: Pair, rotate: Double, shear: Pair) {
      (self.scale, self.translate, self.rotate, self.shear) = (scale, translate, rotate, shear)
    }

    public var description: String {
      "scale (\(shortNumber(scale.x, 2)), \(shortNumber(scale.y, 2))), "
        + "shift (\(shortNumber(translate.x, 1)), \(shortNumber(translate.y, 1))) pixels, "
        + "θ \(shortNumber(rotate, 1))°, shear (\(shortNumber(shear.x, 1))°, \(shortNumber(shear.y, 1))°)"
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.scale.fault(scale) ?? Self.translatePercent.fault(translatePercent) ?? Self.rotate.fault(rotate)
      ?? Self.shear.fault(shear)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    func draw(_ range: ClosedRange<Double>, _ random: inout RandomStream) -> Double {
      random.uniform(range.lowerBound, range.upperBound)
    }
    let translate = Pair(
      x: draw(translatePercent, &random) * Double(size.width),
      y: draw(translatePercent, &random) * Double(size.height))
    let shear = Pair(x: draw(shear, &random), y: draw(shear, &random))
    let (x, y) = (draw(scale, &random), draw(scale, &random))
    return Parameters(
      scale: Pair(x: x, y: keepRatio ? x : y), translate: translate, rotate: draw(rotate, &random),
      shear: shear)
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let matrix = Self.matrix(parameters, image.size)
    if !matrix.isNearlyIdentity { image.warp(by: matrix, border: .black) }
  }

  /// As albumentations composes it from scikit-image's `AffineTransform`s: shear along y, then shear along x with
  /// scale and rotation, about the image's centre.
  static func matrix(_ parameters: Parameters, _ size: ImageSize) -> AffineMatrix {
    let (cx, cy) = (Double(size.width) / 2 - 0.5, Double(size.height) / 2 - 0.5)
    let toOrigin = AffineMatrix(a: 1, b: 0, tx: -cx, c: 0, d: 1, ty: -cy)
    let toCenter = AffineMatrix(a: 1, b: 0, tx: cx, c: 0, d: 1, ty: cy)
    func degrees(_ value: Double) -> Double { -value * (Double.pi / 180) }
    let turned = AffineMatrix.scikitImage(rotation: -Double.pi / 2)
    let sheared = AffineMatrix.scikitImage(shear: degrees(parameters.shear.y))
    let back = AffineMatrix.scikitImage(rotation: Double.pi / 2)
    let rest = AffineMatrix.scikitImage(
      scale: parameters.scale, rotation: degrees(parameters.rotate), shear: degrees(parameters.shear.x),
      translation: parameters.translate)
    return toOrigin.then(turned).then(sheared).then(back).then(rest).then(toCenter)
  }
}

extension AffineMatrix {
  /// scikit-image's `AffineTransform` (version 0.26); angles in radians.
  fileprivate static func scikitImage(
    scale: Affine.Pair = .init(x: 1, y: 1), rotation: Double = 0, shear: Double = 0,
    translation: Affine.Pair = .init(x: 0, y: 0)
  ) -> AffineMatrix {
    let (cos, sin, tan) = (Math.cos(rotation), Math.sin(rotation), Math.tan(shear))
    return AffineMatrix(
      a: scale.x * cos, b: -scale.y * (tan * cos + sin), tx: translation.x,
      c: scale.x * sin, d: -scale.y * (tan * sin - cos), ty: translation.y)
  }

  /// This map followed by another one.
  fileprivate func then(_ next: AffineMatrix) -> AffineMatrix {
    AffineMatrix(
      a: next.a * a + next.b * c, b: next.a * b + next.b * d, tx: next.a * tx + next.b * ty + next.tx,
      c: next.c * a + next.d * c, d: next.c * b + next.d * d, ty: next.c * tx + next.d * ty + next.ty)
  }

  /// Whether the map changes nothing; the tolerances are those of NumPy's `allclose`.
  fileprivate var isNearlyIdentity: Bool {
    let ones = [a, d].allSatisfy { abs($0 - 1) <= 1e-8 + 1e-5 }
    return ones && [b, tx, c, ty].allSatisfy { abs($0) <= 1e-8 }
  }
}

extension Augmentation {
  /// Scales, shears, rotates and shifts the image at random (albumentations: `Affine`; bilinear, black borders).
  ///
  ///     .affine(scale: 0.9...1.1, rotate: -15...15)
  ///
  /// Without any of the four ranges, they are 0.9…1.1, −0.1…0.1, −15…15 and −10…10; with at least one, the others
  /// change nothing.
  ///
  /// - Parameters:
  ///   - scale: the scale of each axis, uniform in this range; 0.01…100.
  ///   - translatePercent: the shift along each axis as a fraction of the width or height, uniform in this range;
  ///     −1…1.
  ///   - rotate: the rotation in degrees, uniform in this range; −360…360.
  ///   - shear: the shear along each axis in degrees, uniform in this range; −89…89.
  ///   - keepRatio: whether both axes have the same scale.
  ///   - p: probability, 0…1.
  public static func affine(
    scale: ClosedRange<Double>? = Affine.scale.default,
    translatePercent: ClosedRange<Double>? = Affine.translatePercent.default,
    rotate: ClosedRange<Double>? = Affine.rotate.default,
    shear: ClosedRange<Double>? = Affine.shear.default, keepRatio: Bool = false,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(
      Affine(
        scale: scale, translatePercent: translatePercent, rotate: rotate, shear: shear, keepRatio: keepRatio,
        p: p))
  }
}
