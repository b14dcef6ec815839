/// Applies augmentations in turn, each with its own probability.
public struct SequentialTransform: CompositeTransform {
  /// albumentations' class name.
  public static let name = "Sequential"
  /// The augmentations, in order.
  public let transforms: [Augmentation]
  /// The probability that they are applied, 0…1.
  public let p: Double

  public func outputSize(for input: ImageSize) -> ImageSize {
    transforms.reduce(input) { $1.outputSize(for: $0) }
  }

  public var invalidArgument: AugmentationError.Fact? { invalidChild }

  public func problem(for input: ImageSize, _ mode: ColorMode) -> AugmentationError.Fact? {
    if let invalidArgument { return invalidArgument }
    var size = input
    for child in transforms {
      // After an entry at fault, the size is unknown.
      if child.containsReported { return nil }
      if case .transform(let transform) = child.content, let fault = transform.fault(for: size, mode) {
        return .within(child.name, fault)
      }
      size = child.outputSize(for: size)
    }
    return nil
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> DrawnTransforms {
    var size = size
    var changes: [any DrawnChange] = []
    for child in transforms {
      guard let change = child.drawn(for: size, always: false, from: &random) else { continue }
      size = change.outputSize(for: size)
      changes.append(change)
    }
    return DrawnTransforms(changes: changes)
  }
}

extension Augmentation {
  /// Applies augmentations in turn, each with its own probability (albumentations: `Sequential`), for example as one of
  /// the choices of `oneOf`.
  ///
  ///     .oneOf([.sequential([.horizontalFlip(), .rotate(limit: 15)]), .toGray()])
  ///
  /// albumentations 1.3.1 ignores `p`, except in `OneOf` and `SomeOf`; here it is the probability that the sequence is
  /// applied, as in later versions.
  ///
  /// - Parameters:
  ///   - transforms: the augmentations, in order.
  ///   - p: the probability that they are applied, 0…1.
  public static func sequential(
    _ transforms: [Augmentation], p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(SequentialTransform(transforms: transforms, p: p))
  }
}
