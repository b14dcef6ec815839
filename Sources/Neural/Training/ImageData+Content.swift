import Support

extension ImageData {
  /// SHA-256 of what the data is: images, class names, batches, augmentations and the validation split, but not
  /// where the images were read from. Equal digests, equal data; lower-case hexadecimal.
  ///
  /// The images enter by ``Dataset/fingerprint``.
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
      // Without a split the seed chooses nothing.
      digest.update(field: hasValidation ? "\(validation) \(splitSeed)" : "")
      return digest.hex()
    }
  }
}
