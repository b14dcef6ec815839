/// A training before it starts: checked, with everything that is known of it without taking a step.
///
///     let outline = try TrainingOutline(model, on: data, TrainingRecipe(epochs: 50), threads: 2)
///     outline.planBytes
///     let times = try outline.measure()       // takes a few steps
///     outline.estimate(times).seconds
public struct TrainingOutline: Sendable {
  public let model: Model
  public let data: DataOutline
  public var recipe: TrainingRecipe
  public let threads: Int
  /// What the steps are computed with.
  public let precision: Precision
  /// Memory of the compiled model: parameters, gradients, a batch's activations.
  public let planBytes: Int

  /// - Throws: what ``Trainer`` throws before its first step, without allocating anything.
  public init(_ model: Model, on data: DataOutline, _ recipe: TrainingRecipe, threads: Int) throws {
    try recipe.check(model, on: data)
    self.model = model
    self.data = data
    self.recipe = recipe
    self.threads = threads
    precision = recipe.precision.supported
    planBytes = try Plan.memoryBytes(
      graph: model.graph, batchSize: data.batchSize, threads: threads, precision: recipe.precision)
    guard planBytes <= EngineMemory.physical else {
      throw PlanError(
        fact: .memory(needed: planBytes, available: EngineMemory.physical), model: model.name)
    }
  }

  public var stepsPerEpoch: Int { data.batchesPerEpoch }

  /// Batches of evaluations an epoch.
  var evaluationsPerEpoch: Int { DataOutline.batches(data.heldCount, of: data.batchSize) }

  /// Batches of the evaluation of the training images that ends the run.
  var finalEvaluations: Int { DataOutline.batches(data.trainCount, of: data.batchSize) }

  /// What the optimizer remembers of every parameter.
  public var optimizerBytes: Int {
    recipe.optimizer.slotCount * model.parameterCount * MemoryLayout<Float>.size
  }

  /// Files that the training leaves: the best weights and the last.
  public var diskBytes: Int {
    let numbers = model.graph.parameters.reduce(0) { $0 + $1.specification.count }
    let header = model.graph.parameters.reduce(64) { $0 + $1.name.utf8.count + 80 }
    return 2 * (numbers * MemoryLayout<Float>.size + header)
  }

  /// The batches that are prepared ahead: four, as floats.
  public var batchBytes: Int { 4 * data.batchSize * model.input.elements * MemoryLayout<Float>.size }

  /// The weights of the last and of the best epoch, and a state on its way to where it is kept: the present weights and
  /// the optimizer's numbers, and the same with the two others as a file.
  public var stateBytes: Int {
    let weights = model.parameterCount * MemoryLayout<Float>.size
    return 2 * weights + (weights + optimizerBytes) + (3 * weights + optimizerBytes)
  }

  /// The same training with batches of the smaller powers of two, the largest first; without those that cannot be.
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

  /// The most memory that the training holds: images, prepared batches, plan, optimizer, weights that are kept.
  public var memoryBytes: Int { data.dataset.bytes + planBytes + optimizerBytes + batchBytes + stateBytes }

  /// Multiply-adds of the whole training; a step's backward pass costs about twice its forward pass.
  public var multiplyAdds: Double {
    let images = 3 * data.trainCount + data.heldCount
    return Double(model.graph.multiplyAdds)
      * (Double(images) * Double(recipe.epochs) + Double(data.trainCount))
  }

  /// How long the training will take, if it is not stopped early.
  public func estimate(_ times: StepTimes) -> Double {
    let epoch = Double(stepsPerEpoch) * times.step + Double(evaluationsPerEpoch) * times.evaluation
    return Double(recipe.epochs) * epoch + Double(finalEvaluations) * times.evaluation
  }
}

/// What one batch takes.
public struct StepTimes: Sendable, Hashable {
  /// Seconds of a training step, augmentation included where it holds the step up.
  public var step: Double
  /// Seconds of the evaluation of a batch.
  public var evaluation: Double

  public init(step: Double, evaluation: Double) {
    self.step = step
    self.evaluation = evaluation
  }
}
