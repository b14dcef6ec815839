/// Applies several augmentations, each chosen with a probability in proportion to its `p`.
public struct SomeOf: CompositeTransform {
  /// albumentations' class name.
  public static let name = "SomeOf"
  /// The number of augmentations that are applied.
  public static let n = AugmentationArgument("n", 1, in: 1...100)

  /// The augmentations to choose from.
  public let transforms: [Augmentation]
  /// The number of augmentations that are applied.
  public let n: Int
  /// Whether an augmentation can be chosen more than once.
  public let replace: Bool
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public var invalidArgument: AugmentationError.Fact? {
    invalidChild ?? Self.n.fault(n) ?? WeightedChoice(transforms).problem(choosing: replace ? 1 : n)
  }

  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    if let invalidArgument { return invalidArgument }
    for child in transforms where !child.isReported {
      guard case .transform(let transform) = child.content else { continue }
      if let problem = transform.problem(for: input, mode) { return .within(child.name, problem) }
      if transform.outputSize(for: input) != input { return .differentSizes(input) }
    }
    return nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> DrawnTransforms {
    var choice = WeightedChoice(transforms)
    let chosen = (0..<n).map { _ in replace ? choice.choose(from: &random) : choice.take(from: &random) }
    return DrawnTransforms(
      changes: chosen.compactMap { transforms[$0].drawn(for: size, always: true, from: &random) })
  }
}

extension Augmentation {
  /// Applies `n` of several augmentations in the order in which they are chosen (albumentations: `SomeOf`). Each is
  /// chosen with a probability in proportion to its own `p`, and then always applied. They must keep the image's size.
  ///
  ///     .someOf([.toGray(), .solarize(), .posterize()], n: 2, replace: false)
  ///
  /// - Parameters:
  ///   - transforms: the augmentations to choose from.
  ///   - n: the number of augmentations that are applied, 1…100; without replacement, at most those with `p` above 0.
  ///   - replace: whether an augmentation can be chosen more than once.
  ///   - p: the probability that they are applied, 0…1.
  public static func someOf(
    _ transforms: [Augmentation], n: Int, replace: Bool = true,
    p: Double = AugmentationArgument.certainP.default
  ) -> Augmentation {
    Augmentation(SomeOf(transforms: transforms, n: n, replace: replace, p: p))
  }
}
