import Foundation
import Testing

@testable import Neural

/// Mixed batches, soft labels and their loss are those of torchvision's `v2.MixUp` and `v2.CutMix`.
@Suite struct MixingTests {
  private struct Text: Decodable {
    struct Case: Decodable {
      struct Loss: Decodable {
        let loss: Double
        let gradient: [Double]
      }
      let name: String
      let share: Double
      let box: [Int]?
      let losses: [String: Loss]
    }
    let labels: [Int]
    let cases: [Case]
  }

  private func text() throws -> Text {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/augmentation/mixing.json")
    return try JSONDecoder().decode(Text.self, from: Data(contentsOf: path))
  }

  private func floats(_ name: String) throws -> [Float] {
    try TransformTensors("mixing").floats(name)
  }

  @Test func `the same floats as torchvision, bit for bit`() throws {
    for one in try text().cases {
      var images = try floats("images")
      let box = one.box.map { Mixing.Box(rows: $0[1]..<$0[3], columns: $0[0]..<$0[2]) }
      images.withUnsafeMutableBufferPointer {
        guard let start = $0.baseAddress else { return }
        Mixing.apply(
          .init(share: one.share, box: box), to: start, count: 5, size: ImageSize(6, 7), channels: 3)
      }
      let expected = try floats(one.name)
      #expect(images.map(\.bitPattern) == expected.map(\.bitPattern), "\(one.name)")
    }
  }

  @Test func `losses and gradients of mixed labels`() throws {
    let text = try text()
    let logits = try floats("logits")
    for one in text.cases {
      for (smoothing, expected) in one.losses {
        let loss = CrossEntropyLoss(labelSmoothing: try #require(Double(smoothing)))
        var (sum, gradient) = (0.0, [Float](repeating: 0, count: 20))
        var scratch = [Float](repeating: 0, count: 4)
        for index in 0..<5 {
          let target = SampleTarget.mixed(
            text.labels[index], text.labels[(index + 4) % 5], share: one.share)
          logits.withUnsafeBufferPointer { logits in
            let output = UnsafeBufferPointer(rebasing: logits[4 * index..<4 * index + 4])
            sum += loss.value(of: output, target: target, scratch: &scratch)
            var part = [Float](repeating: 0, count: 4)
            loss.setGradient(&part, of: output, target: target, share: 0.2, scratch: &scratch)
            gradient.replaceSubrange(4 * index..<4 * index + 4, with: part)
          }
        }
        #expect(abs(sum / 5 - expected.loss) < 1e-6)
        for (found, wanted) in zip(gradient, expected.gradient) {
          #expect(abs(Double(found) - wanted) < 1e-6)
        }
      }
    }
  }

  @Test func `the label is that of the larger share`() {
    #expect(SampleTarget.mixed(1, 2, share: 0.7).label == 1)
    #expect(SampleTarget.mixed(1, 2, share: 0.3).label == 2)
  }

  @Test func `batches are the same for any number of workers`() throws {
    let data = try Dataset.synthetic(train: 70, test: 10)
    let pipeline = try AugmentationPipeline([.horizontalFlip()], for: data)
    func batches(_ workers: Int, _ mixing: [Mixing]) throws -> [[Float]] {
      let stream = try BatchStream(
        set: data.train, pipeline: pipeline, mixing: mixing, batchSize: 16, seed: 3, workers: workers)
      var all: [[Float]] = []
      stream.epoch(1) { batch in
        all.append(Array(batch.images) + [Float(batch.share)])
        #expect(batch.otherLabels.count == (mixing.isEmpty ? 0 : batch.count))
        for i in batch.otherLabels.indices {
          #expect(batch.otherLabels[i] == batch.labels[(i + batch.count - 1) % batch.count])
        }
      }
      return all
    }
    let mixing: [Mixing] = [.mixup(alpha: 0.4), .cutmix()]
    #expect(try batches(1, mixing) == batches(3, mixing))
    #expect(try batches(1, mixing) != batches(1, []))
  }

  @Test(arguments: [0.01, 0.2, 1, 8])
  func `shares are from the beta distribution`(alpha: Double) {
    var random = RandomStream(seed: 1, .mixing)
    let shares = (0..<4000).map { _ in random.beta(alpha) }
    let mean = shares.reduce(0, +) / 4000
    let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    #expect(shares.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(abs(mean - 0.5) < 0.03)
    #expect(abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.01)
  }

  @Test func `a box lies in the image, and its area is the other image's share`() {
    var random = RandomStream(seed: 2, .mixing)
    for _ in 0..<300 {
      let drawn = Mixing.cutmix().drawParameters(for: ImageSize(6, 9), from: &random)
      let box = drawn.box ?? Mixing.Box(rows: 0..<0, columns: 0..<0)
      #expect(box.rows.lowerBound >= 0 && box.rows.upperBound <= 6 && box.columns.upperBound <= 9)
      #expect(abs(1 - drawn.share - Double(box.rows.count * box.columns.count) / 54) < 1e-12)
    }
  }

  @Test func `a loss without soft labels and data with numbers are refused before training`() throws {
    let data = try ImageData(Dataset.synthetic(train: 40, test: 10), mixing: [.mixup()])
    let model = try Model("M", seed: 1) {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 10)
      LogSoftmax()
    }
    struct Hinge: ClassificationLoss {
      var description: String { ".hinge" }
      func validate() throws {}
      func remedy(forModelEndingIn ending: OutputKind) -> String? { nil }
      func value(
        of output: UnsafeBufferPointer<Float>, label: Int, scratch: UnsafeMutablePointer<Float>
      ) -> Double { 0 }
      func setGradient(
        _ gradient: UnsafeMutablePointer<Float>, of output: UnsafeBufferPointer<Float>, label: Int,
        share: Double,
        scratch: UnsafeMutablePointer<Float>
      ) {}
    }
    let error = #expect(throws: TrainingError.self) {
      try TrainingRecipe(epochs: 1, loss: Loss(Hinge())).check(model, on: data.outline)
    }
    #expect(
      error?.description
        == "loss .hinge does not take the soft labels of mixing; train with .nll or .crossEntropy(), or load the "
        + "data without mixing")
    #expect(throws: TrainingError.self) {
      try ImageData(Dataset.synthetic(train: 40, test: 10, target: .size), mixing: [.mixup()])
    }
    #expect(throws: AugmentationError.self) {
      try ImageData(Dataset.synthetic(train: 40, test: 10), mixing: [.cutmix(alpha: 0)])
    }
  }

  @Test func `training on mixed batches lowers the loss and depends on no number of threads`() throws {
    func losses(_ threads: Int, _ mixing: [Mixing]) throws -> [Double] {
      let data = try ImageData(Dataset.synthetic(train: 100, test: 20), batchSize: 20, mixing: mixing)
      let model = try Model("M", seed: 1) {
        Conv2d(3, 4, kernelSize: 3)
        ReLU()
        AdaptiveAvgPool2d(1)
        Flatten()
        Linear(4, 10)
        LogSoftmax()
      }
      return try Trainer(model, data, TrainingRecipe(epochs: 2), threads: threads, seed: 1).run()
        .epochs.map(\.trainLoss)
    }
    let mixed = try losses(1, [.mixup(), .cutmix()])
    #expect(try losses(3, [.mixup(), .cutmix()]) == mixed)
    #expect(try losses(1, []) != mixed && mixed[1] < mixed[0])
  }
}
