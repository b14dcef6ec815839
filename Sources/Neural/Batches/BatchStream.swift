/// Batches of an image set, prefetched on background threads.
///
///     let batches = try BatchStream(set: data.train, pipeline: pipeline, batchSize: 64, seed: 1)
///     try batches.epoch(0) { batch in
///       // batch.images: [64, 32, 32, 3] floats; batch.labels: 64 classes
///     }
///
/// The bytes of batch k of epoch e depend only on the set, the pipeline, the seed, e and k, not on
/// `workers`, `prefetch` or timing.
public final class BatchStream: Sendable {
  /// The images.
  public let set: ImageSet
  /// The augmentations, ending in normalisation.
  public let pipeline: AugmentationPipeline
  /// The ways of mixing images, one of which is chosen for each batch; empty for none.
  public let mixing: [Mixing]
  /// Images per batch; the last batch of an epoch may have fewer.
  public let batchSize: Int
  /// Whether an incomplete last batch is dropped (PyTorch: `drop_last`).
  public let dropLast: Bool
  /// Whether the images are shuffled in every epoch.
  public let shuffle: Bool
  /// How shuffled images are chosen.
  public let sampler: Sampler
  /// The seed of the order and of the augmentations.
  public let seed: UInt64
  /// The number of background threads.
  public let workers: Int
  /// The number of batches that are prepared ahead.
  public let prefetch: Int
  private let pool: BatchSlotPool

  /// - Parameters:
  ///   - set: the images.
  ///   - pipeline: the augmentation of each image; its size is the set's.
  ///   - mixing: the ways of mixing images; empty for none. Tables and sets whose targets are numbers are not mixed.
  ///   - batchSize: images per batch, at least 1.
  ///   - dropLast: whether to drop an incomplete last batch (PyTorch: `drop_last`).
  ///   - shuffle: whether to shuffle the images in every epoch.
  ///   - sampler: how the images of an epoch are chosen if they are shuffled; ``Sampler/weighted`` needs class labels.
  ///   - seed: the seed of the order and of the augmentation.
  ///   - workers: background threads, 1…64.
  ///   - prefetch: number of batches to prepare in advance, 1…1024.
  /// - Throws: `BatchStreamError` if a value is out of range, the set has too few images for a batch, or its
  ///   images do not have the pipeline's size and channels.
  public init(
    set: ImageSet, pipeline: AugmentationPipeline, mixing: [Mixing] = [], batchSize: Int,
    dropLast: Bool = false, shuffle: Bool = true, seed: UInt64, sampler: Sampler = .shuffled,
    workers: Int = 1,
    prefetch: Int = 4
  ) throws(BatchStreamError) {
    guard set.size == pipeline.imageSize else {
      throw .imageSize(set: set.size, pipeline: pipeline.imageSize)
    }
    guard set.colorMode == pipeline.colorMode else {
      throw .channels(set: set.colorMode, pipeline: pipeline.colorMode)
    }
    guard set.count > 0 else { throw .noImages }
    guard set.count <= Int(Int32.max) else { throw .tooMany(set.count) }
    guard batchSize >= 1 else { throw .value(name: "batchSize", expected: "at least 1", found: batchSize) }
    guard !dropLast || batchSize <= set.count else { throw .noWholeBatch(size: batchSize, images: set.count) }
    guard (1...64).contains(workers) else {
      throw .value(name: "workers", expected: "1…64", found: workers)
    }
    guard (1...1024).contains(prefetch) else {
      throw .value(name: "prefetch", expected: "1…1024", found: prefetch)
    }
    self.set = set
    self.pipeline = pipeline
    self.mixing = set.valuesPerImage == 0 && set.featureCount == 0 ? mixing : []
    self.batchSize = batchSize
    self.dropLast = dropLast
    self.shuffle = shuffle
    self.sampler = sampler
    self.seed = seed
    self.workers = workers
    self.prefetch = prefetch
    pool = BatchSlotPool(
      images: min(batchSize, set.count), elements: set.elements, valuesPerImage: set.valuesPerImage,
      isMixed: !self.mixing.isEmpty)
  }

  /// A stream for evaluation: every image once, in the set's order, normalised only.
  public static func evaluation(
    of set: ImageSet, pipeline: AugmentationPipeline, batchSize: Int, workers: Int = 1
  ) throws(BatchStreamError) -> BatchStream {
    try BatchStream(
      set: set, pipeline: pipeline.evaluation, batchSize: batchSize, dropLast: false, shuffle: false, seed: 0,
      workers: workers)
  }

  /// The number of batches in an epoch.
  public var batchesPerEpoch: Int {
    dropLast ? set.count / batchSize : set.count / batchSize + (set.count % batchSize == 0 ? 0 : 1)
  }

  /// The number of images in an epoch, without those that `dropLast` drops.
  public var imagesPerEpoch: Int { dropLast ? batchesPerEpoch * batchSize : set.count }

  /// Calls `body` with each batch of an epoch, in order. If `body` throws, the background threads stop before
  /// the error is rethrown.
  ///
  /// - Parameters:
  ///   - epoch: from 0.
  ///   - start: the first batch, to resume an epoch.
  ///   - limit: maximum number of batches; `nil` for all remaining ones.
  ///   - body: called with each batch; the batch's buffers are valid only during the call.
  public func epoch<Failure: Error>(
    _ epoch: Int, startingAt start: Int = 0, limit: Int? = nil,
    _ body: (borrowing Batch) throws(Failure) -> Void
  ) throws(Failure) {
    let first = max(0, start)
    let left = max(0, batchesPerEpoch - first)
    let end = first + min(left, max(0, limit ?? left))
    guard first < end else { return }

    let slots = pool.take(min(prefetch, end - first))
    defer { pool.giveBack(slots) }
    let order = Order(self, epoch: epoch)
    let queue = BatchQueue(batches: first..<end, slots: slots.count)
    let threads = BackgroundThreads(count: min(workers, end - first)) {
      let buffer = self.pipeline.makeBuffer()
      while let batch = queue.claim() {
        self.fill(slots[queue.slot(of: batch)], batch: batch, epoch: epoch, order: order, buffer: buffer)
        queue.fulfil(batch)
      }
    }
    // The threads write into the slots and read the order, so they end before either goes.
    defer {
      queue.close()
      threads.join()
    }
    for batch in first..<end {
      if threads.isEmpty {
        // No thread could be started: prepare here.
        _ = queue.claim()
        let buffer = pipeline.makeBuffer()
        fill(slots[queue.slot(of: batch)], batch: batch, epoch: epoch, order: order, buffer: buffer)
        queue.fulfil(batch)
      }
      queue.wait(for: batch)
      let slot = slots[queue.slot(of: batch)]
      try body(slot.batch(index: batch, count: count(of: batch), elements: set.elements))
      queue.release(batch)
    }
  }

  /// The order of the images in an epoch.
  private struct Order: Sendable {
    let permutation: [Int]?
    /// Whether an image can occur several times in an epoch.
    var repeats = false

    init(_ stream: BatchStream, epoch: Int) {
      guard stream.shuffle else {
        permutation = nil
        return
      }
      if stream.sampler == .weighted, stream.set.targets.kind == .labels {
        let sampler = WeightedSampler(stream.set.labels)
        permutation = (0..<stream.set.count).map {
          sampler.sample(seed: stream.seed, epoch: epoch, position: $0)
        }
        repeats = true
        return
      }
      var random = RandomStream(seed: stream.seed, .shuffle, index: epoch)
      permutation = random.permutation(stream.set.count)
    }

    func item(at position: Int) -> Int { permutation.map { $0[position] } ?? position }

    /// The number that an image's augmentation depends on: repeated images are augmented differently.
    func augmentationItem(at position: Int) -> Int { repeats ? position : item(at: position) }
  }

  private func count(of batch: Int) -> Int { min(batchSize, set.count - batch * batchSize) }

  private func fill(_ slot: BatchSlot, batch: Int, epoch: Int, order: Order, buffer: PixelBuffer) {
    let (stride, featureCount) = (set.stride, set.featureCount)
    guard let target = slot.images.baseAddress else { return }
    let (labels, values, perImage) = (set.labels, set.values, set.valuesPerImage)
    set.pixels.withUnsafeBufferPointer { pixels in
      for i in 0..<count(of: batch) {
        let item = order.item(at: batch * batchSize + i)
        if labels.isEmpty {
          for k in 0..<perImage { slot.values[i * perImage + k] = values[item * perImage + k] }
        } else {
          slot.labels[i] = labels[item]
        }
        slot.items[i] = Int32(item)
        if featureCount > 0 {
          let start = item * featureCount
          pipeline.prepare(
            row: set.features[start..<start + featureCount], into: target + i * featureCount)
          continue
        }
        pipeline.prepare(
          UnsafeBufferPointer(rebasing: pixels[item * stride..<(item + 1) * stride]), seed: seed,
          epoch: epoch, item: order.augmentationItem(at: batch * batchSize + i), buffer: buffer,
          into: target + i * stride)
      }
    }
    mix(slot, batch: batch, epoch: epoch)
  }
}

extension BatchStream {
  /// Mixes the images and labels of a batch.
  private func mix(_ slot: BatchSlot, batch: Int, epoch: Int) {
    guard !mixing.isEmpty, let images = slot.images.baseAddress else { return }
    let count = count(of: batch)
    var random = RandomStream(seed: seed, .mixing, index: epoch, item: batch)
    let parameters = mixing[random.below(mixing.count)].drawParameters(for: set.size, from: &random)
    Mixing.apply(
      parameters, to: images, count: count, size: set.size, channels: set.stride / set.size.pixels)
    for index in 0..<count { slot.otherLabels[index] = slot.labels[index > 0 ? index - 1 : count - 1] }
    slot.share = parameters.share
  }
}

/// An error in a request for batches.
public enum BatchStreamError: Problem, Hashable {
  /// A parameter is out of its range.
  case value(name: String, expected: String, found: Int)
  /// The set has no images.
  case noImages
  /// The set has more images than can be numbered.
  case tooMany(Int)
  /// There are too few images for a batch, and incomplete batches are dropped.
  case noWholeBatch(size: Int, images: Int)
  /// The images do not have the size that the augmentations expect.
  case imageSize(set: ImageSize, pipeline: ImageSize)
  /// The images do not have the channels that the augmentations expect.
  case channels(set: ColorMode, pipeline: ColorMode)

  public var description: String {
    switch self {
    case .value(let name, let expected, let found):
      return "\(name) must be \(expected), found \(found)"
    case .noImages:
      return "the data set has no images"
    case .tooMany(let count):
      return "the data set has \(count) images; the maximum is \(Int32.max)"
    case .noWholeBatch(let size, let images):
      return "cannot fill a batch of \(size) from \(images) images, and dropLast drops incomplete batches; "
        + "use a batchSize of at most \(images), or dropLast: false"
    case .imageSize(let set, let pipeline):
      return "the images are \(set) (height×width), but the augmentations expect \(pipeline)"
    case .channels(let set, let pipeline):
      return "the images are \(set.adjective), but the augmentations expect \(pipeline.adjective) images"
    }
  }
}
