import Testing

@testable import Neural

@Suite struct SyntheticTests {
  /// Changes only if the generator is changed on purpose: models trained on other bytes are not comparable.
  @Test func `no two machines differ in a byte`() throws {
    let data = try Dataset.synthetic(train: 200, test: 100)
    #expect(fnv(data.train.pixels) == 14_806_341_922_008_276_966)
    #expect(fnv(data.test.pixels) == 14_757_350_124_841_664_906)
  }

  @Test func `a larger set begins with the smaller one; the parts and seeds differ`() throws {
    let small = try Dataset.synthetic(train: 30, test: 30)
    let large = try Dataset.synthetic(train: 60, test: 30)
    #expect(Array(large.train.pixels.prefix(small.train.pixels.count)) == small.train.pixels)
    #expect(small.test.pixels != small.train.pixels)
    #expect(try Dataset.synthetic(train: 30, test: 30, seed: 2).train.pixels != small.train.pixels)
  }

  @Test func `it says what it is`() throws {
    let data = try Dataset.synthetic(train: 25, test: 10)
    #expect(data.isEmbedded && data.name == "synthetic" && data.fingerprint.count == 64)
    #expect(data.classNames.count == 10 && data.imageSize == ImageSize(32, 32))
    #expect(Set(data.test.labels) == Set(0..<10))
  }

  @Test func `its stated mean and deviation are those of its pixels`() throws {
    let data = try Dataset.synthetic(train: 1000, test: 1)
    for channel in 0..<3 {
      let values = stride(from: channel, to: data.train.pixels.count, by: 3).map {
        Double(data.train.pixels[$0]) / 255
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean - data.mean[channel]) < 0.02)
      #expect(abs(variance.squareRoot() - data.std[channel]) < 0.02)
    }
  }

  @Test(arguments: [0, -1, Int.max]) func `counts out of range are rejected`(count: Int) {
    #expect(throws: ImageSetError.syntheticCount(name: "train", found: count)) {
      try Dataset.synthetic(train: count)
    }
  }
}

@Suite struct DatasetTests {
  private func set(_ labels: [Int32], _ size: ImageSize = ImageSize(2, 2)) throws -> ImageSet {
    try ImageSet(
      size: size, pixels: Array(repeating: 7, count: labels.count * size.pixels * 3), labels: labels)
  }

  private func dataset(_ train: ImageSet, _ test: ImageSet, std: [Double] = [1, 1, 1]) throws -> Dataset {
    try Dataset(
      name: "tiny", classNames: ["cat", "dog"], train: train, test: test, mean: [0, 0, 0], std: std,
      fingerprint: "", source: "A test.")
  }

  @Test func `labels without a class are rejected`() throws {
    let error = #expect(throws: ImageSetError.self) { try dataset(set([0, 1, 2]), set([0])) }
    #expect(
      error?.description == "image 2 of the training set has label 2; with 2 classes, labels must be in 0…1")
    #expect(throws: ImageSetError.self) { try dataset(set([0]), set([-1])) }
  }

  @Test func `sets that do not fit each other are rejected`() throws {
    #expect(throws: ImageSetError.empty(set: "test")) { try dataset(set([0]), set([])) }
    #expect(throws: ImageSetError.sizesDiffer(train: ImageSize(2, 2), test: ImageSize(3, 2))) {
      try dataset(set([0]), set([0], ImageSize(3, 2)))
    }
    #expect(throws: ImageSetError.self) { try dataset(set([0]), set([0]), std: [1, 0, 1]) }
    #expect(throws: ImageSetError.self) { try ImageSet(size: ImageSize(2, 2), pixels: [1], labels: [1]) }
  }

  @Test func `an image that is not there is nil, not a crash`() throws {
    let images = try set([0, 1])
    #expect(images.image(at: 1)?.size == ImageSize(2, 2))
    #expect(images.image(at: 2) == nil && images.image(at: -1) == nil)
  }

  @Test func `a split takes the same share of every class`() throws {
    let labels = (0..<200).map { Int32($0 < 150 ? 0 : 1) }
    let images = try set(labels)
    let (train, validation) = try images.split(validation: 0.2, seed: 1)
    #expect(validation.labels.count { $0 == 0 } == 30 && validation.labels.count { $0 == 1 } == 10)
    #expect(train.count == 160)
    #expect(throws: ImageSetError.fraction(0, count: 200)) { try images.split(validation: 0, seed: 1) }
    #expect(throws: ImageSetError.fraction(0.001, count: 200)) {
      try images.split(validation: 0.001, seed: 1)
    }
    #expect(throws: ImageSetError.self) { try images.split(validation: .nan, seed: 1) }
  }

  @Test func `a split depends on its seed alone`() throws {
    let data = try Dataset.synthetic(train: 100, test: 10)
    let once = try data.train.split(validation: 0.3, seed: 5)
    let again = try data.train.split(validation: 0.3, seed: 5)
    #expect(once.validation.pixels == again.validation.pixels && once.train.pixels == again.train.pixels)
    #expect(try data.train.split(validation: 0.3, seed: 6).validation.pixels != once.validation.pixels)
  }
}
