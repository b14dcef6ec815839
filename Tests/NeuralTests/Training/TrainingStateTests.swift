import Foundation
import Testing

@testable import Neural

/// Saved states may be damaged: whatever the bytes, reading them gives a state or an error.
@Suite struct TrainingStateTests {
  private func kept() throws -> [[UInt8]] {
    try ResumeTests.states(ResumeTests.recipe(ResumeTests.courses[2])).states
  }

  @Test func doublesComeBackAsTheyWere() throws {
    var state = try TrainingState(bytes: try #require(try kept().last))
    state.epochs[0].evaluation.loss = -.nan
    state.epochs[1].evaluation.loss = -.infinity
    state.epochs[0].trainLoss = 0.1 + 0.2
    state.epochs[1].seconds = -0.0
    state.trainEvaluation = Score(loss: .nan, accuracy: 1 / 3)
    let back = try TrainingState(bytes: state.bytes())
    #expect(back.bytes() == state.bytes())
    for (a, b) in zip(back.epochs, state.epochs) {
      #expect(a.evaluation.loss.bitPattern == b.evaluation.loss.bitPattern)
      #expect(a.trainLoss.bitPattern == b.trainLoss.bitPattern)
      #expect(a.seconds.bitPattern == b.seconds.bitPattern)
    }
  }

  @Test func cutBytesAreAnError() throws {
    let bytes = try kept()[4]
    for count in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: (any Error).self, "\(count) bytes") {
        _ = try TrainingState(bytes: Array(bytes[..<count]))
      }
    }
    #expect(throws: CheckpointError.self) { _ = try TrainingState(bytes: bytes + [0]) }
  }

  @Test func changedBytesNeverTrap() throws {
    let data = try ResumeTests.data.get()
    let recipe = ResumeTests.recipe(ResumeTests.courses[2])
    let trainer = try Trainer(try ResumeTests.model(), data, recipe, threads: 1, seed: 3)
    var refused = 0
    for bytes in [try kept()[4], try #require(try kept().last)] {
      let header = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
      let places = Array(0..<header) + Array(stride(from: header, to: bytes.count, by: 61))
      for place in places {
        for flip: UInt8 in [0x01, 0x80] {
          var damaged = bytes
          damaged[place] ^= flip
          do { try trainer.resume(from: TrainingState(bytes: damaged)) } catch { refused += 1 }
        }
      }
      // Bytes that change only a number's last digit are still a valid state; a separate digest detects them.
      #expect(refused > header)
    }
  }

  @Test func countsThatCannotBeRightAreRefused() throws {
    let data = try ResumeTests.data.get()
    let recipe = ResumeTests.recipe(ResumeTests.courses[2])
    let whole = try TrainingState(bytes: try kept()[4])
    func isRefused(_ what: String, _ change: (inout TrainingState) -> Void) throws {
      var state = whole
      change(&state)
      let trainer = try Trainer(try ResumeTests.model(), data, recipe, threads: 1, seed: 3)
      #expect(throws: (any Error).self, "\(what)") {
        try trainer.resume(from: TrainingState(bytes: state.bytes()))
      }
    }
    try isRefused("trained on what it is evaluated on") { $0.split = .train }
    try isRefused("no epochs planned") { $0.plannedEpochs = 0 }
    try isRefused("too many epochs") { $0.plannedEpochs = .max }
    try isRefused("batch size") { $0.batchSize = .max }
    try isRefused("no batch") { $0.batchSize = 0 }
    try isRefused("another batch size") { ($0.batchSize, $0.batchesPerEpoch) = (6, 6) }
    try isRefused("batches") { $0.batchesPerEpoch = .max }
    try isRefused("images") { $0.imagesPerEpoch = .max }
    try isRefused("batch") { $0.unfinished?.batch = 4 }
    try isRefused("batch 0") { $0.unfinished?.batch = 0 }
    try isRefused("right answers") { $0.unfinished?.correct = .max }
    try isRefused("fewer than none") { $0.unfinished?.correct = -1 }
    try isRefused("loss") { $0.unfinished?.loss = .nan }
    try isRefused("seconds") { $0.unfinished?.seconds = .infinity }
    try isRefused("an accuracy") { $0.epochs[0].evaluation[.accuracy] = 1.5 }
    try isRefused("a score within an epoch") { $0.trainEvaluation = Score(loss: 0, accuracy: 0) }
    try isRefused("a slot") { $0.slots["exp_avg"] = nil }
    try isRefused("another slot") { $0.slots["more"] = [:] }
    try isRefused("a slot's tensor") { $0.slots["exp_avg"]?["0.weight"] = nil }
    try isRefused("a slot's shape") { $0.slots["exp_avg"]?["0.weight"] = Tensor(zeros: [2]) }
    try isRefused("a weight") { $0.weights["0.weight"] = nil }
    try isRefused("one weight more") { $0.weights["x"] = Tensor(zeros: [1]) }
    try isRefused("the last weights") { $0.lastWeights = nil }
    try isRefused("the last weights' shape") { $0.lastWeights?["0.weight"] = Tensor(zeros: [2]) }
    try isRefused("best weights that are the last") { $0.bestWeights = $0.weights }
  }

  @Test func tablesAndNamesThatAreNoTrainingsAreRefused() throws {
    let bytes = try #require(try kept().last)
    func isRefused(_ what: String, _ change: (inout Safetensors) -> Void) throws {
      var file = try Safetensors(bytes: bytes, file: "state")
      change(&file)
      #expect(throws: ResumeError.self, "\(what)") { _ = try TrainingState(bytes: file.bytes()) }
    }
    func table(_ shape: [Int]) -> Safetensors.IntegerTensor {
      Safetensors.IntegerTensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    }
    for shape in [[2, 5], [3, 4], [12], [], [2, 7], [2, 6, 1], [100_001, 6], [13, 1]] {
      try isRefused("\(shape)") { $0.integers["epochs"] = table(shape) }
    }
    try isRefused("no table") { $0.integers = [:] }
    try isRefused("another table") { $0.integers["more"] = table([1]) }
    try isRefused("no format") { $0.metadata["format"] = nil }
    try isRefused("another format") { $0.metadata["format"] = "pt" }
    try isRefused("no numbers") { $0.metadata["numbers"] = nil }
    try isRefused("numbers") { $0.metadata["numbers"] = "{\"plannedEpochs\": 1e300}" }
    try isRefused("no slots") { $0.metadata["slots"] = "" }
    for name in ["x", "", ".", "weights.a", "optimizer", "optimizer.", "optimizer.x.y"] {
      try isRefused("'\(name)'") { $0.tensors[name] = Tensor(zeros: [1]) }
    }
  }
}

/// States that earlier versions saved of a classification are still read.
@Suite struct TrainingStateFormatTests {
  @Test func aClassificationIsKeptInTheFormItAlwaysHad() throws {
    var state = try #require(
      try ResumeTests.states(ResumeTests.recipe(ResumeTests.courses[2])).states.dropLast(3).last.map {
        try TrainingState(bytes: $0)
      })
    state.epochs[0].seconds = 2
    state.unfinished = .init(batch: 2, loss: 0.5, sums: [7], seconds: 1)
    let file = try Safetensors(bytes: state.bytes(), file: "state")
    #expect(file.metadata["format"] == "quire-training-1")
    #expect(file.metadata["slots"] == "exp_avg exp_avg_sq")
    #expect(
      file.metadata["numbers"] == """
        {
          "batchSize" : 12,
          "batchesPerEpoch" : 3,
          "imagesPerEpoch" : 34,
          "plannedEpochs" : 2,
          "split" : "validation",
          "threads" : 1,
          "unfinished" : {
            "batch" : 2,
            "correct" : 7,
            "loss" : 4602678819172646912,
            "seconds" : 4607182418800017408
          }
        }

        """)
    let epoch = state.epochs[0]
    #expect(file.integers["epochs"]?.shape == [1, 6])
    #expect(
      file.integers["epochs"]?.values.map { Double(bitPattern: UInt64(bitPattern: $0)) } == [
        epoch.train.loss, epoch.train.values[0], epoch.evaluation.loss, epoch.evaluation.values[0],
        epoch.learningRate, 2,
      ])
  }
}
