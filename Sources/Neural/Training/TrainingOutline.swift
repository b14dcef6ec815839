/// A validated training before it starts, with everything that is known without training a batch.
///
///     let outline = try TrainingOutline(model, on: data, TrainingRecipe(epochs: 50), threads: 2)
///     outline.planBytes
///     let times = try outline.measure()       // trains a few batches
///     outline.estimate(times).seconds
public struct TrainingOutline: Sendable {
  /// The model.
  public let model: Model
  /// The outline of the data.
  public let data: DataOutline
  /// The hyperparameters.
  public var recipe: TrainingRecipe
  /// The parameters that are frozen at the training; see ``Model/freeze(_:)``.
  public let frozen: Set<String>
  /// The number of threads.
  public let threads: Int
  /// The numeric precision.
  public let precision: Precision
  /// Bytes of the compiled model: parameters, gradients, a batch's activations.
  public let planBytes: Int

  /// Validates a training.
  ///
  /// - Throws: the errors that ``Trainer`` throws before its first batch, without allocating memory.
  public init(_ model: Model, on data: DataOutline, _ recipe: TrainingRecipe, threads: Int) throws {
    try recipe.check(model, on: data)
    self.model = model
    self.data = data
    frozen = model.frozen
    self.recipe = recipe
    self.threads = threads
    precision = recipe.precision.supported
    planBytes = try Plan.memoryBytes(
      graph: model.graph, batchSize: data.batchSize, threads: threads, precision: recipe.precision,
      recomputesStatistics: recipe.averaging?.recomputesStatistics == true)
    guard planBytes <= EngineMemory.physical else {
      throw PlanError(
        fact: .memory(needed: planBytes, available: EngineMemory.physical), model: model.name)
    }
  }

  /// Batches per epoch.
  public var batchesPerEpoch: Int { data.batchesPerEpoch }
  /// Optimizer updates per epoch.
  public var updatesPerEpoch: Int { recipe.updatesPerEpoch(batches: batchesPerEpoch) }

  /// Evaluation batches per epoch.
  var evaluationsPerEpoch: Int { DataOutline.batches(data.heldCount, of: data.batchSize) }

  /// Batches of the final evaluation of the training images.
  var finalEvaluations: Int { DataOutline.batches(data.trainCount, of: data.batchSize) }

  /// Bytes of the optimizer's state, with the average of the weights and the sum of gradients.
  public var optimizerBytes: Int {
    let arrays =
      recipe.optimizer.slotCount + (recipe.averaging == nil ? 0 : 1) + (recipe.accumulate > 1 ? 1 : 0)
    return arrays * model.parameterCount * MemoryLayout<Float>.size
  }

  /// Bytes of the files that the training writes: the best weights and the last.
  public var diskBytes: Int {
    let numbers = model.graph.parameters.reduce(0) { $0 + $1.specification.count }
    let header = model.graph.parameters.reduce(64) { $0 + $1.name.utf8.count + 80 }
    return 2 * (numbers * MemoryLayout<Float>.size + header)
  }

  /// Bytes of the batches that are prepared ahead: four, as floats.
  public var batchBytes: Int { 4 * data.batchSize * model.input.elements * MemoryLayout<Float>.size }

  /// Bytes of saved weights and of a state being saved: the weights of the last and of the best epoch, the current
  /// weights with the optimizer's state, and the file that contains all of these.
  public var stateBytes: Int {
    let weights = model.parameterCount * MemoryLayout<Float>.size
    return 2 * weights + (weights + optimizerBytes) + (3 * weights + optimizerBytes)
  }

  /// The same training with smaller batches: all smaller powers of two that are valid, largest first.
  public var smallerBatches: [TrainingOutline] {
    var outlines: [TrainingOutline] = []
    var size = 2048
    while size >= 1 {
      if size < data.batchSize,
        let outline = try? TrainingOutline(model, on: data.inBatches(of: size), recipe, threads: threads)
      {
        outlines.append(outline)
      }
      size /= 2
    }
    return outlines
  }

  /// The peak memory of the training in bytes: images, prepared batches, plan, optimizer, saved weights.
  public var memoryBytes: Int { data.dataset.bytes + planBytes + optimizerBytes + batchBytes + stateBytes }

  /// Multiply-adds of the whole training; the backward pass of a batch costs about twice its forward pass.
  public var multiplyAdds: Double {
    let images = 3 * data.trainCount + data.heldCount
    return Double(model.graph.multiplyAdds)
      * (Double(images) * Double(recipe.epochs) + Double(data.trainCount))
  }

  /// The epochs whose weights an average of epochs contains.
  private func averagedEpochs(_ averaging: WeightAveraging) -> Int {
    averaging.count(afterEpoch: recipe.epochs, updates: 0)
  }

  /// The estimated duration in seconds without early stopping.
  public func estimate(_ times: StepTimes) -> Double {
    let epoch = Double(batchesPerEpoch) * times.step + Double(evaluationsPerEpoch) * times.evaluation
    let observed = recipe.averaging.map { $0.recomputesStatistics ? averagedEpochs($0) : 0 } ?? 0
    return Double(recipe.epochs) * epoch
      + Double(finalEvaluations + observed * batchesPerEpoch) * times.evaluation
  }
}

/// The measured time of a batch.
public struct StepTimes: Sendable, Hashable {
  /// Seconds per training batch, including waiting for augmentation.
  public var step: Double
  /// Seconds per evaluation batch.
  public var evaluation: Double

  /// Creates times.
  public init(step: Double, evaluation: Double) {
    self.step = step
    self.evaluation = evaluation
  }
}
