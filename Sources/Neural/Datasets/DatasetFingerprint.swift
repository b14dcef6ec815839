import Support

extension Dataset {
  /// SHA-256 over class names, counts, sizes, pixels and labels: equal fingerprints, equal data,
  /// whatever file it was read from. Lower-case hexadecimal.
  ///
  /// - Throws: `Digest.Unavailable`.
  public static func fingerprint(classNames: [String], train: ImageSet, test: ImageSet) throws -> String {
    try fingerprint(.classes(classNames), train: train, test: test)
  }

  /// SHA-256 over the targets' names, counts, sizes, pixels and targets. Lower-case hexadecimal.
  ///
  /// - Throws: `Digest.Unavailable`.
  public static func fingerprint(_ targets: TargetNames, train: ImageSet, test: ImageSet) throws -> String {
    var digest = try Digest(.sha256)
    // Data sets with classes had no kind before there was another.
    if targets.kind != .labels { digest.update(field: targets.kind.rawValue) }
    digest.update(count: targets.names.count)
    for name in targets.names { digest.update(field: name) }
    for set in [train, test] {
      for count in [set.count, set.height, set.width] { digest.update(count: count) }
      digest.update(set.pixels)
      switch set.targets {
      case .labels(let labels): labels.map(\.littleEndian).withUnsafeBytes { digest.update($0) }
      case .values(let values, _):
        values.map(\.bitPattern.littleEndian).withUnsafeBytes { digest.update($0) }
      }
    }
    return digest.hex()
  }
}
