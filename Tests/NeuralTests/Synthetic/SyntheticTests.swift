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
      // Every 5th pixel of each image.
      let values = stride(from: channel, to: data.train.pixels.count, by: 3 * 5).map {
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
    #expect(throws: ImageSetError.sizesDiffer(train: ImageSize(2, 2), set: "test", other: ImageSize(3, 2))) {
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
    // However small the fraction, each class has an image in both parts.
    #expect(try images.split(validation: 0.001, seed: 1).validation.labels == [0, 1])
    #expect(try images.split(validation: 0.999, seed: 1).train.labels == [0, 1])
    #expect(throws: ImageSetError.singleImages(classes: ["2"])) {
      try set([0, 0, 1, 1, 2]).split(validation: 0.5, seed: 1)
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

/// The embedded sets whose targets are numbers.
@Suite struct SyntheticRegressionTests {
  /// Changes only when the drawing is changed on purpose: models trained on other bytes are not comparable.
  @Test(arguments: [
    (SyntheticTarget.size, UInt64(5_223_663_578_808_955_215), UInt64(6_041_642_621_417_477_051)),
    (.angle, 9_709_674_945_533_199_141, 14_309_020_838_720_382_660),
  ])
  func `no two machines differ in a byte`(target: SyntheticTarget, pixels: UInt64, values: UInt64) throws {
    let data = try Dataset.synthetic(train: 200, test: 1, target: target)
    #expect(fnv(data.train.pixels) == pixels)
    #expect(
      fnv(data.train.values.flatMap { [UInt8](withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init)) })
        == values)
  }

  @Test func `sizes are shares of the image's side`() throws {
    let data = try Dataset.synthetic(train: 300, test: 10, target: .size)
    #expect(data.targets == .values(["size"]) && data.classNames.isEmpty && data.name == "synthetic sizes")
    #expect(data.train.values.count == 300 && data.train.labels.isEmpty)
    #expect(data.train.values.allSatisfy { (0.25...0.875).contains($0) })
    #expect((data.train.values.max() ?? 0) > 0.85 && (data.train.values.min() ?? 1) < 0.28)
    #expect(Set(data.train.values).count > 290)
  }

  @Test func `angles are points on the unit circle, in every direction`() throws {
    let data = try Dataset.synthetic(train: 400, test: 10, target: .angle)
    #expect(data.targets == .values(["cosine", "sine"]) && data.train.valuesPerImage == 2)
    var quadrants = [0, 0, 0, 0]
    for index in 0..<400 {
      let (x, y) = (data.train.values[2 * index], data.train.values[2 * index + 1])
      #expect(abs(x * x + y * y - 1) < 1e-6)
      quadrants[(x > 0 ? 1 : 0) + (y > 0 ? 2 : 0)] += 1
    }
    #expect(quadrants.allSatisfy { $0 > 70 }, "\(quadrants)")
  }

  @Test(arguments: [SyntheticTarget.size, .angle])
  func `the outline and the split know numbers`(target: SyntheticTarget) throws {
    let data = try Dataset.synthetic(train: 50, test: 10, target: target)
    #expect(
      try DatasetOutline.find(.synthetic(train: 50, test: 10, target: target), from: DatasetLocator())
        == DatasetOutline(data))
    let (train, validation) = try data.train.split(validation: 0.2, seed: 1)
    #expect(train.count == 40 && validation.count == 10)
    #expect(train.values.count == 40 * data.targets.outputs)
    let images = try ImageData(data, batchSize: 8, validation: 0.2, seed: 1)
    #expect(images.outline.heldCount == images.held.count && images.outline.trainCount == images.train.count)
  }

  @Test(arguments: SyntheticTarget.allCases)
  func `the stated mean and deviation are those of the pixels`(target: SyntheticTarget) throws {
    let data = try Dataset.synthetic(train: 5000, test: 1, target: target)
    for channel in 0..<3 {
      // Every 17th pixel of each image.
      let values = stride(from: channel, to: data.train.pixels.count, by: 3 * 17).map {
        Double(data.train.pixels[$0]) / 255
      }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(mean - data.mean[channel]) < 0.01, "\(target) \(channel): \(mean)")
      #expect(
        abs(variance.squareRoot() - data.std[channel]) < 0.01,
        "\(target) \(channel): \(variance.squareRoot())")
    }
  }

  @Test func `targets that do not fit are named`() throws {
    let size = ImageSize(1, 1)
    let images = try ImageSet(
      size: size, pixels: [1, 2, 3, 4, 5, 6], targets: .values([0.5, 1, 2, 3], perImage: 2))
    #expect(images.count == 2 && images.valuesPerImage == 2)
    #expect(throws: ImageSetError.valueCount(values: 3, perImage: 2)) {
      try ImageSet(size: size, pixels: [1, 2, 3], targets: .values([0, 1, 2], perImage: 2))
    }
    #expect(throws: ImageSetError.value(.infinity, image: 1)) {
      try ImageSet(size: size, pixels: [1, 2, 3, 4, 5, 6], targets: .values([0, .infinity], perImage: 1))
    }
    func dataset(_ targets: TargetNames) throws -> Dataset {
      try Dataset(
        name: "x", targets: targets, train: images, test: images, fingerprint: "", source: "A test.")
    }
    #expect(try dataset(.values(["a", "b"])).targets.outputs == 2)
    #expect(throws: ImageSetError.targets(set: "training", expected: .values(["a"]))) {
      try dataset(.values(["a"]))
    }
    #expect(throws: ImageSetError.targets(set: "training", expected: .classes(["a"]))) {
      try dataset(.classes(["a"]))
    }
    #expect(throws: ImageSetError.noValues) { try dataset(.values([])) }
  }
}
