/// The faults of a training, as far as its parts are known. A part that is unknown or at fault hides only the checks
/// that need it.
///
///     TrainingFaults(data: data, optimizer: .sgd(), schedule: .oneCycle(maxLR: 0.1)).errors
///     // [OneCycleLR cycles the momentum, but SGD has none; …]
public struct TrainingFaults: Sendable {
  /// The model; `nil` if it is unknown.
  public var model: Model?
  /// The data; `nil` if it is unknown.
  public var data: DataOutline?
  /// The number of epochs; `nil` if it is unknown.
  public var epochs: Int?
  /// The optimizer; `nil` if it is unknown.
  public var optimizer: Optimizer?
  /// The schedule; `nil` if it is unknown.
  public var schedule: Schedule?
  /// The loss; `nil` if it is unknown.
  public var loss: Loss?
  /// The weights of the classes; `nil` if there are none, or if they are unknown.
  public var classWeights: ClassWeights?
  /// The value of the metric to aim for; `nil` if there is none, or if it is unknown.
  public var target: Double?
  /// The average of the weights; `nil` if there is none, or if it is unknown.
  public var averaging: WeightAveraging?
  /// The parameter groups; `nil` if they are unknown.
  public var groups: [ParameterGroup]?
  /// The number of batches in an update; `nil` if it is unknown.
  public var accumulate: Int?

  /// Creates the parts of a training.
  public init(
    model: Model? = nil, data: DataOutline? = nil, epochs: Int? = nil, optimizer: Optimizer? = nil,
    schedule: Schedule? = nil, loss: Loss? = nil, target: Double? = nil,
    classWeights: ClassWeights? = nil, averaging: WeightAveraging? = nil, groups: [ParameterGroup]? = nil,
    accumulate: Int? = nil
  ) {
    self.model = model
    self.data = data
    self.epochs = epochs
    self.optimizer = optimizer
    self.schedule = schedule
    self.loss = loss
    self.target = target
    self.classWeights = classWeights
    self.averaging = averaging
    self.groups = groups
    self.accumulate = accumulate
  }

  /// Errors that do not depend on each other, as ``TrainingRecipe/check(_:on:)`` throws them one by one.
  public var errors: [any Error] {
    var found: [any Error] = []
    func attempt(_ check: () throws -> Void) -> Bool {
      do { try check() } catch {
        found.append(error)
        return false
      }
      return true
    }
    let suits = attempt { if let loss, let data { try loss.check(data.dataset) } }
    if suits {
      _ = attempt { if let loss, let data { _ = try loss.weighted(by: classWeights, for: data) } }
      _ = attempt { if let loss, let data { try loss.check(mixing: data.mixing) } }
      let fits = attempt { if let model, let data { try model.check(against: data) } }
      if fits { _ = attempt { if let model, let data { try model.graph.checkStatistics(trainedOn: data) } } }
      _ = attempt { if let model, let loss { try loss.check(endOf: model) } }
    }
    if let schedule {
      _ = attempt { if let loss { try schedule.validate(for: loss.task) } }
      _ = attempt { if let optimizer { try schedule.check(with: optimizer) } }
      _ = attempt {
        if let epochs, let data, let updates = updates(of: data) {
          try schedule.check(batchesPerEpoch: updates, epochs: epochs)
        }
      }
      _ = attempt { if let optimizer, let groups { try schedule.check(with: optimizer, groups) } }
    }
    _ = attempt { try averaging?.validate(epochs: epochs) }
    _ = attempt { for group in groups ?? [] { try group.validate() } }
    _ = attempt { if let model, let groups { try model.check(groups) } }
    _ = attempt { if let target, let loss { try TrainingRecipe.check(target: target, for: loss.task) } }
    return found
  }

  private func updates(of data: DataOutline) -> Int? {
    accumulate.map {
      TrainingRecipe(epochs: 1, accumulate: $0).updatesPerEpoch(batches: data.batchesPerEpoch)
    }
  }
}
