import Foundation
import Support
import Testing

@testable import Neural

@Suite struct TrainerTests {
  private func data(batchSize: Int = 16, dropLast: Bool = true) throws -> ImageData {
    try ImageData(
      Dataset.synthetic(train: 80, test: 40), batchSize: batchSize, dropLast: dropLast,
      augmentation: [.horizontalFlip(), .shiftScaleRotate()], seed: 5)
  }

  private func tiny(seed: UInt64 = 5) throws -> Model {
    try Model("Tiny", seed: seed) {
      Conv2d(3, 8, kernelSize: 3, stride: 2, padding: 1)
      BatchNorm2d(8)
      ReLU()
      Dropout2d(0.1)
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(8, 10)
      LogSoftmax()
    }
  }

  private func train(threads: Int, seed: UInt64 = 5, epochs: Int = 2) throws -> (History, [String: Tensor]) {
    let model = try tiny()
    let recipe = TrainingRecipe(
      epochs: epochs, optimizer: .adamW(), schedule: .cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4))
    let history = try Trainer(model, try data(), recipe, threads: threads, seed: seed).run()
    return (history, model.state)
  }

  @Test func oneSeedGivesTheSameBytesForAnyNumberOfThreads() throws {
    let (first, state) = try train(threads: 1)
    for threads in [2, 3] {
      let (history, other) = try train(threads: threads)
      #expect(other == state, "\(threads) threads")
      #expect(history.epochs.map(\.evaluation.loss) == first.epochs.map(\.evaluation.loss))
    }
    #expect(try train(threads: 1, seed: 6).1 != state)
  }

  @Test func anEpochCountsTheImagesItSawAndReadsTheRateAfterItsLastStep() throws {
    let (history, _) = try train(threads: 1)
    #expect(history.batchesPerEpoch == 5)
    #expect(history.imagesPerEpoch == 80)
    // Five batches into a cycle of 4 up and 4 down: one batch after the maximum.
    #expect(abs(history.epochs[0].learningRate - 0.007525) < 1e-12)
    #expect(history.epochs[0].isBest)
    #expect(history.trainEvaluation != nil)
  }

  @Test func aLossThatIsNotFiniteStopsAndSaysWhere() throws {
    let recipe = TrainingRecipe(epochs: 3, optimizer: .sgd(learningRate: 1e30))
    let trainer = try Trainer(try tiny(), try data(), recipe, threads: 1, seed: 1)
    let error = #expect(throws: TrainingError.self) { try trainer.run() }
    guard case .notFinite(let epoch, let step, let rate, _)? = error?.fact else {
      Issue.record("expected notFinite, found \(String(describing: error))")
      return
    }
    #expect(epoch == 1)
    #expect(step >= 2)
    #expect(rate == 1e30)
  }

  @Test func earlyStoppingEndsAfterItsPatience() throws {
    let recipe = TrainingRecipe(epochs: 20, optimizer: .sgd(learningRate: 0), earlyStopping: 2)
    let history = try Trainer(try tiny(), try data(), recipe, threads: 1, seed: 1).run()
    #expect(history.stoppedEarly)
    #expect(history.epochs.count < 20)
    #expect(history.last?.epochsWithoutImprovement == 2)
  }

  @Test func checkpointsHoldTheBestAndTheLastWeights() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try AtomicFile.createDirectory(folder)
    let model = try tiny()
    let trainer = try Trainer(model, try data(), TrainingRecipe(epochs: 3), threads: 1, seed: 1)
    trainer.checkpointDirectory = folder
    let history = try trainer.run()
    let last = try Checkpoint(path: "\(folder)/last.safetensors")
    #expect(last.state == model.state)
    #expect(last.batchesTracked["1.num_batches_tracked"] == 15)
    let best = try Checkpoint(path: "\(folder)/best.safetensors")
    #expect(best.metadata["epoch"] == "\(history.bestEpoch)")
  }

  @Test func dataThatDoesNotFitTheModelIsRefused() throws {
    let wide = try Model("Wide", input: Shape(3, 64, 64)) {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 10)
    }
    #expect(throws: TrainingError.self) {
      try Trainer(wide, try data(), TrainingRecipe(epochs: 1), threads: 1, seed: 0)
    }
    let five = try Model("Five") {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 5)
    }
    let error = #expect(throws: TrainingError.self) {
      try Trainer(five, try data(), TrainingRecipe(epochs: 1), threads: 1, seed: 0)
    }
    #expect(
      error?.description
        == "the model predicts 5 classes but the data has 10; change the last layer to 10 outputs")
    for (epochs, batch) in [(0, 16), (1, 0), (1, 5000)] {
      #expect(throws: TrainingError.self) {
        try Trainer(
          try tiny(), try data(batchSize: batch), TrainingRecipe(epochs: epochs), threads: 1, seed: 0)
      }
    }
  }

  @Test func stoppingIsObeyedAfterTheBatch() throws {
    let trainer = try Trainer(try tiny(), try data(), TrainingRecipe(epochs: 3), threads: 1, seed: 1)
    var batches = 0
    trainer.onBatch = { _ in batches += 1 }
    trainer.shouldStop = { batches >= 3 }
    #expect(throws: TrainingError.self) { try trainer.run() }
    #expect(batches == 3)
  }
}
