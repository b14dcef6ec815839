import Testing

@testable import Neural

/// Answers that are averaged over an image and its mirror image.
@Suite struct TestTimeAugmentationTests {
  private func data() throws -> ImageData {
    try ImageData(Dataset.synthetic(train: 20, test: 24, seed: 3), batchSize: 7)
  }

  /// A network whose answers depend on left and right.
  private func network(_ ending: [any Layer]) throws -> Model {
    try model(
      [Conv2d(3, 4, kernelSize: 3), ReLU(), AdaptiveAvgPool2d(3), Flatten(), Linear(36, 10)] + ending,
      input: Shape(3, 32, 32), seed: 5)
  }

  private func flipped(_ image: Image) throws -> Image {
    var pixels = image.pixels
    for y in 0..<image.height {
      for x in 0..<image.width {
        for c in 0..<3 {
          pixels[(y * image.width + x) * 3 + c] =
            image.pixels[(y * image.width + image.width - 1 - x) * 3 + c]
        }
      }
    }
    return try Image(image.size, pixels: pixels)
  }

  @Test func `probabilities are those of the mean of the logits, whichever layer ends the model`() throws {
    let data = try data()
    let images = try (0..<5).map { try #require(data.test.image(at: $0)) }
    let mirrored = try images.map(flipped)
    let logits = try network([])
    for ending in [[], [LogSoftmax()]] as [[any Layer]] {
      let model = try network(ending)
      model.state = logits.state
      let found = try model.predict(
        images, data: data, threads: 1, testTimeAugmentation: .horizontalFlip)
      let (one, other) = try (
        logits.predict(images, data: data, threads: 1), logits.predict(mirrored, data: data, threads: 1)
      )
      for index in images.indices {
        // The normalised geometric mean of the probabilities is the softmax of the mean of the logits.
        let roots = zip(one[index], other[index]).map { ($0 * $1).squareRoot() }
        let sum = roots.reduce(0, +)
        for (a, b) in zip(found[index], roots) { #expect(abs(a - b / sum) < 1e-6) }
      }
      #expect(found != one)
    }
    let softmax = try network([Softmax()])
    softmax.state = logits.state
    let found = try softmax.predict(images, data: data, threads: 1, testTimeAugmentation: .horizontalFlip)
    let one = try softmax.predict(images, data: data, threads: 1)
    let other = try softmax.predict(mirrored, data: data, threads: 1)
    for index in images.indices {
      for (mean, (a, b)) in zip(found[index], zip(one[index], other[index])) {
        #expect(abs(mean - (a + b) / 2) < 1e-6)
      }
    }
  }

  @Test func `an evaluation has the loss and the predictions of the averaged answers`() throws {
    let data = try data()
    let model = try network([LogSoftmax()])
    let evaluation = try model.evaluate(
      data.test, of: data, split: .test, threads: 2, testTimeAugmentation: .horizontalFlip)
    let rows = try model.predict(
      (0..<data.test.count).map { try #require(data.test.image(at: $0)) }, data: data, threads: 1,
      testTimeAugmentation: .horizontalFlip)
    for (sample, row) in zip(evaluation.samples, rows) {
      #expect(abs(sample.confidence - Double(try #require(row.max()))) < 1e-6)
      #expect(abs(sample.loss + Math.log(Double(row[sample.label]))) < 1e-5)
    }
    #expect(evaluation.testTimeAugmentation == .horizontalFlip)
    let plain = try model.evaluate(data.test, of: data, split: .test, threads: 2)
    #expect(plain.loss != evaluation.loss && plain.testTimeAugmentation == nil)
  }

  @Test func `numbers are refused, since a mirror image has other targets`() throws {
    let data = try ImageData(Dataset.synthetic(train: 10, test: 10, seed: 1, target: .angle), batchSize: 5)
    let model = try model(
      [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 2)], input: Shape(3, 32, 32), seed: 1)
    let error = #expect(throws: TrainingError.self) {
      try model.evaluate(
        data.test, of: data, split: .test, threads: 1, testTimeAugmentation: .horizontalFlip)
    }
    #expect(error?.isAboutTestTimeAugmentation == true)
  }
}
