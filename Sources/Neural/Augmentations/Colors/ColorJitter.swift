/// Changes brightness, contrast, saturation and hue, in random order.
public struct ColorJitter: ImageTransform {
  /// albumentations' class name.
  public static let name = "ColorJitter"
  /// The maximum deviation of the brightness factor from 1.
  public static let brightness = AugmentationArgument("brightness", 0.2, in: 0...10)
  /// The maximum deviation of the contrast factor from 1.
  public static let contrast = AugmentationArgument("contrast", 0.2, in: 0...10)
  /// The maximum deviation of the saturation factor from 1.
  public static let saturation = AugmentationArgument("saturation", 0.2, in: 0...10)
  /// The maximum shift of the hue in either direction, in turns of the colour circle.
  public static let hue = AugmentationArgument("hue", 0.2, in: 0...0.5)

  /// The maximum deviations of the factors from 1.
  public let brightness, contrast, saturation: Double
  /// The maximum shift of the hue in either direction, in turns of the colour circle.
  public let hue: Double
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// One of the four changes.
  public enum Change: Int, Sendable, Hashable, CaseIterable {
    /// In the order of ``ColorJitter``'s arguments.
    case brightness, contrast, saturation, hue
  }

  /// The factors and the order in which they are applied.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The factors; 1 changes nothing.
    public let brightness, contrast, saturation: Double
    /// The shift of the hue in turns; 0 changes nothing.
    public let hue: Double
    /// The changes in their order.
    public let order: [Change]

    /// Creates parameters.
    public init(
      brightness: Double, contrast: Double, saturation: Double, hue: Double, order: [Change] = Change.allCases
    ) {
      (self.brightness, self.contrast, self.saturation) = (brightness, contrast, saturation)
      (self.hue, self.order) = (hue, order)
    }

    public var description: String {
      order.map {
        switch $0 {
        case .brightness: "brightness ×\(shortNumber(brightness, 2))"
        case .contrast: "contrast ×\(shortNumber(contrast, 2))"
        case .saturation: "saturation ×\(shortNumber(saturation, 2))"
        case .hue: "hue \(shortNumber(hue * 360, 0, sign: true))°"
        }
      }.joined(separator: ", ")
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    Self.brightness.fault(brightness) ?? Self.contrast.fault(contrast) ?? Self.saturation.fault(saturation)
      ?? Self.hue.fault(hue)
  }

  /// Grayscale images have neither hue nor saturation: albumentations changes only brightness and contrast.
  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    for (name, limit) in [("saturation", saturation), ("hue", hue)] where mode == .grayscale && limit != 0 {
      return .value(
        name: name, expected: "0 for grayscale images, which have neither hue nor saturation",
        found: "\(limit)")
    }
    return invalidArgument
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let factors = [brightness, contrast, saturation].map { random.uniform(max(0, 1 - $0), 1 + $0) }
    let shift = random.uniform(-hue, hue)
    let order = random.permutation(4).compactMap(Change.init)
    return Parameters(
      brightness: factors[0], contrast: factors[1], saturation: factors[2], hue: shift, order: order)
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    for change in parameters.order {
      switch change {
      case .brightness: image.multiplyBrightness(by: parameters.brightness)
      case .contrast: image.multiplyContrast(by: parameters.contrast)
      case .saturation: image.multiplySaturation(by: parameters.saturation)
      case .hue: image.turnHue(by: parameters.hue)
      }
    }
  }
}

/// albumentations' `adjust_…_torchvision`.
extension PixelBuffer {
  fileprivate func multiplyBrightness(by factor: Double) {
    if factor != 1 { map { truncatedByte(Double($0) * factor) } }
  }

  fileprivate func multiplyContrast(by factor: Double) {
    if factor == 1 { return }
    var sum = 0
    if colorMode == .rgb {
      for i in stride(from: 0, to: count, by: 3) { sum += Int(grayLevel(pixels + i)) }
    } else {
      for i in 0..<count { sum += Int(pixels[i]) }
    }
    let mean = Double(sum) / Double(size.pixels)
    if factor == 0 {
      map { _ in truncatedByte(mean + 0.5) }
    } else {
      let offset = mean * (1 - factor)
      map { truncatedByte(Double($0) * factor + offset) }
    }
  }

  fileprivate func multiplySaturation(by factor: Double) {
    if factor == 1 || colorMode == .grayscale { return }
    let (own, grayWeight) = (Double(Float(factor)), Float(1 - factor))
    for i in stride(from: 0, to: count, by: 3) {
      let gray = grayLevel(pixels + i)
      // OpenCV's addWeighted: fma(value, α, gray·β) in single precision.
      let offset = Double(Float(gray) * grayWeight)
      for c in i..<i + 3 {
        pixels[c] = factor == 0 ? gray : roundedByte(Float(Double(pixels[c]) * own + offset))
      }
    }
  }

  fileprivate func turnHue(by turns: Double) {
    if turns == 0 || colorMode == .grayscale { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 768) { shifted in
      for i in 0..<256 {
        var hue = (Double(i) + 180 * turns).truncatingRemainder(dividingBy: 180)
        if hue < 0 { hue += 180 }
        shifted[i] = UInt8(min(hue, 180))
        (shifted[256 + i], shifted[512 + i]) = (UInt8(i), UInt8(i))
      }
      shiftHSV(shifted)
    }
  }
}

extension Augmentation {
  /// Changes brightness, contrast, saturation and hue in random order (albumentations: `ColorJitter`).
  ///
  ///     .colorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.05)
  ///
  /// - Parameters:
  ///   - brightness: factors are uniform in 1 ± this, at least 0; 0…10.
  ///   - contrast: factors are uniform in 1 ± this, at least 0; 0…10.
  ///   - saturation: factors are uniform in 1 ± this, at least 0; 0…10.
  ///   - hue: shifts are uniform in ± this, in turns of the colour circle; 0…0.5.
  ///   - p: probability, 0…1.
  public static func colorJitter(
    brightness: Double = ColorJitter.brightness.default, contrast: Double = ColorJitter.contrast.default,
    saturation: Double = ColorJitter.saturation.default, hue: Double = ColorJitter.hue.default,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(
      ColorJitter(brightness: brightness, contrast: contrast, saturation: saturation, hue: hue, p: p))
  }
}
