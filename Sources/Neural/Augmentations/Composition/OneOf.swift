/// Applies one of several augmentations, chosen with probabilities in proportion to their `p`.
public struct OneOf: CompositeTransform {
  /// albumentations' class name.
  public static let name = "OneOf"
  /// The augmentations to choose from.
  public let transforms: [Augmentation]
  /// The probability that the image is changed, 0…1.
  public let p: Double

  public func outputSize(for input: ImageSize) -> ImageSize {
    transforms.first?.outputSize(for: input) ?? input
  }

  public var invalidArgument: AugmentationError.Fact? {
    invalidChild ?? WeightedChoice(transforms).problem(choosing: 1)
  }

  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    if let invalidArgument { return invalidArgument }
    for child in transforms where !child.isReported {
      if case .transform(let transform) = child.content, let problem = transform.problem(for: input, mode) {
        return .within(child.name, problem)
      }
    }
    let sizes = Set(transforms.filter { !$0.containsReported }.map { $0.outputSize(for: input) })
    return sizes.count > 1 ? .differentSizes(input) : nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> DrawnTransforms {
    let chosen = transforms[WeightedChoice(transforms).choose(from: &random)]
    return DrawnTransforms(changes: [chosen.drawn(for: size, always: true, from: &random)].compactMap(\.self))
  }
}

extension Augmentation {
  /// Applies one of several augmentations (albumentations: `OneOf`). Each is chosen with a probability in proportion to
  /// its own `p`, and then always applied.
  ///
  ///     .oneOf([.gaussianBlur(), .motionBlur()], p: 0.3)
  ///
  /// - Parameters:
  ///   - transforms: the augmentations to choose from.
  ///   - p: the probability that one is applied, 0…1.
  public static func oneOf(
    _ transforms: [Augmentation], p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(OneOf(transforms: transforms, p: p))
  }
}
