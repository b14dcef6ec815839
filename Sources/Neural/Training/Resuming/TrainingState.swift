/// The state needed to resume training after a batch as if it had never stopped.
///
///     let trainer = try Trainer(model, data, recipe, threads: 2, seed: 1)
///     trainer.onState = { try AtomicFile.write($0.bytes(), to: "training.safetensors") }
///     // later, with an equal model, data and seed:
///     try trainer.resume(from: TrainingState(bytes: FileBytes.read("training.safetensors", limit: 1 << 30)))
///     let history = try trainer.run()
///
/// The position in the schedule is not saved: it is derived from the losses of the epochs and the number of
/// batches.
public struct TrainingState: Sendable, Hashable {
  /// An epoch that has begun.
  public struct UnfinishedEpoch: Sendable, Hashable {
    /// The number of finished batches, at least 1; all of them if only the evaluation remains.
    public var batch = 0
    /// The sum of the images' losses so far.
    public var loss = 0.0
    /// The sums that the task's metrics are computed from, so far.
    public var sums: [Double] = []
    /// The duration of the epoch so far, in seconds.
    public var seconds = 0.0

    /// In a classification, images with the right answer so far.
    var correct: Int {
      get { sums.first.flatMap { Int(exactly: $0) } ?? -1 }
      set { sums = [Double(newValue)] }
    }
  }

  /// The task of the training.
  public internal(set) var task: TrainingTask
  /// The images that the epochs were evaluated on.
  public internal(set) var split: Split
  /// The epochs that have ended.
  public internal(set) var epochs: [EpochRecord]
  /// The epoch after them, if it has begun.
  public internal(set) var unfinished: UnfinishedEpoch?
  /// The number of planned epochs.
  public internal(set) var plannedEpochs: Int
  /// Batches per epoch.
  public internal(set) var batchesPerEpoch: Int
  /// Images per batch.
  public internal(set) var batchSize: Int
  /// Training images seen in one epoch.
  public internal(set) var imagesPerEpoch: Int
  /// The score on the training set in evaluation mode; `nil` before it is measured after the last epoch.
  public internal(set) var trainEvaluation: Score?
  /// The number of threads; `nil` if it is unknown, or parts were trained with different numbers of them.
  public internal(set) var threads: Int?
  /// Parameters and running statistics by PyTorch's names.
  public internal(set) var weights: [String: Tensor]
  /// The optimizer's state, by slot name and parameter name.
  public internal(set) var slots: [String: [String: Tensor]]
  /// The weights after the last finished epoch; `nil` if they equal ``weights`` or no epoch has finished.
  public internal(set) var lastWeights: [String: Tensor]?
  /// The weights after the best epoch; `nil` if that is the last finished epoch or no epoch is the best.
  public internal(set) var bestWeights: [String: Tensor]?

  /// The average of the weights so far; `nil` if nothing is averaged yet.
  public internal(set) var average: Average?
  /// The sum of the gradients since the last update; `nil` if there are none.
  public internal(set) var gradients: [String: Tensor]?

  /// An average of weights.
  public struct Average: Sendable, Hashable {
    /// The number of weights in it, at least 1.
    public var count: Int
    /// Parameters and running statistics by PyTorch's names.
    public var weights: [String: Tensor]
  }

  /// The weights after the last epoch that ended.
  var endWeights: [String: Tensor]? { epochs.isEmpty ? nil : lastWeights ?? weights }

  /// - Throws: ``ResumeError`` or ``CheckpointError`` where batches or tensors are not those of such a training.
  func check(fits model: Model, _ recipe: TrainingRecipe, _ history: History) throws {
    let optimizer = recipe.optimizer
    guard task == history.task else {
      throw ResumeError(.other(name: "the task", expected: history.task.name, found: task.name))
    }
    let sums = MetricTerms(task.metrics, outputs: model.output.elements).termsPerSample
    if let unfinished, unfinished.sums.count != sums {
      throw ResumeError(
        .other(name: "the number of sums", expected: "\(sums)", found: "\(unfinished.sums.count)"))
    }
    for (name, expected, found) in [
      ("the number of batches per epoch", history.batchesPerEpoch, batchesPerEpoch),
      ("the batch size", history.batchSize, batchSize),
      ("the number of images per epoch", history.imagesPerEpoch, imagesPerEpoch),
    ] where expected != found {
      throw ResumeError(.other(name: name, expected: "\(expected)", found: "\(found)"))
    }
    for (name, tensors) in [
      ("weights", weights), ("last epoch's weights", lastWeights), ("best epoch's weights", bestWeights),
      ("averaged weights", average?.weights),
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
    try checkAverage(recipe)
    let pending = (unfinished?.batch).map { $0 == batchesPerEpoch ? 0 : $0 % recipe.accumulate } ?? 0
    guard (gradients == nil) == (pending == 0), gradients.map({ $0.mapValues(\.shape) == shapes }) ?? true
    else {
      throw ResumeError(
        .other(
          name: "the sum of gradients", expected: "\(pending) batches of the model's parameters",
          found: gradients == nil ? "none" : "others"))
    }
    for (slot, tensors) in slots where tensors.mapValues(\.shape) != shapes {
      throw ResumeError(
        .other(
          name: "the optimizer's \(slot)", expected: "the size of the model's parameters",
          found: "another size"))
    }
  }

  /// - Throws: ``ResumeError`` if the average does not have the weights that belong to it by now.
  private func checkAverage(_ recipe: TrainingRecipe) throws {
    let updates = recipe.updatesPerEpoch(batches: batchesPerEpoch)
    let begun = unfinished.map { recipe.updates(after: $0.batch, of: batchesPerEpoch) } ?? 0
    var expected = 0...0
    if let averaging = recipe.averaging {
      let ended = averaging.count(afterEpoch: epochs.count, updates: updates)
      // Whether an epoch that still has to be evaluated is in an average of epochs depends on where it was interrupted.
      let next = averaging.count(afterEpoch: epochs.count + 1, updates: updates)
      expected =
        averaging.takesEveryUpdate
        ? ended + begun...ended + begun
        : ended...(unfinished?.batch == batchesPerEpoch ? next : ended)
    }
    guard expected.contains(average?.count ?? 0) else {
      throw ResumeError(
        .other(
          name: "the number of averaged weights", expected: "\(expected.upperBound)",
          found: "\(average?.count ?? 0)"))
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
  /// The reason why training with this recipe cannot resume from a state; `nil` if it can.
  ///
  /// More epochs, a different target and more patience are allowed: training that stopped early resumes.
  /// ``TrainingIdentity`` compares the model, the data and the rest of the recipe.
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

  /// The epoch after which early stopping ends the training; `nil` if it does not.
  func earlyEnd(of records: [EpochRecord]) -> Int? {
    guard let patience = earlyStopping else { return nil }
    let end = records.first { $0.epochsWithoutImprovement >= patience }?.epoch
    return end.flatMap { $0 < epochs ? $0 : nil }
  }
}
