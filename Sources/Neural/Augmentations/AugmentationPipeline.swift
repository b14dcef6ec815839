/// A checked list of augmentations, ready to make training inputs of a data set's images.
///
///     let pipeline = try AugmentationPipeline([.horizontalFlip(), .coarseDropout()], for: data)
///     let (image, applied) = pipeline.augmented(photo, seed: 1, epoch: 0, item: 7)
///
/// What is drawn for an image depends on the seed, the epoch and the image's index alone.
public struct AugmentationPipeline: Sendable {
  /// The list as it runs: `.normalize` is its last entry.
  public let augmentations: [Augmentation]
  /// The size of the images that go in and of those that come out.
  public let imageSize: ImageSize
  public let normalization: Normalization
  private let transforms: [any ImageTransform]
  private let table: [Float]

  /// - Parameters:
  ///   - augmentations: in the order in which they are applied.
  ///   - imageSize: of the data set's images, which is the network's input size.
  ///   - normalization: used where the list has no `.normalize`.
  /// - Throws: `AugmentationError` at the first entry that is wrong or does not fit its images.
  public init(
    _ augmentations: [Augmentation], imageSize: ImageSize, normalization: Normalization = .cifar10
  ) throws(AugmentationError) {
    var transforms: [any ImageTransform] = []
    var size = imageSize
    var last = normalization
    for (index, augmentation) in augmentations.enumerated() {
      let name = augmentation.name
      guard (0...1).contains(augmentation.p) else {
        throw AugmentationError(.probability(augmentation.p), index: index, name: name)
      }
      switch augmentation.content {
      case .transform(let transform):
        if let fact = transform.problem(for: size) { throw AugmentationError(fact, index: index, name: name) }
        size = transform.outputSize(for: size)
        transforms.append(transform)
      case .normalize(let own):
        guard index == augmentations.count - 1 else {
          throw AugmentationError(.normalizeNotLast, index: index, name: name)
        }
        last = own
      }
    }
    let final = Augmentation(last)
    let complete = augmentations.last?.name == final.name ? augmentations : augmentations + [final]
    if let fact = last.problem {
      throw AugmentationError(fact, index: complete.count - 1, name: final.name)
    }
    guard size == imageSize else {
      let culprit = max(0, transforms.count - 1)
      throw AugmentationError(
        .finalSize(expected: imageSize, found: size), index: culprit, name: complete[culprit].name)
    }
    self.augmentations = complete
    self.imageSize = imageSize
    self.normalization = last
    self.transforms = transforms
    table = last.table
  }

  /// As above, with the data set's image size and constants.
  public init(_ augmentations: [Augmentation], for data: Dataset) throws(AugmentationError) {
    try self.init(
      augmentations, imageSize: data.imageSize, normalization: Normalization(mean: data.mean, std: data.std))
  }

  /// The pipeline for evaluation: it only normalises, with the same constants.
  public var evaluation: AugmentationPipeline {
    AugmentationPipeline(normalizing: normalization, imageSize: imageSize)
  }

  private init(normalizing normalization: Normalization, imageSize: ImageSize) {
    augmentations = [Augmentation(normalization)]
    self.imageSize = imageSize
    self.normalization = normalization
    transforms = []
    table = normalization.table
  }

  /// One augmentation that was applied to an image.
  public struct Applied: Sendable, Hashable {
    /// For example `HorizontalFlip`.
    public let name: String
    /// What was drawn, for example `θ −7.3°, scale 1.04, shift (0.03, −0.02)`; empty where nothing was.
    public let parameters: String
  }

  /// The image as training sees it in an epoch, before it is normalised, and what was done to it.
  /// - Precondition: the image has the pipeline's size.
  public func augmented(
    _ image: Image, seed: UInt64, epoch: Int, item: Int
  ) -> (image: Image, applied: [Applied]) {
    precondition(image.size == imageSize, "the pipeline is for images of \(imageSize), found \(image.size)")
    let buffer = PixelBuffer(image)
    buffer.meanColor = normalization.meanColor
    var random = RandomStream(seed: seed, .augmentation, index: epoch, item: item)
    var applied: [Applied] = []
    for transform in transforms {
      if let text = transform.runTelling(on: buffer, random: &random) {
        applied.append(Applied(name: type(of: transform).name, parameters: text))
      }
    }
    return (buffer.image, applied)
  }

  /// Bytes to the network's input: the image's pixels, [height, width, 3], as normalised floats.
  public func normalized(_ image: Image) -> [Float] {
    [Float](unsafeUninitializedCapacity: image.pixels.count) { target, count in
      image.pixels.withUnsafeBufferPointer { source in
        if let from = source.baseAddress, let to = target.baseAddress {
          normalize(from, source.count, into: to)
        }
      }
      count = image.pixels.count
    }
  }

  /// Scratch memory for one thread's calls of `prepare`.
  func makeBuffer() -> PixelBuffer {
    let buffer = PixelBuffer()
    buffer.meanColor = normalization.meanColor
    return buffer
  }

  /// Augments and normalises one image of a set: the inner loop of a batch.
  ///
  /// `target` gets [height, width, 3] floats.
  func prepare(
    _ source: UnsafeBufferPointer<UInt8>, seed: UInt64, epoch: Int, item: Int, buffer: PixelBuffer,
    into target: UnsafeMutablePointer<Float>
  ) {
    if transforms.isEmpty {
      if let start = source.baseAddress { normalize(start, source.count, into: target) }
      return
    }
    buffer.load(source, size: imageSize)
    var random = RandomStream(seed: seed, .augmentation, index: epoch, item: item)
    for transform in transforms { transform.run(on: buffer, random: &random) }
    normalize(buffer.pixels, buffer.count, into: target)
  }

  private func normalize(
    _ pixels: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    table.withUnsafeBufferPointer { table in
      guard let red = table.baseAddress else { return }
      let (green, blue) = (red + 256, red + 512)
      var i = 0
      while i < count {
        target[i] = red[Int(pixels[i])]
        target[i &+ 1] = green[Int(pixels[i &+ 1])]
        target[i &+ 2] = blue[Int(pixels[i &+ 2])]
        i &+= 3
      }
    }
  }
}
