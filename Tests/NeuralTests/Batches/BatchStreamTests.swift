import Testing

@testable import Neural

@Suite struct BatchStreamTests {
  let set: ImageSet
  let pipeline: AugmentationPipeline

  init() throws {
    let data = try Dataset.synthetic(train: 75, test: 10)
    set = data.train
    pipeline = try AugmentationPipeline(
      [
        .padIfNeeded(minHeight: 36, minWidth: 36), .randomCrop(32, 32), .horizontalFlip(),
        .shiftScaleRotate(),
        .randomBrightnessContrast(), .hueSaturationValue(), .coarseDropout(),
      ], for: data)
  }

  private func stream(
    batchSize: Int = 8, dropLast: Bool = false, shuffle: Bool = true, workers: Int = 1, prefetch: Int = 4
  ) throws -> BatchStream {
    try BatchStream(
      set: set, pipeline: pipeline, batchSize: batchSize, dropLast: dropLast, shuffle: shuffle, seed: 11,
      workers: workers, prefetch: prefetch)
  }

  /// A hash of a batch's pixels, labels and order.
  private func digest(_ batch: borrowing Batch) -> UInt64 {
    var hash: UInt64 = 0
    for value in batch.images { hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3 }
    for label in batch.labels { hash = (hash ^ UInt64(UInt32(bitPattern: label))) &* 0x100_0000_01b3 }
    return hash
  }

  private func digests(_ stream: BatchStream, epoch: Int, startingAt start: Int = 0) -> [UInt64] {
    var all: [UInt64] = []
    stream.epoch(epoch, startingAt: start) { all.append(digest($0)) }
    return all
  }

  @Test(arguments: 1...4, [1, 3, 50])
  func `batches have the same bytes for any number of workers`(workers: Int, prefetch: Int) throws {
    let reference = try stream()
    let other = try stream(workers: workers, prefetch: prefetch)
    for epoch in [3, 0] { #expect(digests(other, epoch: epoch) == digests(reference, epoch: epoch)) }
  }

  @Test func `epochs differ, and an epoch can be entered in its middle`() throws {
    let stream = try stream(workers: 2)
    let whole = digests(stream, epoch: 1)
    #expect(whole.count == 10)
    #expect(whole != digests(stream, epoch: 2))
    #expect(digests(stream, epoch: 1, startingAt: 7) == Array(whole[7...]))
    #expect(digests(stream, epoch: 1, startingAt: 99).isEmpty)
    #expect(digests(stream, epoch: 1, startingAt: -5) == whole)
    var two: [UInt64] = []
    stream.epoch(1, limit: 2) { two.append(digest($0)) }
    #expect(two == Array(whole[..<2]))
  }

  @Test func `an epoch has every image once, the last batch short or left out`() throws {
    var items: [Int32] = []
    var counts: [Int] = []
    let all = try stream(batchSize: 20)
    all.epoch(0) { batch in
      items += Array(batch.items)
      counts.append(batch.count)
      #expect(batch.images.count == batch.count * 32 * 32 * 3)
      for (item, label) in zip(batch.items, batch.labels) { #expect(set.labels[Int(item)] == label) }
    }
    #expect(counts == [20, 20, 20, 15])
    #expect(items != Array(0..<75) && items.sorted() == Array(0..<75))
    let whole = try stream(batchSize: 20, dropLast: true)
    #expect(whole.batchesPerEpoch == 3 && whole.imagesPerEpoch == 60)
    counts = []
    whole.epoch(0) { counts.append($0.count) }
    #expect(counts == [20, 20, 20])
  }

  @Test func `a batch holds what the pipeline makes of its images`() throws {
    try stream().epoch(5, limit: 1) { batch in
      let item = Int(batch.items[2])
      let image = try #require(set.image(at: item))
      let expected = pipeline.normalized(pipeline.augmented(image, seed: 11, epoch: 5, item: item).image)
      let stride = 32 * 32 * 3
      #expect(Array(batch.images[2 * stride..<3 * stride]) == expected)
      #expect(Int(bitPattern: batch.images.baseAddress) % 64 == 0)
    }
  }

  @Test func `evaluation keeps the order and only normalises`() throws {
    let stream = try BatchStream.evaluation(of: set, pipeline: pipeline, batchSize: 32, workers: 2)
    var items: [Int32] = []
    try stream.epoch(0) { batch in
      let image = try #require(set.image(at: Int(batch.items[0])))
      #expect(Array(batch.images.prefix(32 * 32 * 3)) == pipeline.normalized(image))
      items += Array(batch.items)
    }
    #expect(items == Array(0..<75))
  }

  @Test func `a consumer that throws ends the epoch, and the next one is whole`() throws {
    struct Stop: Error {}
    let stream = try stream(batchSize: 4, workers: 3)
    let whole = digests(stream, epoch: 0)
    for stop in 0..<6 {
      #expect(throws: Stop.self) {
        try stream.epoch(0) { (batch: borrowing Batch) throws(Stop) in
          if batch.index == stop { throw Stop() }
        }
      }
    }
    #expect(digests(stream, epoch: 0) == whole)
  }

  @Test func `two epochs of one stream can run at once`() async throws {
    let stream = try stream(workers: 2)
    let expected = digests(stream, epoch: 0)
    await withTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<3 { group.addTask { digests(stream, epoch: 0) } }
      for await found in group { #expect(found == expected) }
    }
  }

  @Test func `requests that cannot be met are rejected`() throws {
    let error = #expect(throws: BatchStreamError.self) { try stream(batchSize: 76, dropLast: true) }
    #expect(
      error?.description
        == "cannot fill a batch of 76 from 75 images, and dropLast drops incomplete batches; "
        + "use a batchSize of at most 75, or dropLast: false")
    #expect(throws: BatchStreamError.value(name: "batchSize", expected: "at least 1", found: 0)) {
      try stream(batchSize: 0)
    }
    #expect(throws: BatchStreamError.value(name: "workers", expected: "1…64", found: 65)) {
      try stream(workers: 65)
    }
    #expect(digests(try stream(batchSize: .max), epoch: 0).count == 1)
  }
}
