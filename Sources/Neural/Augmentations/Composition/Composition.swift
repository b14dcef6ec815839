/// A transform that applies other augmentations.
public protocol CompositeTransform: ImageTransform where Parameters == DrawnTransforms {
  /// The augmentations that it chooses from or applies in turn.
  var transforms: [Augmentation] { get }
}

extension CompositeTransform {
  public func problem(for input: ImageSize) -> AugmentationError.Fact? { problem(for: input, .rgb) }

  public func apply(_ parameters: DrawnTransforms, to image: PixelBuffer) {
    for change in parameters.changes { change.apply(to: image) }
  }

  /// The first child with an argument that is invalid for images of any size.
  var invalidChild: AugmentationError.Fact? {
    if transforms.isEmpty {
      return .value(name: "transforms", expected: "at least one augmentation", found: "none")
    }
    for child in transforms where !child.isReported {
      guard case .transform(let transform) = child.content else {
        return .within(child.name, .normalizeNotLast)
      }
      let fault = (0...1).contains(transform.p) ? transform.invalidArgument : .probability(transform.p)
      if let fault { return .within(child.name, fault) }
    }
    return nil
  }
}

/// Transforms with the parameters drawn for one image, in the order in which they are applied.
public struct DrawnTransforms: Sendable, Hashable, CustomStringConvertible {
  let changes: [any DrawnChange]

  public var description: String {
    changes.isEmpty ? "unchanged" : changes.map(\.description).joined(separator: "; ")
  }

  public static func == (a: DrawnTransforms, b: DrawnTransforms) -> Bool {
    a.changes.map { AnyHashable($0) } == b.changes.map { AnyHashable($0) }
  }
  public func hash(into hasher: inout Hasher) { for change in changes { hasher.combine(change) } }
}

/// A transform with the parameters drawn for one image.
protocol DrawnChange: Sendable, Hashable, CustomStringConvertible {
  func apply(to image: PixelBuffer)
  /// The size of the image after the change.
  func outputSize(for input: ImageSize) -> ImageSize
}

private struct Drawn<Transform: ImageTransform>: DrawnChange {
  var transform: Transform
  var parameters: Transform.Parameters

  func apply(to image: PixelBuffer) { transform.apply(parameters, to: image) }
  func outputSize(for input: ImageSize) -> ImageSize { transform.outputSize(for: input) }

  var description: String {
    let text = parameters.description
    return text.isEmpty ? Transform.name : "\(Transform.name) \(text)"
  }
}

extension Augmentation {
  /// Draws parameters; `nil` leaves the image unchanged.
  ///
  /// - Parameter always: whether to apply the augmentation regardless of `p`.
  func drawn(for size: ImageSize, always: Bool, from random: inout RandomStream) -> (any DrawnChange)? {
    guard case .transform(let transform) = content else { return nil }
    return Self.drawn(transform, size, always, &random)
  }

  private static func drawn<T: ImageTransform>(
    _ transform: T, _ size: ImageSize, _ always: Bool, _ random: inout RandomStream
  ) -> (any DrawnChange)? {
    guard always || random.unit() < transform.p else { return nil }
    return Drawn(transform: transform, parameters: transform.drawParameters(for: size, from: &random))
  }

  /// The size of the image after the augmentation.
  func outputSize(for input: ImageSize) -> ImageSize {
    guard case .transform(let transform) = content else { return input }
    return transform.outputSize(for: input)
  }
}

/// Chooses among augmentations with probabilities in proportion to their `p`.
struct WeightedChoice {
  private var weights: [Double]

  init(_ transforms: [Augmentation]) { weights = transforms.map(\.p) }

  /// The error if no augmentation, or not enough different ones, can be chosen; `nil` if there is none.
  func problem(choosing count: Int) -> AugmentationError.Fact? {
    let possible = weights.count { $0 > 0 }
    if possible == 0 {
      return .value(name: "transforms", expected: "augmentations with p above 0", found: "only p = 0")
    }
    return possible >= count
      ? nil
      : .value(
        name: "n", expected: "1…\(possible), the number of augmentations with p above 0", found: "\(count)")
  }

  func choose(from random: inout RandomStream) -> Int {
    var rest = random.unit() * weights.reduce(0, +)
    let last = weights.lastIndex { $0 > 0 } ?? 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      if rest < weight { return index }
      rest -= weight
    }
    return last
  }

  /// Chooses, and does not choose the same one again.
  mutating func take(from random: inout RandomStream) -> Int {
    let index = choose(from: &random)
    weights[index] = 0
    return index
  }
}
