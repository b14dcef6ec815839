extension Augmentation {
  /// Converts bytes to floats with a mean of about 0 and a standard deviation of about 1 (albumentations:
  /// `Normalize`). It must be the last entry; if it is omitted, it is added with the data set's constants.
  ///
  ///     .normalize(mean: [0.4914, 0.4822, 0.4465], std: [0.2023, 0.1994, 0.2010])
  ///
  /// - Parameters:
  ///   - mean: R, G, B, each in 0…1; one number for grayscale images.
  ///   - std: R, G, B, each above 0 and at most 1; one number for grayscale images.
  public static func normalize(
    mean: [Double] = Normalization.cifar10Mean, std: [Double] = Normalization.cifar10Std
  ) -> Augmentation {
    Augmentation(Normalization(mean: mean, std: std))
  }
}

extension Normalization {
  /// The first constant that is out of range, or not one for each channel; `nil` if there is none.
  func problem(for mode: ColorMode) -> AugmentationError.Fact? {
    for (name, values) in [("mean", mean), ("std", std)] {
      let fits =
        values.count == mode.channels
        && values.allSatisfy { name == "mean" ? $0 >= 0 && $0 <= 1 : $0 > 1e-6 && $0 <= 1 }
      if !fits {
        let range = name == "mean" ? "in 0…1" : "above 0 and at most 1"
        let expected =
          switch mode {
          case .grayscale: "one number \(range), as the images are grayscale"
          case .rgb: "three numbers \(range), one per channel (R, G, B)"
          }
        return .value(name: name, expected: expected, found: "\(values)")
      }
    }
    return nil
  }
}
