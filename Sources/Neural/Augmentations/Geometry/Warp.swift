/// The value of positions outside the image.
enum Border {
  /// Mirrored without repeating the edge (OpenCV's `BORDER_REFLECT_101`).
  case reflect101
  /// Black (OpenCV's `BORDER_CONSTANT` with 0).
  case black
}

/// Interpolates bilinearly in the fixed-point arithmetic of OpenCV's `remap`: positions in 1/32 pixel, weights in
/// 1/1024.
struct BilinearSampler {
  let source: UnsafePointer<UInt8>
  let size: ImageSize
  let border: Border

  /// The number of channels, 1 or 3.
  let channels: Int

  /// Writes the colour at a position in 1/32 pixel.
  @inline(__always)
  func write(_ px: Int, _ py: Int, to out: UnsafeMutablePointer<UInt8>) {
    let (width, height) = (size.width, size.height)
    let (x0, y0) = (px >> 5, py >> 5)
    let (fx, fy) = (Int32(truncatingIfNeeded: px & 31), Int32(truncatingIfNeeded: py & 31))
    if x0 >= 0, x0 &+ 1 < width, y0 >= 0, y0 &+ 1 < height {
      let stride = width &* channels
      let upper = source + (y0 &* stride &+ x0 &* channels)
      blend(upper, upper + channels, upper + stride, upper + (stride &+ channels), fx, fy, to: out)
    } else if border == .reflect101 {
      let (c0, c1) = (reflect101(x0, width) &* channels, reflect101(x0 &+ 1, width) &* channels)
      let upper = source + reflect101(y0, height) &* width &* channels
      let lower = source + reflect101(y0 &+ 1, height) &* width &* channels
      blend(upper + c0, upper + c1, lower + c0, lower + c1, fx, fy, to: out)
    } else {
      for channel in 0..<channels {
        let top = value(x0, y0, channel) &* (32 &- fx) &+ value(x0 &+ 1, y0, channel) &* fx
        let bottom = value(x0, y0 &+ 1, channel) &* (32 &- fx) &+ value(x0 &+ 1, y0 &+ 1, channel) &* fx
        out[channel] = UInt8(truncatingIfNeeded: (top &* (32 &- fy) &+ bottom &* fy &+ 512) >> 10)
      }
    }
  }

  @inline(__always)
  private func blend(
    _ p00: UnsafePointer<UInt8>, _ p01: UnsafePointer<UInt8>, _ p10: UnsafePointer<UInt8>,
    _ p11: UnsafePointer<UInt8>, _ fx: Int32, _ fy: Int32, to out: UnsafeMutablePointer<UInt8>
  ) {
    let w00 = (32 &- fx) &* (32 &- fy)
    let w01 = fx &* (32 &- fy)
    let w10 = (32 &- fx) &* fy
    let w11 = fx &* fy
    func blended(_ channel: Int) -> UInt8 {
      let top = Int32(p00[channel]) &* w00 &+ Int32(p01[channel]) &* w01
      let bottom = Int32(p10[channel]) &* w10 &+ Int32(p11[channel]) &* w11
      return UInt8(truncatingIfNeeded: (top &+ bottom &+ 512) >> 10)
    }
    out[0] = blended(0)
    if channels == 3 { (out[1], out[2]) = (blended(1), blended(2)) }
  }

  private func value(_ x: Int, _ y: Int, _ channel: Int) -> Int32 {
    guard x >= 0, x < size.width, y >= 0, y < size.height else { return 0 }
    return Int32(source[(y * size.width + x) * channels + channel])
  }
}

/// Rounds half to even; limits values far outside any image, so that adding to them cannot overflow.
@inline(__always)
func fixedPoint(_ value: Double) -> Int {
  Int(min(max(value, -0x1p40), 0x1p40).rounded(.toNearestOrEven))
}

/// An affine map of positions: (x, y) → (a·x + b·y + tx, c·x + d·y + ty).
struct AffineMatrix: Sendable, Hashable {
  var a, b, tx, c, d, ty: Double

  /// A rotation and scaling about the image's centre and a shift by fractions of its sides (OpenCV's
  /// `getRotationMatrix2D`).
  ///
  /// - Parameter angle: degrees, counter-clockwise.
  static func rotation(
    angle: Double, scale: Double = 1, dx: Double = 0, dy: Double = 0, size: ImageSize
  ) -> AffineMatrix {
    let (height, width) = (Double(size.height), Double(size.width))
    let (cx, cy) = (width / 2 - 0.5, height / 2 - 0.5)
    let radians = angle * (Double.pi / 180)
    let alpha = Math.cos(radians) * scale
    let beta = Math.sin(radians) * scale
    let tx = (1 - alpha) * cx - beta * cy + dx * width
    let ty = beta * cx + (1 - alpha) * cy + dy * height
    return AffineMatrix(a: alpha, b: beta, tx: tx, c: -beta, d: alpha, ty: ty)
  }

  /// The inverse map, computed as OpenCV's `warpAffine` does; all zeros if there is none.
  var inverse: AffineMatrix {
    let determinant = a * d - b * c
    let reciprocal = determinant != 0 ? 1 / determinant : 0
    let (a1, b1, c1, d1) = (d * reciprocal, b * -reciprocal, c * -reciprocal, a * reciprocal)
    return AffineMatrix(a: a1, b: b1, tx: -a1 * tx - b1 * ty, c: c1, d: d1, ty: -c1 * tx - d1 * ty)
  }
}

extension PixelBuffer {
  /// Moves the pixels by a map from old to new positions; the image keeps its size (OpenCV's `warpAffine`).
  func warp(by matrix: AffineMatrix, border: Border) {
    let (size, m, channels) = (size, matrix.inverse, channels)
    replace(size: size) { source, target in
      let sampler = BilinearSampler(source: source, size: size, border: border, channels: channels)
      withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * size.width) { columns in
        for x in 0..<size.width {
          columns[2 * x] = fixedPoint(m.a * Double(x) * 1024)
          columns[2 * x + 1] = fixedPoint(m.c * Double(x) * 1024)
        }
        var out = target
        for y in 0..<size.height {
          let rowX = fixedPoint((m.b * Double(y) + m.tx) * 1024) &+ 16
          let rowY = fixedPoint((m.d * Double(y) + m.ty) * 1024) &+ 16
          for x in 0..<size.width {
            sampler.write((columns[2 * x] &+ rowX) >> 5, (columns[2 * x + 1] &+ rowY) >> 5, to: out)
            out += channels
          }
        }
      }
    }
  }
}
