extension Dataset {
  /// SHA-256 over class names, counts, sizes, pixels and labels: equal fingerprints, equal data,
  /// whatever file it was read from. Lower-case hexadecimal.
  ///
  /// - Throws: ``Digest/Unavailable``.
  public static func fingerprint(classNames: [String], train: ImageSet, test: ImageSet) throws -> String {
    var digest = try Digest(.sha256)
    digest.update(count: classNames.count)
    for name in classNames { digest.update(field: name) }
    for set in [train, test] {
      for count in [set.count, set.height, set.width] { digest.update(count: count) }
      digest.update(set.pixels)
      digest.update(
        set.labels.flatMap { label in (0..<4).map { UInt8(truncatingIfNeeded: label >> ($0 * 8)) } })
    }
    return digest.hex()
  }
}
