extension ImageTargets {
  /// The indices of a split: see ``ImageSet/split(validation:seed:)``.
  func split(
    validation fraction: Double, seed: UInt64
  ) throws(ImageSetError) -> (train: [Int], validation: [Int]) {
    guard fraction > 0, fraction < 1 else { throw .fraction(fraction, count: count) }
    var members: [Int32: [Int]] = [:]
    switch self {
    case .labels(let labels):
      for (index, label) in labels.enumerated() { members[label, default: []].append(index) }
    case .values: members[0] = Array(0..<count)
    }
    if kind == .labels {
      let single = members.filter { $0.value.count == 1 }.keys.sorted()
      guard single.isEmpty else { throw .singleImages(classes: single.map { "\($0)" }) }
    }
    var chosen = [Bool](repeating: false, count: count)
    for (label, indices) in members {
      var random = RandomStream(seed: seed, .split, item: Int(label))
      let share = ImageSet.share(indices.count, of: fraction)
      for position in random.permutation(indices.count).prefix(share) { chosen[indices[position]] = true }
    }
    let validation = chosen.indices.filter { chosen[$0] }
    guard !validation.isEmpty, validation.count < count else { throw .fraction(fraction, count: count) }
    return (chosen.indices.filter { !chosen[$0] }, validation)
  }
}

extension ImageSet {
  /// Splits off a fraction of the images for validation. For class labels, the split is stratified (as
  /// scikit-learn's `train_test_split(stratify:)`). The seed determines the split. Both parts keep the order
  /// of the images. Each class has at least one image in both parts.
  ///
  ///     let (train, validation) = try data.train.split(validation: 0.1, seed: 1)
  ///
  /// - Parameters:
  ///   - fraction: above 0 and below 1. The number of images per class is rounded to the nearest integer.
  ///   - seed: the seed of the random choice.
  /// - Throws: `ImageSetError.fraction` if one of the parts would be empty, `ImageSetError.singleImages` if a class has
  ///   only one image.
  public func split(
    validation fraction: Double, seed: UInt64
  ) throws(ImageSetError) -> (train: ImageSet, validation: ImageSet) {
    let indices = try targets.split(validation: fraction, seed: seed)
    return (try subset(indices.train), try subset(indices.validation))
  }

  /// The number of a class's images that are set aside: at least one, and not all. Of a single image, none is.
  static func share(_ count: Int, of fraction: Double) -> Int {
    max(0, min(max(1, Int((Double(count) * fraction).rounded())), count - 1))
  }
}
