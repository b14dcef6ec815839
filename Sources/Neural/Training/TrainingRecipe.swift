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

  static let mostEpochs = 100_000

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
    guard (1...Self.mostEpochs).contains(epochs) else {
      throw TrainingError(.value(name: "epochs", expected: "in 1…100,000", found: "\(epochs)"))
    }
    if let earlyStopping, earlyStopping < 1 {
      throw TrainingError(.value(name: "earlyStopping", expected: "at least 1", found: "\(earlyStopping)"))
    }
    if let target, !(0...1).contains(target) {
      throw TrainingError(.value(name: "target", expected: "a fraction in 0…1", found: "\(target)"))
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
