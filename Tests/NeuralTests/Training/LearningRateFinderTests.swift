import Foundation
import Testing

@testable import Neural

/// Smith's range test with fastai's suggestions (`Fixtures/learning_rates.json`, written by
/// `scripts/make-fixtures learning_rates`).
@Suite struct LearningRateFinderTests {
  private struct Reference: Decodable {
    let batches: Int
    let losses, rates, smoothed: [Double]
    let valley, steep: Double
  }

  private func data(_ train: Int = 40) throws -> ImageData {
    try ImageData(Dataset.synthetic(train: train, test: 10), batchSize: 10, augmentation: [.horizontalFlip()])
  }

  private func network() throws -> Model {
    try model(
      [
        AdaptiveAvgPool2d(4), Flatten(), Linear(48, 16), BatchNorm1d(16), ReLU(), Linear(16, 10),
        LogSoftmax(),
      ],
      input: Shape(3, 32, 32), seed: 3)
  }

  @Test func `smoothing and suggestions are fastai's`() throws {
    let references = try JSONDecoder().decode(
      [Reference].self, from: Fixtures.data("learning_rates.json"))
    #expect(references.count == 4)
    for reference in references {
      let finder = LearningRateFinder(batches: reference.batches)
      var progress = LearningRateFinder.Progress()
      for (index, loss) in reference.losses.enumerated() { progress.add(loss, at: finder.rate(of: index)) }
      for (a, b) in zip(progress.losses, reference.smoothed) { #expect(abs(a - b) < 1e-9) }
      for (a, b) in zip(progress.rates, reference.rates) { #expect(abs(a / b - 1) < 1e-12) }
      let curve = try LearningRateCurve(
        modelName: "M", rates: reference.rates, losses: reference.smoothed, plannedBatches: reference.batches)
      #expect(curve.valley == reference.valley)
      #expect(curve.steepest == reference.steep)
      #expect(curve.diverged == (reference.rates.count < reference.batches))
    }
  }

  @Test func `the test leaves the model as it was, and depends only on the seed`() throws {
    let (model, data) = (try network(), try data())
    let before = model.state
    let curve = try LearningRateFinder().run(model, on: data, threads: 1, seed: 4)
    #expect(model.state == before)
    #expect(curve == (try LearningRateFinder().run(model, on: data, threads: 3, seed: 4)))
    #expect(curve != (try LearningRateFinder().run(model, on: data, threads: 1, seed: 5)))
    #expect(curve.rates.first == 1e-7 && curve.rates.count == curve.losses.count)
    #expect((1e-7..<10).contains(curve.valley) && (1e-7..<10).contains(curve.steepest))
  }

  @Test func `a loss that explodes ends the test`() throws {
    let curve = try LearningRateFinder(endLR: 1e4, batches: 60, optimizer: .sgd()).run(
      try network(), on: try data(), threads: 1, seed: 1)
    #expect(curve.diverged && curve.losses.allSatisfy(\.isFinite))
  }

  @Test func `a loss that is not finite from the start has nothing to suggest`() throws {
    let model = try network()
    model.state["2.weight"] = Tensor(shape: [16, 48], values: Array(repeating: .nan, count: 768))
    let error = #expect(throws: TrainingError.self) {
      try LearningRateFinder().run(model, on: try data(), threads: 1, seed: 1)
    }
    #expect(error?.fact == .noLearningRate(batches: 0, learningRate: nil))
  }

  @Test(arguments: [
    (LearningRateFinder(startLR: 0), "startLR must be a finite number above 0, found 0.0"),
    (LearningRateFinder(startLR: 1, endLR: 0.1), "endLR must be above startLR, 1.0, found 0.1"),
    (LearningRateFinder(batches: 19), "batches must be in 20…10,000, found 19"),
  ])
  func `values out of range are named`(finder: LearningRateFinder, message: String) throws {
    let error = #expect(throws: TrainingError.self) { try finder.recipe(batchesPerEpoch: 4) }
    #expect(error?.description == message)
  }
}
