/// Smith's learning-rate range test: trains a copy of a model for some batches while the learning rate rises
/// exponentially.
///
///     let finder = LearningRateFinder(loss: .nll)
///     let curve = try finder.run(model, on: data, threads: 2, seed: 1)
///     curve.valley
///
/// The model keeps its weights. The test stops when the smoothed loss exceeds four times its minimum, or is not finite.
public struct LearningRateFinder: Sendable {
  /// The rate of the first batch, above 0.
  public var startLR: Double
  /// The rate that the last batch approaches, above `startLR`.
  public var endLR: Double
  /// The number of batches, 20…10,000.
  public var batches: Int
  /// The optimizer; its learning rate is replaced.
  public var optimizer: Optimizer
  /// The loss.
  public var loss: Loss
  /// The numeric precision.
  public var precision: Precision

  /// The numbers of batches that a test can have.
  public static let batchRange = 20...10_000
  /// The weight of the earlier losses in the smoothed loss (fastai: 0.98).
  static let smoothing = 0.98
  /// The test stops when the loss is this many times its minimum.
  static let divergence = 4.0

  /// Creates a test with fastai's defaults.
  public init(
    startLR: Double = 1e-7, endLR: Double = 10, batches: Int = 100, optimizer: Optimizer = .adamW(),
    loss: Loss = .nll, precision: Precision = .float32
  ) {
    self.startLR = startLR
    self.endLR = endLR
    self.batches = batches
    self.optimizer = optimizer
    self.loss = loss
    self.precision = precision
  }

  /// The learning rate of a batch, counted from 0.
  func rate(of batch: Int) -> Double {
    startLR * Math.pow(endLR / startLR, Double(batch) / Double(batches))
  }

  /// The training that the test runs.
  ///
  /// - Throws: ``TrainingError`` for a value out of range.
  public func recipe(batchesPerEpoch: Int) throws -> TrainingRecipe {
    guard startLR > 0, startLR.isFinite else {
      throw TrainingError(.value(name: "startLR", expected: "a finite number above 0", found: "\(startLR)"))
    }
    guard endLR > startLR, endLR.isFinite else {
      throw TrainingError(.value(name: "endLR", expected: "above startLR, \(startLR)", found: "\(endLR)"))
    }
    guard Self.batchRange.contains(batches) else {
      throw TrainingError(.value(name: "batches", expected: "in 20…10,000", found: "\(batches)"))
    }
    let epochs = (batches - 1) / max(1, batchesPerEpoch) + 1
    return TrainingRecipe(
      epochs: epochs, optimizer: optimizer, schedule: .custom { rate(of: $0) }, loss: loss,
      precision: precision)
  }

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - model: the model; it is not changed.
  ///   - data: the data, whose training images are used with their augmentation.
  ///   - threads: number of threads, 1…256; does not affect the result.
  ///   - seed: the seed of the order of the images, the augmentation and dropout.
  ///   - shouldStop: called after each batch; if it returns true, the test throws a ``TrainingError``.
  /// - Throws: ``TrainingError`` if model, loss and data do not fit, for a value out of range, or if the loss diverged
  ///   too early; ``PlanError``.
  public func run(
    _ model: Model, on data: ImageData, threads: Int, seed: UInt64, shouldStop: () -> Bool = { false }
  ) throws -> LearningRateCurve {
    let recipe = try recipe(batchesPerEpoch: data.batchesPerEpoch)
    try recipe.check(model, on: data.outline)
    let loop = try TrainingLoop(
      model, recipe, batchSize: data.batchSize, batchesPerEpoch: data.batchesPerEpoch, threads: threads,
      seed: seed)
    let stream = try BatchStream(
      set: data.train, pipeline: data.pipeline, batchSize: data.batchSize, dropLast: data.dropLast,
      shuffle: true, seed: seed)
    var test = Progress()
    do {
      for epoch in 0..<recipe.epochs where !test.diverged {
        try loop.epoch(epoch, of: stream, limit: batches - test.rates.count) { batch in
          test.add(batch.result.loss, at: rate(of: test.rates.count))
          if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
          if test.diverged { throw Divergence() }
        }
      }
    } catch is Divergence {
    } catch let error as TrainingError where error.isDivergence {
      // The loss was not finite; that batch has no place on the curve.
    }
    return try LearningRateCurve(
      modelName: model.name, rates: test.rates, losses: test.losses, plannedBatches: batches)
  }

  /// Ends the test.
  private struct Divergence: Error {}

  /// The curve so far.
  struct Progress {
    var rates: [Double] = []
    var losses: [Double] = []
    var diverged = false
    private var mean = 0.0
    private var least = Double.infinity

    /// Adds a batch's loss, smoothed with the bias correction of an average that begins at 0.
    mutating func add(_ loss: Double, at rate: Double) {
      mean = loss + LearningRateFinder.smoothing * (mean - loss)
      rates.append(rate)
      let smoothed = mean / (1 - Math.pow(LearningRateFinder.smoothing, Double(rates.count)))
      losses.append(smoothed)
      least = min(least, smoothed)
      diverged = smoothed > LearningRateFinder.divergence * least
    }
  }
}
