/// A validated list of augmentations that turns a data set's images into training inputs.
///
///     let pipeline = try AugmentationPipeline([.horizontalFlip(), .coarseDropout()], for: data)
///     let (image, applied) = pipeline.augmented(photo, seed: 1, epoch: 0, item: 7)
///
/// The parameters drawn for an image depend only on the seed, the epoch and the image's index.
public struct AugmentationPipeline: Sendable {
  /// The augmentations in order; the last is `.normalize`.
  public let augmentations: [Augmentation]
  /// The size of input and output images.
  public let imageSize: ImageSize
  /// The channels of input and output images.
  public let colorMode: ColorMode
  /// The constants of the normalisation.
  public let normalization: Normalization
  private let transforms: [any ImageTransform]
  private let table: [Float]
  /// How the features of a table's rows are scaled; `nil` if they are not, and for images.
  let standardization: Standardization?

  /// All entries of a list that are invalid or do not fit their images; ``init(_:imageSize:colorMode:normalization:)``
  /// throws the first. The images' final size is checked only if all entries are valid.
  public static func faults(
    in augmentations: [Augmentation], imageSize: ImageSize, colorMode: ColorMode = .rgb
  ) -> [AugmentationError] {
    var faults: [AugmentationError] = []
    // `nil` after an entry that should change the size, but is at fault.
    var size: ImageSize? = imageSize
    for (index, augmentation) in augmentations.enumerated() {
      var fact: AugmentationError.Fact?
      if augmentation.isReported {
        if let known = size, case .transform(let transform) = augmentation.content,
          transform.outputSize(for: known) != known
        {
          size = nil
        }
        continue
      } else {
        switch augmentation.content {
        case .transform(let transform):
          fact =
            size.map { transform.fault(for: $0, colorMode) }
            ?? ((0...1).contains(transform.p) ? nil : .probability(transform.p))
        case .normalize(let own):
          fact = index == augmentations.count - 1 ? own.problem(for: colorMode) : .normalizeNotLast
        }
      }
      if let fact {
        faults.append(AugmentationError(fact, index: index, name: augmentation.name))
      } else if case .transform(let transform) = augmentation.content {
        size = size.map { transform.outputSize(for: $0) }
      }
    }
    if faults.isEmpty, !augmentations.contains(where: \.containsReported) {
      do throws(AugmentationError) {
        _ = try AugmentationPipeline(augmentations, imageSize: imageSize, colorMode: colorMode)
      } catch {
        faults.append(error)
      }
    }
    return faults
  }

  /// Validates a list of augmentations.
  ///
  /// - Parameters:
  ///   - augmentations: the augmentations in the order in which they are applied.
  ///   - imageSize: the size of the data set's images, which is the network's input size.
  ///   - colorMode: the images' channels.
  ///   - normalization: used if the list has no `.normalize`; `nil` uses ``Normalization/standard(for:)``.
  /// - Throws: `AugmentationError` for the first entry that is invalid or does not fit its images.
  public init(
    _ augmentations: [Augmentation], imageSize: ImageSize, colorMode: ColorMode = .rgb,
    normalization: Normalization? = nil
  ) throws(AugmentationError) {
    var transforms: [any ImageTransform] = []
    var size = imageSize
    var last = normalization ?? .standard(for: colorMode)
    for (index, augmentation) in augmentations.enumerated() {
      let name = augmentation.name
      switch augmentation.content {
      case .transform(let transform):
        if let fact = transform.fault(for: size, colorMode) {
          throw AugmentationError(fact, index: index, name: name)
        }
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
    if let fact = last.problem(for: colorMode) {
      throw AugmentationError(fact, index: complete.count - 1, name: final.name)
    }
    guard size == imageSize else {
      let culprit = max(0, transforms.count - 1)
      throw AugmentationError(
        .finalSize(expected: imageSize, found: size), index: culprit, name: complete[culprit].name)
    }
    self.augmentations = complete
    self.imageSize = imageSize
    self.colorMode = colorMode
    self.normalization = last
    self.transforms = transforms
    table = last.table
    standardization = nil
  }

  /// The pipeline for the rows of a table, which have no augmentations.
  init(rows standardization: Standardization?) {
    augmentations = []
    imageSize = ImageSize(0, 0)
    colorMode = .rgb
    normalization = .cifar10
    transforms = []
    table = []
    self.standardization = standardization
  }

  /// Validates a list of augmentations for a data set's image size and constants.
  public init(_ augmentations: [Augmentation], for data: Dataset) throws(AugmentationError) {
    try self.init(
      augmentations, imageSize: data.imageSize, colorMode: data.colorMode,
      normalization: Normalization(mean: data.mean, std: data.std))
  }

  /// The pipeline for evaluation, which only normalises, with the same constants.
  public var evaluation: AugmentationPipeline {
    augmentations.isEmpty
      ? self
      : AugmentationPipeline(normalizing: normalization, imageSize: imageSize, colorMode: colorMode)
  }

  private init(normalizing normalization: Normalization, imageSize: ImageSize, colorMode: ColorMode) {
    augmentations = [Augmentation(normalization)]
    self.imageSize = imageSize
    self.colorMode = colorMode
    self.normalization = normalization
    transforms = []
    table = normalization.table
    standardization = nil
  }

  /// An augmentation that was applied to an image.
  public struct Applied: Sendable, Hashable {
    /// The augmentation's name, for example `HorizontalFlip`.
    public let name: String
    /// The parameters drawn, for example `θ −7.3°, scale 1.04, shift (0.03, −0.02)`; empty if there are none.
    public let parameters: String
  }

  /// The image as used for training in an epoch, before normalisation, with the augmentations applied.
  ///
  /// - Precondition: the image has the pipeline's size and channels.
  public func augmented(
    _ image: Image, seed: UInt64, epoch: Int, item: Int
  ) -> (image: Image, applied: [Applied]) {
    precondition(image.size == imageSize, "the pipeline is for images of \(imageSize), found \(image.size)")
    precondition(image.colorMode == colorMode, "the pipeline is for \(colorMode.adjective) images")
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

  /// The image as network input: normalised floats, [height, width, channels].
  ///
  /// - Precondition: the image has the pipeline's channels.
  public func normalized(_ image: Image) -> [Float] {
    precondition(image.colorMode == colorMode, "the pipeline is for \(colorMode.adjective) images")
    return [Float](unsafeUninitializedCapacity: image.pixels.count) { target, count in
      image.pixels.withUnsafeBufferPointer { source in
        if let from = source.baseAddress, let to = target.baseAddress {
          normalize(from, source.count, into: to)
        }
      }
      count = image.pixels.count
    }
  }

  /// A working buffer for the calls of `prepare` by one thread.
  func makeBuffer() -> PixelBuffer {
    let buffer = PixelBuffer()
    buffer.meanColor = normalization.meanColor
    return buffer
  }

  /// Augments and normalises one image of a set: the inner loop of batch preparation.
  ///
  /// Writes [height, width, channels] floats to `target`.
  func prepare(
    _ source: UnsafeBufferPointer<UInt8>, seed: UInt64, epoch: Int, item: Int, buffer: PixelBuffer,
    into target: UnsafeMutablePointer<Float>
  ) {
    if transforms.isEmpty {
      if let start = source.baseAddress { normalize(start, source.count, into: target) }
      return
    }
    buffer.load(source, size: imageSize, colorMode)
    var random = RandomStream(seed: seed, .augmentation, index: epoch, item: item)
    for transform in transforms { transform.run(on: buffer, random: &random) }
    normalize(buffer.pixels, buffer.count, into: target)
  }

  /// A row of a table as network input.
  func prepare(row: ArraySlice<Double>, into target: UnsafeMutablePointer<Float>) {
    for (column, value) in row.enumerated() {
      target[column] = standardization?.apply(value, column: column) ?? Float(value)
    }
  }

  private func normalize(
    _ pixels: UnsafePointer<UInt8>, _ count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    table.withUnsafeBufferPointer { table in
      guard let red = table.baseAddress else { return }
      if colorMode == .grayscale {
        for i in 0..<count { target[i] = red[Int(pixels[i])] }
        return
      }
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

extension AugmentationPipeline {
  /// The size and the channels of the images, and every augmentation in its order; for a table, the scale of each feature.
  public var contentDescription: String {
    if augmentations.isEmpty { return "rows \(standardization.map { "\($0.mean) \($0.std)" } ?? "as given")" }
    // Pipelines were for RGB images only, before there were others.
    let images = [imageSize.description] + (colorMode == .rgb ? [] : [colorMode.rawValue])
    return (images + augmentations.map(\.contentDescription)).joined(separator: "\n")
  }
}
