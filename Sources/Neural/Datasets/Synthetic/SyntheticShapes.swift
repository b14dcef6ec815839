/// The embedded data set's classes, in the order of their labels.
enum SyntheticShape: String, CaseIterable {
  case arrow, circle, crescent, cross, heart, hexagon, ring, square, star, triangle

  /// The shape's outline, approximately within the unit circle, with y down.
  ///
  /// - Parameter variant: 0…1, for example from a thin cross to a thick one.
  func outline(variant: Double) -> SyntheticOutline {
    let between = { (a: Double, b: Double) in a + (b - a) * variant }
    switch self {
    case .arrow:
      let (shaft, neck) = (between(0.18, 0.32), between(-0.2, 0.05))
      return .polygon([
        .init(0, -1.05), .init(0.8, neck), .init(shaft, neck), .init(shaft, 1), .init(-shaft, 1),
        .init(-shaft, neck), .init(-0.8, neck),
      ])
    case .circle: return .ring(outer: 0.88, inner: 0)
    case .crescent: return .crescent(offset: between(0.35, 0.55))
    case .cross:
      let half = between(0.2, 0.36)
      return .polygon([
        .init(-half, -1), .init(half, -1), .init(half, -half), .init(1, -half), .init(1, half),
        .init(half, half), .init(half, 1), .init(-half, 1), .init(-half, half), .init(-1, half),
        .init(-1, -half), .init(-half, -half),
      ])
    case .heart: return .heart
    case .hexagon:
      return .polygon([
        .init(0.95, 0), .init(0.475, 0.8227), .init(-0.475, 0.8227), .init(-0.95, 0), .init(-0.475, -0.8227),
        .init(0.475, -0.8227),
      ])
    case .ring: return .ring(outer: 0.95, inner: between(0.4, 0.65))
    case .square:
      return .polygon([.init(-0.78, -0.78), .init(0.78, -0.78), .init(0.78, 0.78), .init(-0.78, 0.78)])
    case .star:
      let dent = between(0.38, 0.52)
      // Sines and cosines of multiples of 36°, from the top.
      let directions = [
        (0.0, -1.0), (0.5878, -0.8090), (0.9511, -0.3090), (0.9511, 0.3090), (0.5878, 0.8090), (0, 1),
        (-0.5878, 0.8090), (-0.9511, 0.3090), (-0.9511, -0.3090), (-0.5878, -0.8090),
      ]
      return .polygon(
        directions.enumerated().map { index, direction in
          let length = index.isMultiple(of: 2) ? 1.1 : 1.1 * dent
          return SyntheticPoint(direction.0 * length, direction.1 * length)
        })
    case .triangle: return .polygon([.init(0, -1.05), .init(0.96, 0.7), .init(-0.96, 0.7)])
    }
  }
}

struct SyntheticPoint {
  var x, y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An area of the plane near the origin.
enum SyntheticOutline {
  case polygon([SyntheticPoint])
  case ring(outer: Double, inner: Double)
  case crescent(offset: Double)
  case heart

  /// The maximum |x| and |y| inside.
  var extent: SyntheticPoint {
    switch self {
    case .polygon(let corners):
      return corners.reduce(into: SyntheticPoint(0, 0)) { extent, corner in
        extent.x = max(extent.x, corner.x.magnitude)
        extent.y = max(extent.y, corner.y.magnitude)
      }
    case .ring(let outer, _): return SyntheticPoint(outer, outer)
    case .crescent: return SyntheticPoint(0.95, 0.95)
    case .heart: return SyntheticPoint(1, 1)
    }
  }

  func contains(_ x: Double, _ y: Double) -> Bool {
    switch self {
    case .polygon(let corners):
      return corners.withUnsafeBufferPointer { corners in
        var inside = false
        var previous = corners.count - 1
        for i in 0..<corners.count {
          let (a, b) = (corners[i], corners[previous])
          if (a.y > y) != (b.y > y) {
            // The edge crosses this height: is it to the right of the point?
            let side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)
            if (side > 0) == (b.y > a.y) { inside.toggle() }
          }
          previous = i
        }
        return inside
      }
    case .ring(let outer, let inner):
      let square = x * x + y * y
      return square <= outer * outer && square >= inner * inner
    case .crescent(let offset):
      let dx = x - offset
      return x * x + y * y <= 0.9025 && dx * dx + y * y > 0.5776
    case .heart:
      // (x² + y² − 1)³ ≤ x²y³ with y up, slightly smaller than usual.
      let (u, v) = (x * 1.25, 0.15 - y * 1.25)
      let ball = u * u + v * v - 1
      return ball * ball * ball <= u * u * v * v * v
    }
  }
}

/// The position, size and rotation of an outline in the image.
struct SyntheticPose {
  /// The centre, in pixels.
  var x, y: Double
  /// The length of the outline's unit, in pixels.
  var radius: Double
  /// The tangent of half the rotation angle. It avoids sine and cosine, whose last bits differ between machines.
  var turn: Double
  /// The ratio of width to height.
  var stretch: Double
  var shear: Double

  /// The cosine and sine of the clockwise rotation.
  var rotation: (cosine: Double, sine: Double) {
    let square = turn * turn
    return ((1 - square) / (1 + square), 2 * turn / (1 + square))
  }

  /// The map from the image to the outline's plane.
  func toOutline() -> (xx: Double, xy: Double, yx: Double, yy: Double) {
    let (cosine, sine) = rotation
    let (width, height) = (radius * stretch.squareRoot(), radius / stretch.squareRoot())
    return ((cosine + shear * sine) / width, (sine - shear * cosine) / width, -sine / height, cosine / height)
  }
}
