/// Rotates and scales the image about its centre, then shifts it: one bilinear resampling, mirrored borders.
///
/// Uses the fixed-point arithmetic of OpenCV's `warpAffine`: positions in 1/32 pixel, weights in 1/1024.
public struct ShiftScaleRotate: ImageTransform {
  /// albumentations' class name.
  public static let name = "ShiftScaleRotate"
  /// The maximum shift in either direction, as a fraction of the width or height.
  public let shiftLimit: Double
  /// The maximum deviation of the scale from 1.
  public let scaleLimit: Double
  /// The maximum rotation in either direction, in degrees.
  public let rotateLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// A rotation, a scale and a shift.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The rotation in degrees, counter-clockwise.
    public let angle: Double
    /// The scale; above 1 enlarges.
    public let scale: Double
    /// The shift to the right, as a fraction of the width.
    public let dx: Double
    /// The shift down, as a fraction of the height.
    public let dy: Double

    /// Creates parameters.
    public init(angle: Double, scale: Double, dx: Double, dy: Double) {
      self.angle = angle
      self.scale = scale
      self.dx = dx
      self.dy = dy
    }

    public var description: String {
      "θ \(shortNumber(angle, 1))°, scale \(shortNumber(scale, 2)), "
        + "shift (\(shortNumber(dx, 2)), \(shortNumber(dy, 2)))"
    }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    .limit("shiftLimit", shiftLimit, 0...1) ?? .limit("rotateLimit", rotateLimit, 0...360)
      ?? (scaleLimit >= 0 && scaleLimit < 1
        ? nil : .value(name: "scaleLimit", expected: "at least 0 and below 1", found: "\(scaleLimit)"))
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let angle = random.uniform(-rotateLimit, rotateLimit)
    let scale = random.uniform(1 - scaleLimit, 1 + scaleLimit)
    let dx = random.uniform(-shiftLimit, shiftLimit)
    return Parameters(angle: angle, scale: scale, dx: dx, dy: random.uniform(-shiftLimit, shiftLimit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let size = image.size
    let inverse = Self.inverseMatrix(parameters, size)
    let channels = image.channels
    image.replace(size: size) {
      // A constant number of channels lets the compiler unroll the innermost loop.
      if channels == 3 {
        Self.warp($0, $1, size, inverse, channels: 3)
      } else {
        Self.warp($0, $1, size, inverse, channels: 1)
      }
    }
  }

  /// Maps a target position (x, y) to its source: (a·x + b·y + tx, c·x + d·y + ty).
  struct Matrix {
    var a, b, tx, c, d, ty: Double
  }

  static func inverseMatrix(_ parameters: Parameters, _ size: ImageSize) -> Matrix {
    let (height, width) = (Double(size.height), Double(size.width))
    let (cx, cy) = (width / 2 - 0.5, height / 2 - 0.5)
    let radians = parameters.angle * (Double.pi / 180)
    let alpha = Math.cos(radians) * parameters.scale
    let beta = Math.sin(radians) * parameters.scale
    let tx = (1 - alpha) * cx - beta * cy + parameters.dx * width
    let ty = beta * cx + (1 - alpha) * cy + parameters.dy * height
    let determinant = alpha * alpha + beta * beta
    let reciprocal = determinant != 0 ? 1 / determinant : 0
    let a = alpha * reciprocal
    let b = beta * -reciprocal
    let c = -beta * -reciprocal
    return Matrix(a: a, b: b, tx: -a * tx - b * ty, c: c, d: a, ty: -c * tx - a * ty)
  }

  @inline(__always)
  private static func warp(
    _ source: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>, _ size: ImageSize, _ m: Matrix,
    channels: Int
  ) {
    let (height, width) = (size.height, size.width)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * width) { columns in
      for x in 0..<width {
        columns[2 * x] = fixed(m.a * Double(x) * 1024)
        columns[2 * x + 1] = fixed(m.c * Double(x) * 1024)
      }
      var out = target
      for y in 0..<height {
        let rowX = fixed((m.b * Double(y) + m.tx) * 1024) &+ 16
        let rowY = fixed((m.d * Double(y) + m.ty) * 1024) &+ 16
        for x in 0..<width {
          let px = (columns[2 * x] &+ rowX) >> 5
          let py = (columns[2 * x + 1] &+ rowY) >> 5
          let (sx, sy) = (px >> 5, py >> 5)
          let (fx, fy) = (Int32(truncatingIfNeeded: px & 31), Int32(truncatingIfNeeded: py & 31))
          var x0 = sx
          var x1 = sx &+ 1
          var y0 = sy
          var y1 = sy &+ 1
          if x0 < 0 || x1 >= width || y0 < 0 || y1 >= height {
            x0 = reflect101(x0, width)
            x1 = reflect101(x1, width)
            y0 = reflect101(y0, height)
            y1 = reflect101(y1, height)
          }
          let upper = source + y0 &* width &* channels
          let lower = source + y1 &* width &* channels
          let (c0, c1) = (x0 &* channels, x1 &* channels)
          let w00 = (32 &- fx) &* (32 &- fy)
          let w01 = fx &* (32 &- fy)
          let w10 = (32 &- fx) &* fy
          let w11 = fx &* fy
          for channel in 0..<channels {
            let top = Int32(upper[c0 &+ channel]) &* w00 &+ Int32(upper[c1 &+ channel]) &* w01
            let bottom = Int32(lower[c0 &+ channel]) &* w10 &+ Int32(lower[c1 &+ channel]) &* w11
            out[channel] = UInt8(truncatingIfNeeded: (top &+ bottom &+ 512) >> 10)
          }
          out += channels
        }
      }
    }
  }

  /// Rounds half to even; limits values far outside any image, so that adding to them cannot overflow.
  @inline(__always)
  private static func fixed(_ value: Double) -> Int {
    Int(min(max(value, -0x1p40), 0x1p40).rounded(.toNearestOrEven))
  }
}

extension Augmentation {
  /// Rotates, scales and shifts the image at random (albumentations: `ShiftScaleRotate`; bilinear,
  /// `BORDER_REFLECT_101`).
  ///
  ///     .shiftScaleRotate(shiftLimit: 0.1, scaleLimit: 0.1, rotateLimit: 15, p: 0.5)
  ///
  /// - Parameters:
  ///   - shiftLimit: maximum shift in either direction, as a fraction of the width or height, 0…1.
  ///   - scaleLimit: scales are uniform in 1 ± this; at least 0, below 1.
  ///   - rotateLimit: angles are uniform in ± this, in degrees, 0…360.
  ///   - p: probability, 0…1.
  public static func shiftScaleRotate(
    shiftLimit: Double = 0.0625, scaleLimit: Double = 0.1, rotateLimit: Double = 45, p: Double = 0.5
  ) -> Augmentation {
    Augmentation(
      ShiftScaleRotate(shiftLimit: shiftLimit, scaleLimit: scaleLimit, rotateLimit: rotateLimit, p: p))
  }
}
