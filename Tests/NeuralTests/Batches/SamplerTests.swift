import Testing

@testable import Neural

/// The weighted sampler draws as PyTorch's `WeightedRandomSampler` with 1 / the size of each class.
@Suite struct SamplerTests {
  /// 900 images of class 0 and 100 of class 1.
  private func stream(_ sampler: Sampler, seed: UInt64 = 1, workers: Int = 1) throws -> BatchStream {
    let set = try ImageSet(
      features: (0..<1000).map(Double.init), featureCount: 1,
      targets: .labels((0..<1000).map { $0 < 900 ? 0 : 1 }))
    return try BatchStream(
      set: set, pipeline: AugmentationPipeline(rows: nil), batchSize: 64, seed: seed, sampler: sampler,
      workers: workers)
  }

  private func items(_ stream: BatchStream, epoch: Int = 0, from start: Int = 0) throws -> [Int32] {
    var items: [Int32] = []
    stream.epoch(epoch, startingAt: start) { items += Array($0.items) }
    return items
  }

  @Test func `an epoch has as many samples as the set, and about as many of each class`() throws {
    let drawn = try items(stream(.weighted))
    #expect(drawn.count == 1000)
    let rare = drawn.count { $0 >= 900 }
    // Binomial with n = 1000 and p = 0.5: four standard deviations are 63.
    #expect(abs(rare - 500) < 64, "\(rare)")
    // Drawn with replacement, each sample of the rare class comes about five times.
    #expect(Set(drawn.filter { $0 >= 900 }).count > 95)
    #expect(Set(drawn.filter { $0 < 900 }).count < 500)
  }

  @Test func `without it, each sample comes once`() throws {
    #expect(try items(stream(.shuffled)).sorted() == Array(0..<1000))
  }

  @Test func `draws depend only on seed, epoch and position`() throws {
    let drawn = try items(stream(.weighted))
    #expect(try items(stream(.weighted, workers: 3)) == drawn)
    #expect(try items(stream(.weighted), from: 5) == Array(drawn[320...]), "a resumed epoch")
    #expect(try items(stream(.weighted), epoch: 1) != drawn)
    #expect(try items(stream(.weighted, seed: 2)) != drawn)
  }

  @Test func `an image that is drawn twice is augmented differently`() throws {
    let size = ImageSize(8, 8)
    let set = try ImageSet(
      size: size, pixels: (0..<192 * 2).map { UInt8($0 % 251) }, labels: [0, 1])
    let stream = try BatchStream(
      set: set, pipeline: AugmentationPipeline([.randomBrightnessContrast(p: 1)], imageSize: size),
      batchSize: 64,
      seed: 3, sampler: .weighted)
    var seen: [Int32: Set<[Float]>] = [:]
    for epoch in 0..<1 {
      stream.epoch(epoch) { batch in
        for image in 0..<batch.count {
          seen[batch.items[image], default: []].insert(Array(batch.images[192 * image..<192 * (image + 1)]))
        }
      }
    }
    let repeated = WeightedSampler([0, 1])
    let drawn = (0..<2).map { repeated.sample(seed: 3, epoch: 0, position: $0) }
    #expect(drawn[0] == drawn[1], "choose a seed that draws an image twice")
    #expect(seen.count == 1 && seen.values.first?.count == 2)
  }

  @Test func `numbers have no classes to draw from`() throws {
    let source = DataSource.arrays(features: [[1], [2], [3]], targets: [1, 2, 3])
    let dataset = try Dataset.load(source, from: DatasetLocator())
    let error = #expect(throws: TrainingError.self) { try ImageData(dataset, sampler: .weighted) }
    #expect(
      error?.description == "sampler must be .shuffled for data with numbers as targets, found .weighted")
  }

  @Test func `the sampler is part of the data's digest`() throws {
    let source = DataSource.arrays(features: [[1], [2], [3], [4]], labels: [1, 2, 1, 2])
    let dataset = try Dataset.load(source, from: DatasetLocator())
    #expect(try ImageData(dataset, sampler: .weighted).contentDigest != ImageData(dataset).contentDigest)
  }
}
