import Testing

@testable import Neural

/// Users who deploy the model after a training need to know which epoch's weights it has, and to choose the best.
@Suite struct BestWeightsTests {
  /// A training whose best epoch is not its last: the rate is far too high.
  private static func recipe(restore: Bool, epochs: Int = 6, earlyStopping: Int? = nil) -> TrainingRecipe {
    TrainingRecipe(
      epochs: epochs, optimizer: .sgd(learningRate: 0.5, momentum: 0.9), earlyStopping: earlyStopping,
      restoreBestWeights: restore)
  }

  private static func train(
    _ recipe: TrainingRecipe, from state: TrainingState? = nil, threads: Int = 1,
    onState: @escaping (TrainingState) -> Void = { _ in }
  ) throws -> (model: Model, history: History, files: [String: [String: Tensor]]) {
    let folder = try TemporaryDirectory()
    let model = try ResumeTests.model()
    let trainer = try Trainer(model, try ResumeTests.data.get(), recipe, threads: threads, seed: 3)
    trainer.checkpointDirectory = folder.file("weights")
    trainer.onState = onState
    trainer.stateEvery = 1
    if let state { try trainer.resume(from: state) }
    let history = try trainer.run()
    var files: [String: [String: Tensor]] = [:]
    for name in ["best", "last"] {
      files[name] = try Checkpoint(path: folder.file("weights/\(name).safetensors")).state
    }
    return (model, history, files)
  }

  @Test func `the model is left with the weights that were asked for, and says which`() throws {
    let last = try Self.train(Self.recipe(restore: false))
    let best = try Self.train(Self.recipe(restore: true))
    let epoch = try #require(last.history.best?.epoch)
    try #require(epoch < 6, "the example needs a best epoch before the last")
    #expect(last.model.state == last.files["last"] && best.model.state == best.files["best"])
    #expect(best.files == last.files && best.history.epochs.map(\.train) == last.history.epochs.map(\.train))
    #expect(best.history.trainEvaluation == last.history.trainEvaluation)
    #expect(
      "\(last.model.weightsOrigin)"
        == "weights after the last epoch, 6; the best on the validation images was epoch \(epoch)")
    #expect(
      "\(best.model.weightsOrigin)" == "weights after epoch \(epoch), the best on the validation images")
  }

  @Test func `a resumed training restores the same weights, for any number of threads`() throws {
    var states: [TrainingState] = []
    let whole = try Self.train(Self.recipe(restore: true), onState: { states.append($0) })
    for (index, state) in states.enumerated() {
      let resumed = try Self.train(
        Self.recipe(restore: true), from: TrainingState(bytes: state.bytes()), threads: 1 + index % 3)
      #expect(resumed.model.state == whole.model.state, "state \(index)")
      #expect(resumed.model.weightsOrigin == whole.model.weightsOrigin)
    }
    // The choice changes no byte of the training, so a state of either serves both.
    let other = try Self.train(Self.recipe(restore: false), from: states.last)
    #expect(other.model.state == whole.files["last"])
  }

  @Test func `early stopping restores the best weights too`() throws {
    let stopped = try Self.train(Self.recipe(restore: true, epochs: 30, earlyStopping: 2))
    #expect(stopped.history.stoppedEarly)
    #expect(stopped.model.state == stopped.files["best"])
  }

  /// Two evaluations after epoch 3 of two trainings are of different weights.
  @Test func `evaluations say which training of the model they belong to`() throws {
    let model = try ResumeTests.model()
    func train(_ model: Model) throws -> String {
      let recipe = Self.recipe(restore: true, epochs: 1)
      _ = try Trainer(model, try ResumeTests.data.get(), recipe, threads: 1, seed: 3).run()
      return "\(model.weightsOrigin)"
    }
    #expect(try train(model) == "weights after epoch 1, the best on the validation images")
    #expect(
      try train(model)
        == "weights after epoch 1 of training 2 of the model, the best on the validation images")
    // A copy from the cache, and weights that are read between two trainings, do not start the count over.
    let copy = try ResumeTests.model(seed: 8)
    try Checkpoint(Checkpoint(of: model).contents).restore(into: copy)
    let folder = try TemporaryDirectory()
    try Checkpoint(state: model.state).write(to: folder.file("a.safetensors"))
    try Checkpoint(path: folder.file("a.safetensors")).restore(into: copy)
    let second = try ResumeTests.model(seed: 9)
    try Checkpoint(Checkpoint(of: copy).contents).restore(into: second)
    #expect(
      try train(second)
        == "weights after epoch 1 of training 3 of the model, the best on the validation images")
  }

  @Test func `weights say where they come from after every way to get them`() throws {
    let folder = try TemporaryDirectory()
    let model = try ResumeTests.model()
    #expect("\(model.weightsOrigin)" == "initial weights")
    let trained = WeightsOrigin.TrainedEpoch(epoch: 4, last: 4, best: 2, split: .test)
    model.setState(model.state, origin: .training(trained))
    let copy = Checkpoint(Checkpoint(of: model).contents)
    let other = try ResumeTests.model(seed: 8)
    try copy.restore(into: other)
    #expect(other.weightsOrigin == .training(trained), "a cached copy is the model itself")
    try Checkpoint(of: model).write(to: folder.file("a.safetensors"))
    try Checkpoint(path: folder.file("a.safetensors")).restore(into: other)
    #expect(
      "\(other.weightsOrigin)"
        == "weights from a.safetensors (after the last epoch, 4; the best on the test images was epoch 2)")
    try Checkpoint(Checkpoint(of: other).contents).restore(into: model)
    #expect(model.weightsOrigin == other.weightsOrigin)
    // PyTorch's files do not say.
    try Checkpoint(state: model.state, metadata: ["format": "pt"]).write(to: folder.file("b.safetensors"))
    try Checkpoint(path: folder.file("b.safetensors")).restore(into: model)
    #expect("\(model.weightsOrigin)" == "weights from b.safetensors")
    model.state = other.state
    #expect(model.weightsOrigin == .other)
  }
}
