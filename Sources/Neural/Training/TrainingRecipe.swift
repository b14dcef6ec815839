/// The hyperparameters of a training run.
public struct TrainingRecipe: Sendable {
  /// Passes over the training images, 1…100,000.
  public var epochs: Int
  /// The optimizer.
  public var optimizer: Optimizer
  /// The learning-rate schedule.
  public var schedule: Schedule
  /// The loss; it decides the task.
  public var loss: Loss
  /// The weight of each class in the loss; `nil` weights all samples equally.
  public var classWeights: ClassWeights?
  /// The number of epochs without improvement of the metric on the evaluated images after which training stops; `nil`
  /// disables early stopping.
  public var earlyStopping: Int?
  /// Whether the model is left with the weights of the best epoch (Keras: `restore_best_weights`), not of the last.
  public var restoreBestWeights: Bool
  /// The value of the task's metric to reach on the evaluated images, such as an accuracy in 0…1; it is reported, not enforced.
  public var target: Double?
  /// The gradient clipping; `nil` for none.
  public var gradientClipping: GradientClipping?
  /// The precision of training steps.
  public var precision: Precision
  /// The average of the weights that is evaluated and saved; `nil` for the weights themselves.
  public var averaging: WeightAveraging?
  /// The parameters that weight decay applies to.
  public var decay: DecayScope
  /// Parameters with their own learning rate or weight decay. No parameter may belong to two groups.
  public var groups: [ParameterGroup]
  /// The number of batches whose gradients are averaged for an update, at least 1. At the end of an epoch, an update may
  /// have fewer.
  public var accumulate: Int

  /// The task of the loss; its metric decides which epoch is best.
  public var task: TrainingTask { loss.task }

  /// The number of epochs that a training can have.
  public static let epochRange = 1...100_000

  /// Creates a recipe.
  public init(
    epochs: Int, optimizer: Optimizer = .adamW(), schedule: Schedule = .constant, loss: Loss = .nll,
    earlyStopping: Int? = nil, restoreBestWeights: Bool = false, target: Double? = nil,
    gradientClipping: GradientClipping? = nil,
    precision: Precision = .float32, classWeights: ClassWeights? = nil,
    averaging: WeightAveraging? = nil, decay: DecayScope = .allParameters, groups: [ParameterGroup] = [],
    accumulate: Int = 1
  ) {
    self.epochs = epochs
    self.optimizer = optimizer
    self.schedule = schedule
    self.loss = loss
    self.earlyStopping = earlyStopping
    self.restoreBestWeights = restoreBestWeights
    self.target = target
    self.gradientClipping = gradientClipping
    self.precision = precision
    self.classWeights = classWeights
    self.averaging = averaging
    self.decay = decay
    self.groups = groups
    self.accumulate = accumulate
  }

  /// Optimizer updates in an epoch.
  public func updatesPerEpoch(batches: Int) -> Int { updates(after: batches, of: batches) }

  /// Optimizer updates in the first `batch` batches of an epoch.
  func updates(after batch: Int, of batches: Int) -> Int {
    let size = max(1, accumulate)
    return batch / size + (batch == batches && !batch.isMultiple(of: size) ? 1 : 0)
  }

  /// The recipe with the weights of the data's classes in its loss.
  ///
  /// - Throws: ``TrainingError`` if they do not fit.
  func withWeightedLoss(for data: DataOutline) throws -> TrainingRecipe {
    var recipe = self
    recipe.loss = try loss.weighted(by: classWeights, for: data)
    return recipe
  }

  /// - Throws: ``TrainingError``, ``OptimizerError`` or ``ScheduleError`` for a value out of range.
  public func validate(batchesPerEpoch: Int) throws {
    guard Self.epochRange.contains(epochs) else {
      throw TrainingError(.value(name: "epochs", expected: "in 1…100,000", found: "\(epochs)"))
    }
    if let earlyStopping, earlyStopping < 1 {
      throw TrainingError(.value(name: "earlyStopping", expected: "at least 1", found: "\(earlyStopping)"))
    }
    if let target { try Self.check(target: target, for: task) }
    try loss.function.validate()
    try optimizer.validate()
    try gradientClipping?.validate()
    guard accumulate >= 1 else {
      throw TrainingError(.value(name: "accumulate", expected: "at least 1", found: "\(accumulate)"))
    }
    try averaging?.validate(epochs: epochs)
    for group in groups { try group.validate() }
    try schedule.validate(
      with: optimizer, batchesPerEpoch: updatesPerEpoch(batches: batchesPerEpoch), epochs: epochs)
    try schedule.check(with: optimizer, groups)
    try schedule.validate(for: task)
  }

  /// - Throws: ``TrainingError`` if the task's metric never has this value.
  static func check(target: Double, for task: TrainingTask) throws {
    if !(target.isFinite && task.metric.range.contains(target)) {
      throw TrainingError(.value(name: "target", expected: task.metric.rangeText, found: "\(target)"))
    }
  }

  /// - Throws: as ``validate(batchesPerEpoch:)``, and ``TrainingError`` if data, model and loss do not fit.
  public func check(_ model: Model, on data: DataOutline) throws {
    try validate(batchesPerEpoch: data.batchesPerEpoch)
    try model.check(groups)
    try loss.check(data.dataset)
    _ = try loss.weighted(by: classWeights, for: data)
    try loss.check(mixing: data.mixing)
    try model.check(against: data)
    try loss.check(endOf: model)
    try model.graph.checkStatistics(trainedOn: data)
  }
}
