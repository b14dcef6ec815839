import Foundation
import Testing

@testable import Neural

/// An interrupted and resumed training gives the same bytes as an uninterrupted one.
@Suite struct ResumeTests {
  /// The result of a training without its times.
  struct Outcome: Equatable {
    var weights: [String: Tensor]
    var slots: [String: [String: Tensor]]?
    var history: History
    var told: [Int]
    var files: [String: Data]

    /// Adds the optimizer's state from the last saved state.
    mutating func add(_ state: TrainingState?) { slots = state?.slots }
  }

  struct Course: Sendable, CustomTestStringConvertible {
    var name: String
    var optimizer: Optimizer
    var schedule: Schedule
    var precision = Precision.float32
    var averaging: WeightAveraging?
    var accumulate = 1
    var groups: [ParameterGroup] = []
    var testDescription: String { name }
  }

  static let courses: [Course] = {
    let cyclic = Schedule.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 2, stepSizeDown: 3)
    let mixed = Precision.mixedBFloat16.supported
    return [
      Course(
        name: "SGD, one-cycle", optimizer: .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true),
        schedule: .oneCycle(maxLR: 0.05)),
      Course(name: "plain SGD, constant", optimizer: .sgd(learningRate: 0.1), schedule: .constant),
      Course(name: "AdamW, cyclic, mixed", optimizer: .adamW(), schedule: cyclic, precision: mixed),
      Course(
        name: "Adam, plateau", optimizer: .adam(learningRate: 0.01),
        schedule: .plateau(mode: .max, factor: 0.5, patience: 0, threshold: 0)),
      Course(
        name: "RMSprop, step, mixed", optimizer: .rmsProp(learningRate: 0.001, momentum: 0.5),
        schedule: .step(stepSize: 1), precision: mixed),
      Course(
        name: "RMSprop, custom", optimizer: .rmsProp(learningRate: 0.001),
        schedule: .custom { 0.001 * Double($0 + 1) }),
      Course(
        name: "EMA, accumulated", optimizer: .adamW(learningRate: 0.01),
        schedule: .warmup(batches: 3, then: .plateau(patience: 0, threshold: 0)),
        averaging: .ema(decay: 0.8), accumulate: 2, groups: [ParameterGroup("6", learningRate: 0.02)]),
      Course(
        name: "SWA, mixed", optimizer: .sgd(learningRate: 0.1, momentum: 0.9), schedule: .step(stepSize: 1),
        precision: mixed, averaging: .swa(fromEpoch: 2)),
      Course(
        name: "SWA from the first epoch", optimizer: .nAdam(), schedule: .constant,
        averaging: .swa(fromEpoch: 1), accumulate: 3),
    ]
  }()

  static let data = Result {
    try ImageData(
      Dataset.synthetic(train: 44, test: 10), batchSize: 12,
      augmentation: [.horizontalFlip(), .shiftScaleRotate()], validation: 0.2, seed: 5)
  }

  static func model(seed: UInt64 = 5, dropout: Double = 0.2) throws -> Model {
    try Model("Tiny", seed: seed) {
      Conv2d(3, 4, kernelSize: 3, stride: 4, padding: 1)
      BatchNorm2d(4)
      ReLU()
      Dropout2d(dropout)
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(4, 10)
      LogSoftmax()
    }
  }

  static func recipe(_ course: Course, epochs: Int = 2, earlyStopping: Int? = nil) -> TrainingRecipe {
    TrainingRecipe(
      epochs: epochs, optimizer: course.optimizer, schedule: course.schedule, earlyStopping: earlyStopping,
      gradientClipping: .norm(1), precision: course.precision, averaging: course.averaging,
      groups: course.groups, accumulate: course.accumulate)
  }

  /// Trains from the beginning or from a state, in its own folder.
  static func train(
    _ recipe: TrainingRecipe, from bytes: [UInt8]? = nil, threads: Int = 1,
    onState: (TrainingState) throws -> Void = { _ in }, configure: (Trainer) -> Void = { _ in }
  ) throws -> Outcome {
    let folder = try TemporaryDirectory()
    let model = try model()
    let trainer = try Trainer(model, try data.get(), recipe, threads: threads, seed: 3)
    trainer.checkpointDirectory = folder.file("weights")
    var told: [Int] = []
    trainer.onEpoch = { history in told.append(history.epochs.count) }
    var last: TrainingState?
    configure(trainer)
    let history: History = try withoutActuallyEscaping(onState) { onState in
      trainer.onState = {
        last = $0
        try onState($0)
      }
      defer { trainer.onState = nil }
      if let bytes { try trainer.resume(from: TrainingState(bytes: bytes)) }
      return try trainer.run()
    }
    var untimed = history
    for index in untimed.epochs.indices { untimed.epochs[index].seconds = 0 }
    (untimed.bestCheckpoint, untimed.lastCheckpoint) = (
      history.bestCheckpoint.map { ($0 as NSString).lastPathComponent },
      history.lastCheckpoint.map { ($0 as NSString).lastPathComponent }
    )
    var files: [String: Data] = [:]
    for name in ["best", "last"] {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder.file("weights/\(name).safetensors")))
    }
    return Outcome(
      weights: model.state, slots: last?.slots, history: untimed, told: told, files: files)
  }

  /// The states after every batch of a training as bytes, and the training's outcome.
  static func states(_ recipe: TrainingRecipe) throws -> (states: [[UInt8]], outcome: Outcome) {
    var states: [[UInt8]] = []
    let outcome = try train(recipe, onState: { states.append($0.bytes()) }, configure: { $0.stateEvery = 1 })
    return (states, outcome)
  }

  @Test(arguments: courses) func everyBatchIsAPlaceToGoOnFrom(_ course: Course) throws {
    let recipe = Self.recipe(course)
    let (states, whole) = try Self.states(recipe)
    // Two epochs of three batches, the last of them short; the end; and the end with the training set's score.
    #expect(states.count == 8)
    for (index, bytes) in states.enumerated() {
      let state = try TrainingState(bytes: bytes)
      #expect(state.bytes() == bytes)
      var resumed = try Self.train(recipe, from: bytes, threads: 1 + index % 3)
      // If nothing remains to be trained, no state is saved again.
      if resumed.slots == nil { resumed.add(state) }
      #expect(resumed == whole, "\(course.name) after state \(index)")
    }
  }

  @Test(arguments: [courses[0], courses[2], courses[6], courses[8]])
  func anInterruptionKeepsTheState(_ course: Course) throws {
    let recipe = Self.recipe(course)
    let whole = try Self.train(recipe)
    // Called after every batch of training and evaluation: 3 + 1 per epoch, and 3 for the training set. Computing the
    // running statistics of an average takes three more.
    let passes = course.averaging?.recomputesStatistics == true ? 3 : 0
    for stop in 1...11 + 2 * passes {
      var kept: [UInt8]?
      var asked = 0
      let error = #expect(throws: TrainingError.self) {
        _ = try Self.train(
          recipe, onState: { kept = $0.bytes() },
          configure: { trainer in
            trainer.shouldStop = {
              asked += 1
              return asked == stop
            }
          })
      }
      guard case .interrupted? = error?.fact else {
        Issue.record("expected an interruption, found \(String(describing: error))")
        continue
      }
      let bytes = try #require(kept)
      let resumed = try Self.train(recipe, from: bytes, threads: 2)
      #expect(resumed.weights == whole.weights && resumed.files == whole.files, "stop \(stop)")
      #expect(resumed.history == whole.history && resumed.told == whole.told, "stop \(stop)")
      #expect(resumed.slots == whole.slots, "stop \(stop)")
    }
  }

  @Test(
    arguments: courses.filter {
      !$0.schedule.dependsOnPlannedEpochs && $0.averaging != .swa(fromEpoch: 2)
    })
  func moreEpochsAreTrainedOnTopAsInOneGo(_ course: Course) throws {
    let whole = try Self.train(Self.recipe(course, epochs: 5))
    // The plateau schedule depends on the losses of earlier epochs.
    if course.schedule.watchesMetric, course.averaging == nil {
      #expect(Set(whole.history.epochs.map(\.learningRate)).count > 2)
    }
    for epochs in [1, 3] {
      var end: [UInt8]?
      _ = try Self.train(Self.recipe(course, epochs: epochs), onState: { end = $0.bytes() })
      #expect(try Self.train(Self.recipe(course, epochs: 5), from: end) == whole, "from \(epochs) epochs")
    }
  }

  @Test func fewerEpochsAndFittedSchedulesAreRefusedWithTheReason() throws {
    var end: TrainingState?
    let adam = Self.recipe(Self.courses[3], epochs: 2)
    _ = try Self.train(adam, onState: { end = $0 })
    let state = try #require(end)
    #expect(adam.obstacle(to: state) == nil)
    #expect(
      Self.recipe(Self.courses[3], epochs: 1).obstacle(to: state)?.description
        == "the saved state already has 2 epochs, but only 1 was requested")
    #expect(Self.courses[0].schedule.dependsOnPlannedEpochs)
    #expect(
      Self.recipe(Self.courses[0], epochs: 3).obstacle(to: state)?.description
        == "schedule OneCycleLR depends on the number of epochs, which changed from 2 to 3")
    // The state of another optimizer, and the weights of another network.
    let data = try Self.data.get()
    let trainer = try Trainer(
      try Self.model(), data, Self.recipe(Self.courses[1]), threads: 1, seed: 3)
    #expect(throws: ResumeError.self) { try trainer.resume(from: state) }
    let other = try Model("Other") {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 10)
      LogSoftmax()
    }
    #expect(throws: CheckpointError.self) {
      try Trainer(other, data, adam, threads: 1, seed: 3).resume(from: state)
    }
  }

  @Test func earlyStoppingCountsAcrossABreakAndMorePatienceGoesOn() throws {
    let frozen = Course(name: "frozen", optimizer: .sgd(learningRate: 0), schedule: .constant)
    let patient = Self.recipe(frozen, epochs: 20, earlyStopping: 3)
    let (states, whole) = try Self.states(patient)
    #expect(whole.history.stoppedEarly)
    for bytes in states[(states.count / 2)...] {
      let resumed = try Self.train(patient, from: bytes)
      #expect(resumed.history == whole.history && resumed.files == whole.files)
    }
    let more = Self.recipe(frozen, epochs: 20, earlyStopping: 5)
    #expect(try Self.train(more, from: states.last).history == Self.train(more).history)
    let less = Self.recipe(frozen, epochs: 20, earlyStopping: 2)
    let count = whole.history.epochs.count
    #expect(
      less.obstacle(to: try TrainingState(bytes: try #require(states.last)))?.description
        == "earlyStopping: 2 would have stopped after epoch \(count - 1), but the saved state has \(count) epochs"
    )
    // With one epoch less of patience, the state is within the epoch after its end.
    let within = try #require(
      try states.map { try TrainingState(bytes: $0) }.last {
        $0.unfinished != nil && $0.epochs.count == count - 1
      })
    var kept = 0
    let early = try Self.train(less, from: within.bytes(), onState: { _ in kept += 1 })
    #expect(early.history == (try Self.train(less)).history)
    #expect(early.files == (try Self.train(less)).files)
    #expect(kept == 0, "what has come further stays kept")
  }

  @Test func anEpochsSecondsAddUpOverItsParts() throws {
    let recipe = Self.recipe(Self.courses[2])
    var state = try TrainingState(bytes: Self.states(recipe).states[3])
    state.unfinished?.seconds = 1000
    state.epochs[0].seconds = 500
    let trainer = try Trainer(try Self.model(), try Self.data.get(), recipe, threads: 1, seed: 3)
    try trainer.resume(from: state)
    let seconds = try trainer.run().epochs.map(\.seconds)
    #expect(seconds[0] == 500)
    #expect(seconds[1] > 1000 && seconds[1] < 1100)
  }

  @Test func theBestEpochsWeightsOutliveABreak() throws {
    let recipe = Self.recipe(Self.courses[2], epochs: 6)
    let (states, whole) = try Self.states(recipe)
    let behind = try states.map { try TrainingState(bytes: $0) }.filter { $0.bestWeights != nil }
    #expect(behind.contains { $0.unfinished != nil } && behind.contains { $0.unfinished == nil })
    for state in behind {
      #expect(try Self.train(recipe, from: state.bytes()).files == whole.files)
    }
  }

  @Test func aLossThatIsNotFiniteLeavesTheLastGoodState() throws {
    let wild = Course(
      name: "wild", optimizer: .sgd(learningRate: 1), schedule: .custom { $0 < 4 ? 0.01 : 1e60 })
    var states: [TrainingState] = []
    #expect(throws: TrainingError.self) {
      _ = try Self.train(
        Self.recipe(wild, epochs: 4), onState: { states.append($0) }, configure: { $0.stateEvery = 1 })
    }
    #expect(!states.isEmpty)
    #expect(states.allSatisfy { $0.isFinite })
  }

  @Test func aStateThatCannotBeKeptIsToldOnceAndTrainingGoesOn() throws {
    struct Full: Error {}
    var failures = 0
    let whole = try Self.train(Self.recipe(Self.courses[2]))
    let other = try Self.train(
      Self.recipe(Self.courses[2]), onState: { _ in throw Full() },
      configure: { trainer in
        trainer.stateEvery = 1
        trainer.onStateFailure = { _ in failures += 1 }
      })
    #expect(failures == 1)
    #expect(other == whole)
  }
}
