/// The target of each image of the embedded data set.
///
///     let data = try Dataset.synthetic(target: .angle)
///     data.targets   // .values(["cosine", "sine"])
public enum SyntheticTarget: String, Sendable, Hashable, Codable, CaseIterable {
  /// The kind of shape, one of ten: a classification.
  case shape
  /// The shape's diameter as a fraction of the image's side, 0.25…0.875: a regression.
  case size
  /// The direction in which an arrow points, as the cosine and sine of its angle: a regression. The angle is 0 to the
  /// right and grows counter-clockwise. Cosine and sine have no jump where the angle has one.
  case angle

  /// The data set's name.
  var name: String {
    switch self {
    case .shape: "synthetic"
    case .size: "synthetic sizes"
    case .angle: "synthetic angles"
    }
  }

  /// The names of the targets.
  public var names: TargetNames {
    switch self {
    case .shape: .classes(SyntheticShape.allCases.map(\.rawValue))
    case .size: .values(["size"])
    case .angle: .values(["cosine", "sine"])
    }
  }

  /// The channels' means and standard deviations in 0…1, measured on 5,000 images.
  var statistics: (mean: [Double], std: [Double]) {
    switch self {
    case .shape: ([0.380, 0.381, 0.382], [0.218, 0.221, 0.220])
    case .size: ([0.367, 0.368, 0.369], [0.217, 0.215, 0.214])
    case .angle: ([0.358, 0.360, 0.359], [0.211, 0.212, 0.210])
    }
  }

  /// A sentence on the images.
  var story: String {
    switch self {
    case .shape: "ten shapes in random poses and colours, partly hidden, with clutter and noise."
    case .size:
      "shapes of random kinds and sizes, partly hidden, with clutter and noise; the target is the size."
    case .angle:
      "arrows in random directions, partly hidden, with clutter and noise; the target is the direction."
    }
  }

  /// Tells the random streams of the three sets apart.
  var streamOffset: Int {
    switch self {
    case .shape: 0
    case .size: 2
    case .angle: 4
    }
  }
}
