/// All that a training needs to go on after a batch, as if it had never stopped: ``Trainer`` gives it and takes it.
///
///     let trainer = try Trainer(model, data, recipe, threads: 2, seed: 1)
///     trainer.onState = { try AtomicFile.write($0.bytes(), to: "training.safetensors") }
///     // later, with an equal model, data and seed:
///     try trainer.resume(from: TrainingState(bytes: FileBytes.read("training.safetensors", limit: 1 << 30)))
///     let history = try trainer.run()
///
/// Where the schedule stands is not in it: it follows from the epochs' losses and the number of batches.
public struct TrainingState: Sendable, Hashable {
  /// An epoch that has begun.
  public struct UnfinishedEpoch: Sendable, Hashable {
    /// Batches that have ended, at least 1; all of them where only the evaluation is left.
    public var batch = 0
    /// Images with the right answer so far.
    public var correct = 0
    /// The sum of the images' losses so far.
    public var loss = 0.0
    public var seconds = 0.0
  }

  /// The epochs that have ended.
  public internal(set) var epochs: [EpochRecord]
  /// The epoch after them, if it has begun.
  public internal(set) var unfinished: UnfinishedEpoch?
  /// How many epochs were to be trained.
  public internal(set) var plannedEpochs: Int
  public internal(set) var batchesPerEpoch: Int
  public internal(set) var batchSize: Int
  /// Training images seen in one epoch.
  public internal(set) var imagesPerEpoch: Int
  /// The training set in evaluation mode; `nil` where it has not been scored after the last epoch.
  public internal(set) var trainEvaluation: Score?
  /// How many threads trained; `nil` where that is not known, or parts were trained with different numbers of them.
  public internal(set) var threads: Int?
  /// Parameters and running statistics by PyTorch's names.
  public internal(set) var weights: [String: Tensor]
  /// The optimizer's state: slots' names, and in each the parameters' names.
  public internal(set) var slots: [String: [String: Tensor]]
  /// The weights after the last epoch that ended; `nil` where they are ``weights`` or no epoch has ended.
  public internal(set) var lastWeights: [String: Tensor]?
  /// The weights after the best epoch; `nil` where that is the last epoch or no epoch has ended.
  public internal(set) var bestWeights: [String: Tensor]?

  /// The best epoch's record.
  public var best: EpochRecord? { epochs.last(where: \.isBest) }

  /// The weights after the last epoch that ended.
  var endWeights: [String: Tensor]? { epochs.isEmpty ? nil : lastWeights ?? weights }

  /// - Throws: ``ResumeError`` or ``CheckpointError`` where batches or tensors are not those of such a training.
  func check(fits model: Model, _ optimizer: Optimizer, _ history: History) throws {
    for (name, expected, found) in [
      ("the number of batches per epoch", history.batchesPerEpoch, batchesPerEpoch),
      ("the batch size", history.batchSize, batchSize),
      ("the number of images per epoch", history.imagesPerEpoch, imagesPerEpoch),
    ] where expected != found {
      throw ResumeError(.other(name: name, expected: "\(expected)", found: "\(found)"))
    }
    for (name, tensors) in [
      ("weights", weights), ("last epoch's weights", lastWeights), ("best epoch's weights", bestWeights),
    ] {
      guard let tensors else { continue }
      try CheckpointOutline(shapes: tensors.mapValues(\.shape), others: [], file: name).check(fits: model)
    }
    guard slots.keys.sorted() == optimizer.slotNames.sorted() else {
      throw ResumeError(
        .other(
          name: "the optimizer's state", expected: optimizer.slotNames.sorted().joined(separator: ", "),
          found: slots.keys.sorted().joined(separator: ", ")))
    }
    let trained = model.graph.parameters.filter(\.specification.isTrained)
    let shapes = Dictionary(trained.map { ($0.name, $0.specification.shape) }) { $1 }
    for (slot, tensors) in slots where tensors.mapValues(\.shape) != shapes {
      throw ResumeError(
        .other(
          name: "the optimizer's \(slot)", expected: "the size of the model's parameters",
          found: "another size"))
    }
  }

  /// Whether every weight and every number of the optimizer's is finite: where one is not, training has diverged.
  var isFinite: Bool {
    ([weights] + slots.values).allSatisfy { tensors in
      tensors.values.allSatisfy { $0.values.allSatisfy(\.isFinite) }
    }
  }
}

extension TrainingRecipe {
  /// Why a training by this recipe cannot go on from there; `nil` where what was kept is its beginning.
  ///
  /// More epochs, another target and more patience are no obstacle: what was stopped early goes on. Model, data and
  /// the recipe's other parts are compared by ``TrainingIdentity``.
  public func obstacle(to state: TrainingState) -> ResumeError? {
    let found = state.epochs.count
    if schedule.dependsOnPlannedEpochs, state.plannedEpochs != epochs {
      return ResumeError(.schedule(name: schedule.name, planned: [state.plannedEpochs], asked: epochs))
    }
    if found > epochs { return ResumeError(.epochs(found: found, asked: epochs)) }
    if let patience = earlyStopping, let end = earlyEnd(of: state.epochs), end < found {
      return ResumeError(.stopped(epoch: end, patience: patience, found: found))
    }
    return nil
  }

  /// After which of these epochs early stopping ends the training; `nil` where it goes on or all epochs are done.
  func earlyEnd(of records: [EpochRecord]) -> Int? {
    guard let patience = earlyStopping else { return nil }
    let end = records.first { $0.epochsWithoutImprovement >= patience }?.epoch
    return end.flatMap { $0 < epochs ? $0 : nil }
  }
}
