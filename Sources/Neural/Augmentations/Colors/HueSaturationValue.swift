/// Shifts hue, saturation and value, using OpenCV's 8-bit HSV: H 0…179, S and V 0…255.
public struct HueSaturationValue: ImageTransform {
  /// albumentations' class name.
  public static let name = "HueSaturationValue"
  /// The maximum hue shift in either direction; one unit is 2°.
  public let hueShiftLimit: Double
  /// The maximum saturation shift in either direction, out of 255.
  public let satShiftLimit: Double
  /// The maximum value shift in either direction, out of 255.
  public let valShiftLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The shifts, in units of 8-bit HSV (one unit of hue is 2°).
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The hue shift; one unit is 2°.
    public let hue: Double
    /// The saturation shift, out of 255.
    public let saturation: Double
    /// The value shift, out of 255.
    public let value: Double

    /// Creates parameters from given shifts.
    public init(hue: Double, saturation: Double, value: Double) {
      self.hue = hue
      self.saturation = saturation
      self.value = value
    }

    public var description: String {
      "hue \(shortNumber(hue, 1, sign: true)), saturation \(shortNumber(saturation, 1, sign: true)), "
        + "value \(shortNumber(value, 1, sign: true))"
    }
  }

  public func problem(for input: ImageSize) -> AugmentationError.Fact? {
    .limit("hueShiftLimit", hueShiftLimit, 0...180) ?? .limit("satShiftLimit", satShiftLimit, 0...255)
      ?? .limit("valShiftLimit", valShiftLimit, 0...255)
  }

  /// Grayscale images have neither hue nor saturation: albumentations warns and shifts only their value.
  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    if mode == .grayscale {
      for (name, limit) in [("hueShiftLimit", hueShiftLimit), ("satShiftLimit", satShiftLimit)]
      where limit != 0 {
        return .value(
          name: name, expected: "0 for grayscale images, which have neither hue nor saturation",
          found: "\(limit)")
      }
    }
    return problem(for: input)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let hue = random.uniform(-hueShiftLimit, hueShiftLimit)
    let saturation = random.uniform(-satShiftLimit, satShiftLimit)
    return Parameters(
      hue: hue, saturation: saturation, value: random.uniform(-valShiftLimit, valShiftLimit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    if parameters.hue == 0, parameters.saturation == 0, parameters.value == 0 { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 768) { shifted in
      for i in 0..<256 {
        shifted[i] = Self.shiftedHue(i, by: parameters.hue)
        shifted[256 + i] = UInt8(min(max(Double(i) + parameters.saturation, 0), 255))
        shifted[512 + i] = UInt8(min(max(Double(i) + parameters.value, 0), 255))
      }
      image.shiftHSV(shifted)
    }
  }

  private static func shiftedHue(_ hue: Int, by shift: Double) -> UInt8 {
    var turned = (Double(hue) + shift).truncatingRemainder(dividingBy: 180)
    if turned < 0 { turned += 180 }
    return UInt8(min(max(turned, 0), 180))
  }
}

/// Lookup tables for the conversion between RGB and HSV.
struct HSVTables: Sendable {
  static let shared = HSVTables()

  /// rint(255·4096/V) and rint(180·4096/(6d)), 0 at 0; 256 entries each.
  private var reciprocals = [Int32](repeating: 0, count: 512)
  /// For hues 0…180: f in odd sectors of the colour circle, 1 − f in even ones.
  private(set) var fractions = [Double](repeating: 0, count: 181)
  /// For hues 0…180: which of v, x, p is red, green and blue; two bits each, red in the lowest.
  private var sectors = [UInt8](repeating: 0, count: 181)
  /// Each byte divided by 255, in single precision.
  private(set) var units = [Float](repeating: 0, count: 256)

  private init() {
    for i in 1..<256 {
      reciprocals[i] = Int32((Double(255 << 12) / Double(i)).rounded(.toNearestOrEven))
      reciprocals[256 + i] = Int32((Double(180 << 12) / (6 * Double(i))).rounded(.toNearestOrEven))
    }
    // The index of each channel among v = 0, x = 1, p = 2; x is t in even sectors and q in odd ones.
    let order: [[UInt8]] = [[0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0], [1, 2, 0], [0, 2, 1]]
    for hue in 0...180 {
      let h = Float(hue) * (6 / 180 as Float)
      let sector = Int(h)
      let f = h - Float(sector)
      fractions[hue] = Double(sector.isMultiple(of: 2) ? 1 - f : f)
      let o = order[sector % 6]
      sectors[hue] = o[0] | o[1] << 2 | o[2] << 4
    }
    for i in 0..<256 { units[i] = Float(i) * (1 / 255 as Float) }
  }

  /// fma(−s, f, 1) in single precision. The product is exact in double precision, and for all bytes and hues,
  /// rounding twice gives the same as rounding once: a test compares all of them.
  @inline(__always)
  static func oneMinusProduct(_ s: Double, _ f: Double) -> Float { Float(1 - s * f) }

  /// Shifts grayscale pixels in place, as if they were RGB pixels with three equal channels.
  func shiftValues(
    _ pixels: UnsafeMutablePointer<UInt8>, count: Int, _ shifted: UnsafeMutableBufferPointer<UInt8>,
    rounds: Bool = false
  ) {
    for i in 0..<count {
      pixels[i] = Self.byte(units[Int(shifted[512 &+ Int(pixels[i])])], rounds)
    }
  }

  /// A fraction of 255 as a byte, rounded or truncated.
  @inline(__always)
  private static func byte(_ value: Float, _ rounds: Bool) -> UInt8 {
    rounds ? roundedByte(value * 255) : UInt8(value * 255)
  }

  /// Shifts RGB pixels in place. `shifted` maps hue, saturation and value, 256 bytes each.
  @inline(__always)
  func shift(
    _ pixels: UnsafeMutablePointer<UInt8>, count: Int, _ shifted: UnsafeMutableBufferPointer<UInt8>,
    rounds: Bool = false
  ) {
    reciprocals.withUnsafeBufferPointer { reciprocals in
      fractions.withUnsafeBufferPointer { fractions in
        sectors.withUnsafeBufferPointer { sectors in
          units.withUnsafeBufferPointer { units in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4) { channels in
              for i in 0..<count {
                let pixel = pixels + 3 &* i
                let r = Int32(pixel[0])
                let g = Int32(pixel[1])
                let b = Int32(pixel[2])
                let value = max(r, max(g, b))
                let d = value &- min(r, min(g, b))
                let saturation = (d &* reciprocals[Int(value)] &+ 2048) >> 12
                let n = value == r ? g &- b : value == g ? b &- r &+ 2 &* d : r &- g &+ 4 &* d
                var hue = (n &* reciprocals[256 &+ Int(d)] &+ 2048) >> 12
                hue = hue < 0 ? hue &+ 180 : hue

                let newHue = Int(shifted[Int(hue)])
                let s = units[Int(shifted[256 &+ Int(saturation)])]
                let v = units[Int(shifted[512 &+ Int(value)])]
                let x = v * Self.oneMinusProduct(Double(s), fractions[newHue])
                let sector = sectors[newHue]
                channels[0] = Self.byte(v, rounds)
                channels[1] = Self.byte(x, rounds)
                channels[2] = Self.byte(v * (1 - s), rounds)
                pixel[0] = channels[Int(sector & 3)]
                pixel[1] = channels[Int(sector >> 2 & 3)]
                pixel[2] = channels[Int(sector >> 4)]
              }
            }
          }
        }
      }
    }
  }
}

extension PixelBuffer {
  /// Shifts hue, saturation and value. `shifted` maps them, 256 bytes each.
  ///
  /// OpenCV (with AVX2) converts 32 pixels of a row at once and truncates the results, but rounds those of the
  /// remaining pixels.
  func shiftHSV(_ shifted: UnsafeMutableBufferPointer<UInt8>) {
    let tables = HSVTables.shared
    let rest = size.width % 32
    let whole = size.width - rest
    // Without remaining pixels, all rows are one.
    let rows = rest == 0 ? 1 : size.height
    let length = rest == 0 ? size.pixels : whole
    for y in 0..<rows {
      let row = pixels + y * size.width * channels
      switch colorMode {
      case .rgb:
        tables.shift(row, count: length, shifted)
        if rest > 0 { tables.shift(row + whole * 3, count: rest, shifted, rounds: true) }
      case .grayscale:
        tables.shiftValues(row, count: length, shifted)
        if rest > 0 { tables.shiftValues(row + whole, count: rest, shifted, rounds: true) }
      }
    }
  }
}

extension Augmentation {
  /// Shifts hue, saturation and value at random (albumentations: `HueSaturationValue`).
  ///
  ///     .hueSaturationValue(hueShiftLimit: 20, satShiftLimit: 30, valShiftLimit: 20, p: 0.5)
  ///
  /// - Parameters:
  ///   - hueShiftLimit: shifts are uniform in ± this, where one unit is 2° of the colour circle; 0…180, and 0 for
  ///     grayscale images.
  ///   - satShiftLimit: shifts are uniform in ± this, out of 255; 0…255, and 0 for grayscale images.
  ///   - valShiftLimit: shifts are uniform in ± this, out of 255; 0…255.
  ///   - p: probability, 0…1.
  public static func hueSaturationValue(
    hueShiftLimit: Double = 20, satShiftLimit: Double = 30, valShiftLimit: Double = 20, p: Double = 0.5
  ) -> Augmentation {
    Augmentation(
      HueSaturationValue(
        hueShiftLimit: hueShiftLimit, satShiftLimit: satShiftLimit, valShiftLimit: valShiftLimit, p: p))
  }
}
