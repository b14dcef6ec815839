import Support

extension Dataset {
  /// The SHA-256 of class names, counts, sizes, pixels and labels, in lower-case hexadecimal. Equal
  /// fingerprints mean equal data, whatever file the data was read from.
  ///
  /// - Throws: `Digest.Unavailable`.
  public static func fingerprint(classNames: [String], train: ImageSet, test: ImageSet) throws -> String {
    try fingerprint(.classes(classNames), train: train, test: test)
  }

  /// The SHA-256 of the targets' names, counts, sizes, pixels and targets, in lower-case hexadecimal.
  ///
  /// - Throws: `Digest.Unavailable`.
  public static func fingerprint(
    _ targets: TargetNames, train: ImageSet, validation: ImageSet? = nil, test: ImageSet
  ) throws -> String {
    var digest = try Digest(.sha256)
    // Data sets with classes had no kind before there was another.
    if targets.kind != .labels { digest.update(field: targets.kind.rawValue) }
    // Likewise, all images were RGB.
    if train.colorMode != .rgb { digest.update(field: train.colorMode.rawValue) }
    digest.update(count: targets.names.count)
    for name in targets.names { digest.update(field: name) }
    // Likewise, data sets had no validation images.
    for set in [train, test, validation].compactMap(\.self) {
      for count in [set.count, set.height, set.width] { digest.update(count: count) }
      if set.featureCount > 0 {
        digest.update(count: set.featureCount)
        set.features.map(\.bitPattern.littleEndian).withUnsafeBytes { digest.update($0) }
      } else {
        digest.update(set.pixels)
      }
      switch set.targets {
      case .labels(let labels): labels.map(\.littleEndian).withUnsafeBytes { digest.update($0) }
      case .values(let values, _):
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { digest.update($0) }
      }
    }
    return digest.hex()
  }
}
