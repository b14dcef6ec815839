import Support

/// The images that occur more than once in a data set's splits, found by the SHA-256 of their pixels.
///
///     let duplicates = try DuplicateImages([(.train, data.train), (.test, data.test)])
///     duplicates.leaks(from: .train, into: .test).count   // test images that are training images too
public struct DuplicateImages: Sendable, Hashable {
  /// An image's place: its split and its index there, from 0.
  public struct Place: Sendable, Hashable {
    /// The split.
    public let split: Split
    /// The index in the split, from 0.
    public let index: Int
  }

  /// The places of each image that occurs more than once, in the order of the splits and of their images.
  public let groups: [[Place]]

  /// Compares all images of the splits.
  ///
  /// - Throws: `Digest.Unavailable`.
  public init(_ splits: [(split: Split, images: ImageSet)]) throws {
    var places: [String: [Place]] = [:]
    var order: [String] = []
    for (split, images) in splits {
      for index in 0..<images.count {
        let key = try images.digest(ofImageAt: index)
        if places[key]?.append(Place(split: split, index: index)) == nil {
          places[key] = [Place(split: split, index: index)]
          order.append(key)
        }
      }
    }
    groups = order.compactMap { key in places[key].flatMap { $0.count > 1 ? $0 : nil } }
  }

  /// The number of images of a split that repeat an earlier image of the same split.
  public func repeats(in split: Split) -> Int {
    groups.reduce(0) { sum, group in sum + max(0, group.count { $0.split == split } - 1) }
  }

  /// The images of a split that also occur in another, each with its first place there, in the order of their indices.
  ///
  /// - Parameters:
  ///   - source: the split that the images should not come from, for example the training images.
  ///   - split: the split whose images are returned.
  public func leaks(from source: Split, into split: Split) -> [(image: Int, original: Int)] {
    groups.flatMap { group -> [(image: Int, original: Int)] in
      guard let original = group.first(where: { $0.split == source }) else { return [] }
      return group.filter { $0.split == split }.map { ($0.index, original.index) }
    }.sorted { $0.image < $1.image }
  }
}

extension ImageSet {
  /// The SHA-256 of an image's pixels; the index must be the set's.
  fileprivate func digest(ofImageAt index: Int) throws -> String {
    var digest = try Digest(.sha256)
    pixels.withUnsafeBytes {
      digest.update(UnsafeRawBufferPointer(rebasing: $0[index * stride..<(index + 1) * stride]))
    }
    return digest.hex()
  }
}
