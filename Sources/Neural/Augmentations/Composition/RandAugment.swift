/// Applies several random operations of the same magnitude.
public struct RandAugment: ImageTransform {
  /// torchvision's class name.
  public static let name = "RandAugment"
  public static let needsColor = true
  /// The number of operations.
  public static let numOps = AugmentationArgument("numOps", 2, in: 1...20)
  /// The magnitude, as an index of the bins.
  public static let level = AugmentationArgument("magnitude", 9, in: 0...999)
  /// The number of magnitudes.
  public static let numMagnitudeBins = AugmentationArgument("numMagnitudeBins", 31, in: 2...1000)

  /// The number of operations.
  public let numOps: Int
  /// The magnitude, as an index of the bins, from 0.
  public let level: Int
  /// The number of magnitudes.
  public let numMagnitudeBins: Int
  public var p: Double { 1 }

  public var invalidArgument: AugmentationError.Fact? {
    if let fault = Self.numOps.fault(numOps) ?? Self.level.fault(level)
      ?? Self.numMagnitudeBins.fault(numMagnitudeBins)
    {
      return fault
    }
    return level < numMagnitudeBins
      ? nil
      : .value(
        name: "magnitude", expected: "below numMagnitudeBins, which is \(numMagnitudeBins)",
        found: "\(level)")
  }

  public func drawParameters(
    for size: ImageSize, from random: inout RandomStream
  ) -> AutoAugmentParameters {
    let space = AutoAugmentSpace(isWide: false, bins: numMagnitudeBins, size: size)
    return AutoAugmentParameters((0..<numOps).map { _ in space.draw(level, from: &random) })
  }

  public func apply(_ parameters: AutoAugmentParameters, to image: PixelBuffer) {
    parameters.apply(to: image)
  }
}

/// Applies one random operation of random magnitude.
public struct TrivialAugmentWide: ImageTransform {
  /// torchvision's class name.
  public static let name = "TrivialAugmentWide"
  public static let needsColor = true
  /// The number of magnitudes.
  public static let numMagnitudeBins = RandAugment.numMagnitudeBins

  /// The number of magnitudes.
  public let numMagnitudeBins: Int
  public var p: Double { 1 }

  public var invalidArgument: AugmentationError.Fact? { Self.numMagnitudeBins.fault(numMagnitudeBins) }

  public func drawParameters(
    for size: ImageSize, from random: inout RandomStream
  ) -> AutoAugmentParameters {
    let space = AutoAugmentSpace(isWide: true, bins: numMagnitudeBins, size: size)
    return AutoAugmentParameters([space.draw(nil, from: &random)])
  }

  public func apply(_ parameters: AutoAugmentParameters, to image: PixelBuffer) {
    parameters.apply(to: image)
  }
}

/// Operations with their magnitudes, in the order in which they are applied.
public struct AutoAugmentParameters: Sendable, Hashable, CustomStringConvertible {
  /// An operation with its magnitude.
  public struct Step: Sendable, Hashable {
    /// The operation.
    public let operation: AutoAugmentOperation
    /// The magnitude in the operation's unit; 0 if it has none.
    public let strength: Double
  }

  /// The operations, in order.
  public let steps: [Step]

  init(_ steps: [Step]) { self.steps = steps }

  func apply(to image: PixelBuffer) { for step in steps { step.operation.apply(step.strength, to: image) } }

  public var description: String {
    steps.map { step in
      step.strength == 0
        ? step.operation.name : "\(step.operation.name) \(shortNumber(step.strength, 2))"
    }.joined(separator: "; ")
  }
}

/// The magnitudes of the operations for images of one size.
struct AutoAugmentSpace {
  /// Whether the space is TrivialAugmentWide's.
  let isWide: Bool
  let bins: Int
  let size: ImageSize

  /// - Parameter bin: the index of the magnitude; `nil` draws one.
  func draw(_ bin: Int?, from random: inout RandomStream) -> AutoAugmentParameters.Step {
    let operations = AutoAugmentOperation.allCases
    let operation = operations[random.below(operations.count)]
    let strength = self.strength(of: operation, bin ?? random.below(bins))
    let isNegative = operation.isSigned && random.unit() <= 0.5
    return AutoAugmentParameters.Step(operation: operation, strength: isNegative ? -strength : strength)
  }

  func strength(of operation: AutoAugmentOperation, _ bin: Int) -> Double {
    switch operation {
    case .identity, .autoContrast, .equalize: return 0
    case .shearX, .shearY: return linear(0, isWide ? 0.99 : 0.3, bin)
    case .translateX: return linear(0, isWide ? 32 : 150.0 / 331 * Double(size.width), bin)
    case .translateY: return linear(0, isWide ? 32 : 150.0 / 331 * Double(size.height), bin)
    case .rotate: return linear(0, isWide ? 135 : 30, bin)
    case .brightness, .color, .contrast, .sharpness: return linear(0, isWide ? 0.99 : 0.9, bin)
    case .posterize:
      let step = Float(Double(bins - 1) / (isWide ? 6 : 4))
      return Double((8 - Float(bin) / step).rounded(.toNearestOrEven))
    case .solarize: return linear(1, 0, bin)
    }
  }

  /// PyTorch's `linspace`, in single precision.
  private func linear(_ start: Double, _ end: Double, _ bin: Int) -> Double {
    let (start, end) = (Float(start), Float(end))
    let step = (end - start) / Float(bins - 1)
    return Double(bin < bins / 2 ? start + step * Float(bin) : end - step * Float(bins - 1 - bin))
  }
}

extension Augmentation {
  /// Applies random operations of the same magnitude (torchvision: `RandAugment`, with Pillow's arithmetic; Cubuk et al.,
  /// 2019).
  ///
  ///     .randAugment(numOps: 2, magnitude: 9)
  ///
  /// - Parameters:
  ///   - numOps: the number of operations, 1…20.
  ///   - magnitude: the strength, an index of the bins, 0 ..< numMagnitudeBins.
  ///   - numMagnitudeBins: the number of magnitudes, 2…1000.
  public static func randAugment(
    numOps: Int = RandAugment.numOps.default, magnitude: Int = RandAugment.level.default,
    numMagnitudeBins: Int = RandAugment.numMagnitudeBins.default
  ) -> Augmentation {
    Augmentation(RandAugment(numOps: numOps, level: magnitude, numMagnitudeBins: numMagnitudeBins))
  }

  /// Applies one random operation of random magnitude (torchvision: `TrivialAugmentWide`, with Pillow's arithmetic;
  /// Müller and Hutter, ICCV 2021).
  ///
  ///     .trivialAugmentWide()
  ///
  /// - Parameter numMagnitudeBins: the number of magnitudes, 2…1000.
  public static func trivialAugmentWide(
    numMagnitudeBins: Int = TrivialAugmentWide.numMagnitudeBins.default
  ) -> Augmentation {
    Augmentation(TrivialAugmentWide(numMagnitudeBins: numMagnitudeBins))
  }
}
