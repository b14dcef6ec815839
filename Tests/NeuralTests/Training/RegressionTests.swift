import Foundation
import Testing

@testable import Neural

/// Training that predicts numbers: the best epoch, early stopping and the target follow the mean absolute error.
@Suite struct RegressionTests {
  static func data(_ target: SyntheticTarget = .size, train: Int = 60, validation: Double = 0) throws
    -> ImageData
  {
    try ImageData(
      Dataset.synthetic(train: train, test: 20, target: target), batchSize: 16, validation: validation,
      seed: 5)
  }

  static func model(outputs: Int = 1, seed: UInt64 = 5) throws -> Model {
    try Model("Tiny", seed: seed) {
      Conv2d(3, 8, kernelSize: 3, stride: 2, padding: 1)
      BatchNorm2d(8)
      ReLU()
      Conv2d(8, 16, kernelSize: 3, stride: 2, padding: 1)
      BatchNorm2d(16)
      ReLU()
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(16, outputs)
    }
  }

  private func recipe(epochs: Int = 2, loss: Loss = .mse, earlyStopping: Int? = nil, target: Double? = nil)
    -> TrainingRecipe
  {
    TrainingRecipe(
      epochs: epochs, optimizer: .adamW(learningRate: 0.01), loss: loss, earlyStopping: earlyStopping,
      target: target)
  }

  @Test func `it learns the size of shapes`() throws {
    let model = try Self.model()
    let history = try Trainer(
      model, Self.data(train: 640), recipe(epochs: 8, target: 0.2), threads: 2, seed: 1
    ).run()
    let best = try #require(history.best)
    #expect(history.task == .regression && history.metric == .meanAbsoluteError)
    #expect(history.bestMetric == history.epochs.compactMap { $0.evaluation[.meanAbsoluteError] }.min())
    #expect(best.isBest)
    // Always answering the mean has an error of about 0.156.
    #expect(history.bestMetric < 0.13, "mean absolute error \(history.bestMetric)")
    #expect(try #require(best.evaluation[.rSquared]) > 0.1)
    #expect(history.reachedTarget == true)
    #expect(history.trainEvaluation?[.rSquared] != nil)
    #expect(history.bestTrainAccuracy.isNaN && best.evaluation.accuracy == nil)
  }

  @Test(arguments: [Loss.mse, .l1, .smoothL1()])
  func `one seed gives the same bytes for any number of threads`(loss: Loss) throws {
    func trained(_ threads: Int) throws -> ([String: Tensor], [Score]) {
      let model = try Self.model(outputs: 2)
      let history = try Trainer(
        model, Self.data(.angle), recipe(loss: loss), threads: threads, seed: 3
      ).run()
      return (model.state, history.epochs.flatMap { [$0.train, $0.evaluation] })
    }
    let one = try trained(1)
    for threads in [2, 3] { #expect(try trained(threads) == one, "\(threads) threads") }
  }

  @Test func `every batch is a place to resume from`() throws {
    func run(from bytes: [UInt8]?, keep: @escaping (TrainingState) -> Void = { _ in }) throws
      -> ([String: Tensor], [Score])
    {
      let model = try Self.model(outputs: 2)
      let trainer = try Trainer(model, Self.data(.angle, validation: 0.2), recipe(), threads: 2, seed: 3)
      trainer.stateEvery = 1
      trainer.onState = keep
      if let bytes { try trainer.resume(from: TrainingState(bytes: bytes)) }
      let history = try trainer.run()
      let scores = history.epochs.flatMap { [$0.train, $0.evaluation] }
      return (model.state, scores + [try #require(history.trainEvaluation)])
    }
    var states: [[UInt8]] = []
    let whole = try run(from: nil) { states.append($0.bytes()) }
    #expect(states.count == 8)
    for (index, bytes) in states.enumerated() {
      #expect(try TrainingState(bytes: bytes).bytes() == bytes)
      #expect(try run(from: bytes) == whole, "state \(index)")
    }
    // A classification cannot resume from it.
    let trainer = try Trainer(
      ResumeTests.model(), ResumeTests.data.get(), ResumeTests.recipe(ResumeTests.courses[2]), threads: 1,
      seed: 3)
    let error = #expect(throws: ResumeError.self) {
      try trainer.resume(from: TrainingState(bytes: try #require(states.last)))
    }
    #expect(error?.fact == .other(name: "the task", expected: "classification", found: "regression"))
  }

  @Test func `damaged sums and scores are refused`() throws {
    var states: [TrainingState] = []
    let trainer = try Trainer(Self.model(), Self.data(), recipe(), threads: 1, seed: 3)
    trainer.stateEvery = 1
    trainer.onState = { states.append($0) }
    _ = try trainer.run()
    func isRefused(_ state: TrainingState, _ change: (inout TrainingState) -> Void) throws {
      var state = state
      change(&state)
      let other = try Trainer(Self.model(), Self.data(), recipe(), threads: 1, seed: 3)
      #expect(throws: (any Error).self) { try other.resume(from: TrainingState(bytes: state.bytes())) }
    }
    try isRefused(states[0]) { $0.unfinished?.sums = [1] }
    try isRefused(states[0]) { $0.unfinished?.sums[0] = .nan }
    let last = try #require(states.last)
    try isRefused(last) { $0.epochs[0].evaluation[.meanAbsoluteError] = -1 }
    try isRefused(last) { $0.epochs[0].train[.rSquared] = 2 }
    try isRefused(last) { $0.trainEvaluation = Score(loss: 1, accuracy: 0.5) }
  }

  @Test func `early stopping follows the error`() throws {
    let frozen = TrainingRecipe(epochs: 20, optimizer: .sgd(learningRate: 0), loss: .l1, earlyStopping: 2)
    let history = try Trainer(Self.model(), Self.data(), frozen, threads: 1, seed: 1).run()
    #expect(history.stoppedEarly && history.last?.epochsWithoutImprovement == 2)
  }

  @Test func `logs and tables name the metrics`() throws {
    let folder = try TemporaryDirectory()
    let trainer = try Trainer(Self.model(), Self.data(), recipe(target: 0.5), threads: 1, seed: 1)
    trainer.checkpointDirectory = folder.file("weights")
    let history = try trainer.run()
    let first = try #require(history.epochs.first)
    #expect(
      history.csv.hasPrefix(
        "epoch,train_loss,train_mae,train_r2,test_loss,test_mae,test_r2,learning_rate,seconds,best\n"))
    var read = History.epochs(csv: history.csv)
    for index in read.indices { read[index].seconds = history.epochs[index].seconds }
    #expect(read == history.epochs)
    #expect(first.logLine(of: 2).contains(/Train: \d\.\d{4} \(MAE \d\.\d{4}, R² -?\d+\.\d{4}\)/))
    #expect(first.verdictLine(patience: nil).contains("(Test MAE: "))
    let results = history.resultsText
    #expect(results.contains("Best Test Mean Absolute Error: ") && results.contains("Final Test R²: "))
    #expect(results.contains("Target Achievement: ✅ (0.5)"))
    let best = try Checkpoint(path: folder.file("weights/best.safetensors"))
    #expect(best.metadata["test_mae"] != nil && best.metadata["test_accuracy"] == nil)
  }

  @Test func `an evaluation has the predictions beside the targets`() throws {
    let (model, data) = (try Self.model(outputs: 2), try Self.data(.angle))
    let evaluation = try model.evaluate(data.test, of: data, split: .test, threads: 2)
    let values = try #require(evaluation.values)
    #expect(evaluation.count == 20 && evaluation.samples.isEmpty && evaluation.accuracy.isNaN)
    #expect(values.targets == data.test.values && values.predictions.count == 40)
    let error = zip(values.targets, values.predictions).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) }
    #expect(abs(evaluation.meanAbsoluteError - error / 40) < 1e-9)
    #expect(abs(evaluation.loss - values.losses.reduce(0, +) / 20) < 1e-6)
    #expect(evaluation.rSquared < 1)
    let absolute = try model.evaluate(data.test, of: data, split: .test, threads: 2, loss: .l1)
    #expect(abs(absolute.loss - evaluation.meanAbsoluteError) < 1e-9)
    let image = try #require(data.test.image(at: 0))
    let predicted = try model.predict([image], data: data, threads: 1)
    #expect(Deviation(predicted[0], Array(values.predictions[..<2])).largest < 1e-5)
  }

  @Test func `what does not fit together is named`() throws {
    func message(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe) -> String? {
      do { try recipe.check(model, on: data.outline) } catch { return "\(error)" }
      return nil
    }
    let (sizes, shapes) = (try Self.data(), try ResumeTests.data.get())
    #expect(
      message(try Self.model(), shapes, recipe())
        == "loss .mse needs numbers as targets, but 'synthetic' has classes; train with .nll or .crossEntropy()"
    )
    #expect(
      message(try ResumeTests.model(), sizes, recipe(loss: .nll))
        == "loss .nll needs classes as targets, but 'synthetic sizes' has numbers; train with .mse, .l1 or "
        + ".smoothL1()")
    #expect(
      message(try Self.model(outputs: 3), sizes, recipe())
        == "the model has 3 outputs but the data has 1 number to predict for each image (size); change the last "
        + "layer to 1 output")
    let ended = try Model("Ended") {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 1)
      LogSoftmax()
    }
    #expect(
      message(ended, sizes, recipe())
        == "loss .mse does not fit a model that ends in LogSoftmax; remove LogSoftmax(): the loss compares the outputs "
        + "with the targets")
    #expect(
      message(try Self.model(), sizes, recipe(target: -1))
        == "target must be a finite number, at least 0.0, found -1.0")
    #expect(message(try Self.model(), sizes, recipe(target: 1.5)) == nil)
  }
}
