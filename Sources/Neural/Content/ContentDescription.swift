import Support

// Texts that say all that a value is: equal texts, equal values. What is kept of a training is found by them.

extension Optimizer: Encodable {
  /// The rule's type and all of its numbers, after the learning rate.
  public var contentDescription: String { "\(learningRate) \(describeContent(rule))" }

  /// Encodes ``contentDescription``.
  public func encode(to encoder: any Encoder) throws { try contentDescription.encode(to: encoder) }
}

extension Schedule {
  /// The rule and every number, as JSON with sorted keys; `nil` for a custom schedule, whose function has no text.
  public var contentDescription: String? {
    if case .custom = rule { nil } else { JSON.text(self) }
  }
}

extension Loss: Encodable {
  /// The loss's type and all of its numbers, for example `Neural.CrossEntropyLoss(labelSmoothing: 0.1)`.
  public var contentDescription: String { describeContent(function) }

  /// Encodes ``contentDescription``.
  public func encode(to encoder: any Encoder) throws { try contentDescription.encode(to: encoder) }
}

extension GradientClipping {
  /// As JSON with sorted keys.
  public var contentDescription: String { JSON.text(self) }
}

extension Augmentation {
  /// The transform's type and all of its numbers, for example `Neural.HorizontalFlip(p: 0.5)`.
  public var contentDescription: String {
    switch content {
    case .transform(let transform): transform.contentDescription
    case .normalize(let normalization): describeContent(normalization)
    }
  }
}

extension AugmentationPipeline {
  /// The size of the images and every augmentation in its order.
  public var contentDescription: String {
    ([imageSize.description] + augmentations.map(\.contentDescription)).joined(separator: "\n")
  }
}

/// A value by its type and stored properties, and theirs. Numbers have as many digits as tell them apart.
func describeContent(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  guard !mirror.children.isEmpty else { return String(reflecting: value) }
  let parts = mirror.children.map { child in
    (child.label.map { "\($0): " } ?? "") + describeContent(child.value)
  }
  return "\(String(reflecting: type(of: value)))(\(parts.joined(separator: ", ")))"
}
