/// Adds an offset to each channel.
public struct RGBShift: ImageTransform {
  /// albumentations' class name.
  public static let name = "RGBShift"
  public static let needsColor = true
  /// The maximum shift of red in either direction, out of 255.
  public static let rShiftLimit = AugmentationArgument("rShiftLimit", 20.0, in: 0...255)
  /// The maximum shift of green in either direction, out of 255.
  public static let gShiftLimit = AugmentationArgument("gShiftLimit", 20.0, in: 0...255)
  /// The maximum shift of blue in either direction, out of 255.
  public static let bShiftLimit = AugmentationArgument("bShiftLimit", 20.0, in: 0...255)

  /// The maximum shifts in either direction, out of 255.
  public let rShiftLimit, gShiftLimit, bShiftLimit: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The offset of each channel, out of 255.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The offsets, out of 255.
    public let red, green, blue: Double

    /// Creates parameters.
    public init(red: Double, green: Double, blue: Double) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    public var description: String {
      "R \(shortNumber(red, 0, sign: true)), G \(shortNumber(green, 0, sign: true)), "
        + "B \(shortNumber(blue, 0, sign: true))"
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.rShiftLimit.fault(rShiftLimit) ?? Self.gShiftLimit.fault(gShiftLimit)
      ?? Self.bShiftLimit.fault(bShiftLimit)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let red = random.uniform(-rShiftLimit, rShiftLimit)
    let green = random.uniform(-gShiftLimit, gShiftLimit)
    return Parameters(red: red, green: green, blue: random.uniform(-bShiftLimit, bShiftLimit))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    let shifts = [parameters.red, parameters.green, parameters.blue].map { Float($0) }
    image.mapChannels { UInt8(min(max(Float($1) + shifts[$0], 0), 255)) }
  }
}

extension Augmentation {
  /// Adds a random offset to each channel (albumentations: `RGBShift`).
  ///
  ///     .rgbShift(rShiftLimit: 20, gShiftLimit: 20, bShiftLimit: 20)
  ///
  /// - Parameters:
  ///   - rShiftLimit: shifts of red are uniform in ± this, out of 255; 0…255.
  ///   - gShiftLimit: shifts of green are uniform in ± this, out of 255; 0…255.
  ///   - bShiftLimit: shifts of blue are uniform in ± this, out of 255; 0…255.
  ///   - p: probability, 0…1.
  public static func rgbShift(
    rShiftLimit: Double = RGBShift.rShiftLimit.default, gShiftLimit: Double = RGBShift.gShiftLimit.default,
    bShiftLimit: Double = RGBShift.bShiftLimit.default, p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(
      RGBShift(rShiftLimit: rShiftLimit, gShiftLimit: gShiftLimit, bShiftLimit: bShiftLimit, p: p))
  }
}
