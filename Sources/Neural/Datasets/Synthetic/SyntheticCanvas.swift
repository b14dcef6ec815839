/// A colour during painting: R, G, B in 0…255.
struct SyntheticColor {
  var red, green, blue: Double

  init(red: Double, green: Double, blue: Double) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// A random colour with channels in this range.
  init(random: inout RandomStream, _ range: ClosedRange<Double> = 15...240) {
    red = random.uniform(range.lowerBound, range.upperBound)
    green = random.uniform(range.lowerBound, range.upperBound)
    blue = random.uniform(range.lowerBound, range.upperBound)
  }

  /// A random colour whose channels differ from this one's by at most this much.
  func near(_ distance: Double, _ random: inout RandomStream) -> SyntheticColor {
    SyntheticColor(
      red: min(max(red + random.uniform(-distance, distance), 0), 255),
      green: min(max(green + random.uniform(-distance, distance), 0), 255),
      blue: min(max(blue + random.uniform(-distance, distance), 0), 255))
  }

  func mixed(with other: SyntheticColor, _ share: Double) -> SyntheticColor {
    SyntheticColor(
      red: red + (other.red - red) * share, green: green + (other.green - green) * share,
      blue: blue + (other.blue - blue) * share)
  }
}

/// A pattern over the image: a weight in 0…1 between two colours for each point.
struct SyntheticField {
  private let kind: Int
  private let dx, dy, shift: Double
  private let cells: Int
  private let grid: [Double]

  /// A gradient, stripes, or smooth noise at a random scale.
  init(random: inout RandomStream) {
    kind = random.below(4)
    dx = random.uniform(-1, 1)
    dy = random.uniform(-1, 1)
    shift = random.unit()
    let cells = 2 + random.below(9)
    self.cells = cells
    grid = kind < 2 ? [] : (0..<(cells + 1) * (cells + 1)).map { _ in random.unit() }
  }

  func share(_ x: Double, _ y: Double) -> Double {
    let (u, v) = (x / Double(SyntheticCanvas.side), y / Double(SyntheticCanvas.side))
    switch kind {
    case 0:
      return min(max(0.5 + dx * (u - 0.5) + dy * (v - 0.5), 0), 1)
    case 1:
      let phase = (dx * u + dy * v) * Double(cells) + shift
      return phase - phase.rounded(.down) < 0.5 ? 0 : 1
    default:
      let (gx, gy) = (min(max(u, 0), 0.9999) * Double(cells), min(max(v, 0), 0.9999) * Double(cells))
      let (ix, iy) = (Int(gx), Int(gy))
      let (fx, fy) = (gx - Double(ix), gy - Double(iy))
      let row = iy * (cells + 1) + ix
      let upper = grid[row] + (grid[row + 1] - grid[row]) * fx
      let lower = grid[row + cells + 1] + (grid[row + cells + 2] - grid[row + cells + 1]) * fx
      return upper + (lower - upper) * fy
    }
  }
}

/// The image during painting, in double precision; every operation is exactly rounded.
struct SyntheticCanvas {
  static let side = 32
  private var pixels = [SyntheticColor](
    repeating: SyntheticColor(red: 0, green: 0, blue: 0), count: side * side)

  /// Covers everything with two colours mixed by a pattern.
  mutating func fill(_ first: SyntheticColor, _ second: SyntheticColor, field: SyntheticField) {
    for y in 0..<Self.side {
      for x in 0..<Self.side {
        pixels[y * Self.side + x] = first.mixed(with: second, field.share(Double(x) + 0.5, Double(y) + 0.5))
      }
    }
  }

  /// Paints the inside of an outline; edges are antialiased with 3×3 samples per pixel.
  mutating func draw(
    _ outline: SyntheticOutline, _ pose: SyntheticPose, _ first: SyntheticColor, _ second: SyntheticColor,
    field: SyntheticField, opacity: Double
  ) {
    let inverse = pose.toOutline()
    let reach = pose.radius * 1.8
    // Half a pixel's extent in the outline's plane, plus the outline's own: points outside need no sampling.
    let halfX = (inverse.xx.magnitude + inverse.xy.magnitude) / 2
    let halfY = (inverse.yx.magnitude + inverse.yy.magnitude) / 2
    let extent = outline.extent
    let third = 1.0 / 3
    for row in Self.pixels(pose.y - reach, pose.y + reach) {
      for column in Self.pixels(pose.x - reach, pose.x + reach) {
        let (x, y) = (Double(column) + 0.5 - pose.x, Double(row) + 0.5 - pose.y)
        let (u, v) = (inverse.xx * x + inverse.xy * y, inverse.yx * x + inverse.yy * y)
        if u.magnitude > extent.x + halfX || v.magnitude > extent.y + halfY { continue }
        var hits = 0
        for sample in 0..<9 {
          let (sx, sy) = (Double(sample % 3 - 1) * third, Double(sample / 3 - 1) * third)
          if outline.contains(u + inverse.xx * sx + inverse.xy * sy, v + inverse.yx * sx + inverse.yy * sy) {
            hits += 1
          }
        }
        guard hits > 0 else { continue }
        let place = row * Self.side + column
        let color = first.mixed(with: second, field.share(Double(column) + 0.5, Double(row) + 0.5))
        pixels[place] = pixels[place].mixed(with: color, opacity * Double(hits) / 9)
      }
    }
  }

  /// Changes the exposure: scales the values' distance from 128, then shifts them.
  mutating func relight(contrast: Double, brightness: Double) {
    let change = { (value: Double) in (value - 128) * contrast + 128 + brightness }
    for i in pixels.indices {
      pixels[i] = SyntheticColor(
        red: change(pixels[i].red), green: change(pixels[i].green), blue: change(pixels[i].blue))
    }
  }

  /// Appends the image as bytes, with noise of this standard deviation: the sum of four uniform bytes per value.
  func appendBytes(to bytes: inout [UInt8], noise: Double, _ random: inout RandomStream) {
    // Four uniform bytes have a standard deviation of 147.8.
    let scale = noise / 147.8
    func noisy(_ value: Double, _ bits: UInt32) -> UInt8 {
      let sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + bits >> 24
      return UInt8(min(max((value + (Double(sum) - 510) * scale).rounded(.toNearestOrEven), 0), 255))
    }
    for color in pixels {
      bytes.append(noisy(color.red, random.next32()))
      bytes.append(noisy(color.green, random.next32()))
      bytes.append(noisy(color.blue, random.next32()))
    }
  }

  /// The pixels between two positions along an axis.
  private static func pixels(_ lower: Double, _ upper: Double) -> Range<Int> {
    let first = Int(min(max(lower.rounded(.down), 0), Double(side)))
    return first..<max(first, Int(min(max(upper.rounded(.up), 0), Double(side))))
  }
}
