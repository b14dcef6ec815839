/// A map from new to old positions, as Pillow's `Image.transform` takes it: (a·x + b·y + c, d·x + e·y + f).
struct PillowAffine {
  var a, b, c, d, e, f: Double

  /// torchvision's shear by angles in radians about the upper left corner.
  static func sheared(x: Double, y: Double) -> PillowAffine { inverse(shearX: x, shearY: y) }

  /// torchvision's shift by pixels.
  static func translated(x: Double, y: Double, _ size: ImageSize) -> PillowAffine {
    inverse(centerX: Double(size.width) * 0.5, centerY: Double(size.height) * 0.5, shiftX: x, shiftY: y)
  }

  /// torchvision's `_get_inverse_affine_matrix` without rotation and scale.
  private static func inverse(
    centerX: Double = 0, centerY: Double = 0, shiftX: Double = 0, shiftY: Double = 0, shearX: Double = 0,
    shearY: Double = 0
  ) -> PillowAffine {
    // Degrees and back to radians, as torchvision does, since this changes the last bits.
    let sx = shearX * (180 / Double.pi) * (Double.pi / 180)
    let sy = shearY * (180 / Double.pi) * (Double.pi / 180)
    let (cos, sin) = (Math.cos(-sy), Math.sin(-sy))
    let a = cos / Math.cos(sy)
    let b = -cos * Math.tan(sx) / Math.cos(sy)
    let c = sin / Math.cos(sy)
    let d = -sin * Math.tan(sx) / Math.cos(sy) + 1
    return PillowAffine(
      a: d, b: -b, c: d * (-centerX - shiftX) + -b * (-centerY - shiftY) + centerX,
      d: -c, e: a, f: -c * (-centerX - shiftX) + a * (-centerY - shiftY) + centerY)
  }

  /// `Image.rotate`: about the centre, by an angle in degrees, counter-clockwise.
  static func rotated(_ angle: Double, _ size: ImageSize) -> PillowAffine {
    let radians = -(angle * (Double.pi / 180))
    func rounded(_ value: Double) -> Double { (value * 1e15).rounded(.toNearestOrEven) / 1e15 }
    let (cos, sin) = (rounded(Math.cos(radians)), rounded(Math.sin(radians)))
    let (x, y) = (Double(size.width) / 2, Double(size.height) / 2)
    return PillowAffine(
      a: cos, b: sin, c: cos * -x + sin * -y + x, d: -sin, e: cos, f: -sin * -x + cos * -y + y)
  }
}

extension PixelBuffer {
  /// `Image.rotate` with `NEAREST`; positions outside the image are black.
  func rotateNearest(by degrees: Double) {
    var angle = degrees.truncatingRemainder(dividingBy: 360)
    if angle < 0 { angle += 360 }
    let (bottom, right) = (size.height - 1, size.width - 1)
    let isSquare = size.height == size.width
    switch angle {
    case 0: return
    case 180: rearrange(to: size) { y, x in (bottom - y, right - x) }
    case 90 where isSquare: rearrange(to: size) { y, x in (x, right - y) }
    case 270 where isSquare: rearrange(to: size) { y, x in (bottom - x, y) }
    default: moveNearest(by: .rotated(angle, size))
    }
  }

  /// `Image.transform` with `AFFINE` and `NEAREST`: positions in 1/65536 pixel; those outside the image are black.
  func moveNearest(by map: PillowAffine) {
    let (size, channels) = (size, channels)
    // Pillow computes maps that only scale and shift in floating point.
    let isStraight = map.b == 0 && map.d == 0
    func fixed(_ value: Double) -> Int {
      Int((min(max(value, -0x1p40), 0x1p40) * 65536 + 0.5).rounded(.down))
    }
    let xs = Self.straight(map.a, map.c, size.width)
    let ys = Self.straight(map.e, map.f, size.height)
    let (a, b, c) = (fixed(map.a), fixed(map.b), fixed(map.c + map.a * 0.5 + map.b * 0.5))
    let (d, e, f) = (fixed(map.d), fixed(map.e), fixed(map.f + map.d * 0.5 + map.e * 0.5))
    replace(size: size) { source, target in
      var out = target
      for y in 0..<size.height {
        for x in 0..<size.width {
          let column = isStraight ? xs[x] : (c &+ b &* y &+ a &* x) >> 16
          let row = isStraight ? ys[y] : (f &+ e &* y &+ d &* x) >> 16
          let isInside = column >= 0 && column < size.width && row >= 0 && row < size.height
          let from = isInside ? (row * size.width + column) * channels : 0
          for channel in 0..<channels { out[channel] = isInside ? source[from + channel] : 0 }
          out += channels
        }
      }
    }
  }

  /// The source of each column or row; −1 outside.
  private static func straight(_ scale: Double, _ shift: Double, _ count: Int) -> [Int] {
    var position = shift + scale * 0.5
    return (0..<count).map { _ in
      defer { position += scale }
      return position < 0 ? -1 : Int(min(position, 0x1p40))
    }
  }
}
