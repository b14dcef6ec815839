/// The targets of a set of images.
public enum ImageTargets: Sendable, Hashable {
  /// Each image's class, an index into the data set's class names.
  case labels([Int32])
  /// [images][perImage], contiguous.
  case values([Float], perImage: Int)

  /// The kind of target.
  public var kind: TargetKind {
    switch self {
    case .labels: .labels
    case .values: .values
    }
  }

  /// The number of images.
  public var count: Int {
    switch self {
    case .labels(let labels): labels.count
    case .values(let values, let perImage): values.count / max(1, perImage)
    }
  }

  /// The targets at these indices, which must be the set's.
  func subset(_ indices: [Int]) -> ImageTargets {
    switch self {
    case .labels(let labels): .labels(indices.map { labels[$0] })
    case .values(let values, let perImage):
      .values(indices.flatMap { values[$0 * perImage..<($0 + 1) * perImage] }, perImage: perImage)
    }
  }
}

/// The names of a data set's classes, or of the numbers that are each image's target.
///
///     TargetNames.values(["cosine", "sine"]).outputs   // 2
public enum TargetNames: Sendable, Hashable {
  /// The names of the classes.
  case classes([String])
  /// The names of the numbers.
  case values([String])

  /// The kind of target.
  public var kind: TargetKind {
    switch self {
    case .classes: .labels
    case .values: .values
    }
  }

  /// The number of outputs that a model needs: one per class, or one per number.
  public var outputs: Int { names.count }

  /// The names, of either kind.
  public var names: [String] {
    switch self {
    case .classes(let names), .values(let names): names
    }
  }

  /// The class names; empty if the targets are numbers.
  public var classNames: [String] { if case .classes(let names) = self { names } else { [] } }

  /// The names of the numbers; empty if the targets are classes.
  public var valueNames: [String] { if case .values(let names) = self { names } else { [] } }
}
