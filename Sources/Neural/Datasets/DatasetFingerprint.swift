import Support

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
      set.labels.map(\.littleEndian).withUnsafeBytes { digest.update($0) }
    }
    return digest.hex()
  }
}
