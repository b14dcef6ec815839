import Support

extension ImageData {
  /// The SHA-256 of images, class names, batching, augmentations, mixing and validation split, in lower-case
  /// hexadecimal. Equal digests mean equal data, even if the images come from different files.
  ///
  /// The images are included through ``Dataset/fingerprint``.
  /// - Throws: `Digest.Unavailable`.
  public var contentDigest: String {
    get throws {
      var digest = try Digest(.sha256)
      for text in [dataset.name, dataset.fingerprint, "\(dataset.mean)", "\(dataset.std)"]
        + dataset.targets.names
      {
        digest.update(field: text)
      }
      digest.update(counts: [train.count, held.count, test.count, batchSize, dropLast ? 1 : 0])
      digest.update(field: pipeline.contentDescription)
      digest.update(field: sampler.rawValue)
      digest.update(field: mixing.map(describeContent).joined(separator: "\n"))
      // Without a split the seed chooses nothing.
      digest.update(field: hasValidation ? "\(validation) \(splitSeed)" : "")
      return digest.hex()
    }
  }
}
