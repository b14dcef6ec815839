/// How to train: the numbers of a run.
public struct TrainingRecipe: Sendable {
  public var epochs: Int
  public var optimizer: Optimizer
  public var schedule: Schedule
  public var loss: Loss
  /// Stop after so many epochs without a better test accuracy; `nil`: never.
  public var earlyStopping: Int?
  /// A test accuracy to aim at, as a share; it is reported, not enforced.
  public var target: Double?
  public var gradientClipping: GradientClipping?
  public var precision: Precision

  public init(
    epochs: Int, optimizer: Optimizer = .adamW(), schedule: Schedule = .constant, loss: Loss = .nll,
    earlyStopping: Int? = nil, target: Double? = nil, gradientClipping: GradientClipping? = nil,
    precision: Precision = .float32
  ) {
    self.epochs = epochs
    self.optimizer = optimizer
    self.schedule = schedule
    self.loss = loss
    self.earlyStopping = earlyStopping
    self.target = target
    self.gradientClipping = gradientClipping
    self.precision = precision
  }

  /// - Throws: ``TrainingError``, ``OptimizerError`` or ``ScheduleError`` for a value out of range.
  public func validate(batchesPerEpoch: Int) throws {
    guard (1...100_000).contains(epochs) else {
      throw TrainingError(.value(name: "epochs", expected: "in 1…100,000", found: "\(epochs)"))
    }
    if let earlyStopping, earlyStopping < 1 {
      throw TrainingError(.value(name: "earlyStopping", expected: "at least 1", found: "\(earlyStopping)"))
    }
    if let target, !(0...1).contains(target) {
      throw TrainingError(.value(name: "target", expected: "a share in 0…1", found: "\(target)"))
    }
    try optimizer.validate()
    try gradientClipping?.validate()
    try schedule.validate(with: optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
  }

  /// - Throws: as ``validate(batchesPerEpoch:)``, and ``TrainingError`` where data, model and loss do not fit.
  public func check(_ model: Model, on data: DataOutline) throws {
    try validate(batchesPerEpoch: data.batchesPerEpoch)
    try model.check(against: data)
    try loss.check(endOf: model)
  }
}

/// Where a running training stands; one a batch.
public struct BatchProgress: Sendable {
  /// Counted from 1.
  public var epoch: Int
  public var epochs: Int
  public var batch: Int
  public var batches: Int
  public var imagesPerSecond: Double
  /// Running means over the epoch so far.
  public var loss: Double
  public var accuracy: Double
  /// Of the whole run.
  public var secondsLeft: Double
}

/// Trains a model on image data: batches, steps, evaluation, checkpoints.
///
///     let trainer = try Trainer(model, data, TrainingRecipe(epochs: 2), threads: 2, seed: 1)
///     let history = try trainer.run()
///
/// The same seed gives the same bytes for any number of threads.
public final class Trainer {
  private let model: Model
  private let data: ImageData
  private let recipe: TrainingRecipe
  private let seed: UInt64
  private let plan: Plan
  private let slots: [FloatBuffer]
  private let slotBuffers: [UnsafeMutableBufferPointer<Float>]
  private var cursor: ScheduleCursor
  private var history: History
  /// The epochs that have ended, also when the run was cut short.
  public var partialHistory: History { history }

  /// What training steps are computed with; ``Precision/float32`` where the processor cannot do what was asked.
  public var precision: Precision { plan.precision }

  /// Where `best.safetensors` and `last.safetensors` go; `nil`: nowhere.
  public var checkpointDirectory: String?
  public var onBatch: (BatchProgress) -> Void = { _ in }
  /// Called after every epoch, its record last in the history.
  public var onEpoch: (History) throws -> Void = { _ in }
  /// Called before the training set is scored in evaluation mode, after the last epoch.
  public var onFinalScore: () -> Void = {}
  /// Asked after every batch.
  public var shouldStop: () -> Bool = { false }

  /// Compiles the model for the data's batches; all of the run's memory is allocated here.
  public init(_ model: Model, _ data: ImageData, _ recipe: TrainingRecipe, threads: Int, seed: UInt64) throws
  {
    try recipe.check(model, on: data.outline)
    self.model = model
    self.data = data
    self.recipe = recipe
    self.seed = seed
    plan = try Plan(
      model, batchSize: data.batchSize, loss: recipe.loss, threads: threads, seed: seed,
      precision: recipe.precision, mode: .training)
    try plan.load(model.state)
    let count = plan.parameters.count
    slots = (0..<recipe.optimizer.slotCount).map { _ in FloatBuffer(zeros: count) }
    slotBuffers = slots.map(\.buffer)
    cursor = ScheduleCursor(
      schedule: recipe.schedule, optimizer: recipe.optimizer, batchesPerEpoch: data.batchesPerEpoch,
      epochs: recipe.epochs)
    history = History(
      modelName: model.name, plannedEpochs: recipe.epochs, batchesPerEpoch: data.batchesPerEpoch,
      batchSize: data.batchSize,
      imagesPerEpoch: data.dropLast ? data.batchesPerEpoch * data.batchSize : data.train.count)
    history.patience = recipe.earlyStopping
    history.target = recipe.target
  }

  /// Runs all epochs, or until early stopping; leaves the last weights in the model.
  ///
  /// - Throws: ``TrainingError`` where the loss is not finite or the user stopped; what `onEpoch` throws;
  ///   ``CheckpointError`` where weights cannot be written.
  public func run() throws -> History {
    let stream = try BatchStream(
      set: data.train, pipeline: data.pipeline, batchSize: data.batchSize, dropLast: data.dropLast,
      shuffle: true,
      seed: seed)
    let clock = ContinuousClock()
    for epoch in 1...recipe.epochs {
      let start = clock.now
      let train = try trainEpoch(epoch, stream, since: start, clock)
      model.state = plan.state()
      let test = try Scorer.score(
        plan, data.held, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
      // Read after the epoch's last step, before a per-epoch schedule moves on, as the published log does.
      let learningRate = try cursor.learningRate
      cursor.epochEnded(metric: test.loss)
      let best = history.best?.testAccuracy
      let isBest = best.map { test.accuracy > $0 } ?? true
      history.epochs.append(
        EpochRecord(
          epoch: epoch, trainLoss: train.loss, trainAccuracy: train.accuracy, testLoss: test.loss,
          testAccuracy: test.accuracy, learningRate: learningRate,
          seconds: (clock.now - start).seconds, isBest: isBest,
          epochsWithoutImprovement: isBest ? 0 : (history.last?.epochsWithoutImprovement ?? 0) + 1))
      try saveCheckpoints(isBest: isBest)
      if let patience = recipe.earlyStopping, let last = history.last,
        last.epochsWithoutImprovement >= patience, epoch < recipe.epochs
      {
        history.stoppedEarly = true
      }
      try onEpoch(history)
      if history.stoppedEarly { break }
    }
    history.scheduleCurve = try recipe.schedule.curve(
      optimizer: recipe.optimizer, batches: min(40, data.batchesPerEpoch * recipe.epochs),
      batchesPerEpoch: data.batchesPerEpoch)
    onFinalScore()
    history.trainEvaluation = try Scorer.score(
      plan, data.train, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
    return history
  }

  private func trainEpoch(
    _ epoch: Int, _ stream: BatchStream, since start: ContinuousClock.Instant, _ clock: ContinuousClock
  ) throws -> Score {
    var seen = 0
    var correct = 0
    var loss = 0.0
    var batchIndex = 0
    try stream.epoch(epoch - 1) { batch in
      let point = try cursor.point
      guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
      let result = try plan.trainStep(
        images: images, labels: labels, count: batch.count, step: cursor.batches)
      guard result.loss.isFinite else {
        throw TrainingError(
          .notFinite(
            epoch: epoch, step: cursor.batches + 1, learningRate: point.learningRate,
            kept: history.lastCheckpoint))
      }
      recipe.gradientClipping?.apply(to: plan.gradients)
      recipe.optimizer.update(
        plan.parameters, gradients: UnsafeBufferPointer(plan.gradients), slots: slotBuffers,
        time: cursor.batches + 1, learningRate: point.learningRate, momentum: point.momentum)
      cursor.batchEnded()
      seen += batch.count
      correct += result.correct
      loss += result.loss * Double(batch.count)
      batchIndex += 1
      report(epoch, batchIndex, seen, loss / Double(seen), Double(correct) / Double(seen), clock.now - start)
      if shouldStop() { throw TrainingError(.interrupted(epoch: epoch)) }
    }
    return Score(loss: loss / Double(max(1, seen)), accuracy: Double(correct) / Double(max(1, seen)))
  }

  private func report(
    _ epoch: Int, _ batch: Int, _ seen: Int, _ loss: Double, _ accuracy: Double, _ elapsed: Duration
  ) {
    let rate = Double(seen) / max(elapsed.seconds, 1e-9)
    let imagesLeft = Double(history.imagesPerEpoch) * Double(recipe.epochs - epoch + 1) - Double(seen)
    // An epoch also evaluates; what earlier epochs took tells how long that is.
    let perEpoch = history.last.map { $0.seconds } ?? Double(history.imagesPerEpoch) / rate
    let left = min(imagesLeft / rate, .infinity)
    let known = Double(recipe.epochs - epoch) * perEpoch + max(0, perEpoch - elapsed.seconds)
    onBatch(
      BatchProgress(
        epoch: epoch, epochs: recipe.epochs, batch: batch, batches: history.batchesPerEpoch,
        imagesPerSecond: rate, loss: loss, accuracy: accuracy,
        secondsLeft: history.epochs.isEmpty ? left : known))
  }

  private func saveCheckpoints(isBest: Bool) throws {
    guard let directory = checkpointDirectory, let last = history.last else { return }
    try AtomicFile.createDirectory(directory)
    var metadata = ["format": "pt", "model": model.name, "epoch": "\(last.epoch)"]
    metadata["test_accuracy"] = "\(last.testAccuracy)"
    let checkpoint = Checkpoint(of: model, batchesTracked: cursor.batches, metadata: metadata)
    for name in isBest ? ["last", "best"] : ["last"] {
      try checkpoint.write(to: "\(directory)/\(name).safetensors")
    }
    history.lastCheckpoint = "\(directory)/last.safetensors"
    if isBest { history.bestCheckpoint = "\(directory)/best.safetensors" }
  }
}

extension Duration {
  /// As a number of seconds.
  public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
