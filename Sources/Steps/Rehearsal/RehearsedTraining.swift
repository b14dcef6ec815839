import Neural

extension RehearsedRun {
  /// Builds the model without weights; see ``Run/buildModel(_:inputSize:elements:)``.
  public func buildModel(_ name: String, inputSize: Int = 32, elements: [LayerElement]) throws -> Model {
    try Model(name, input: settings.input(inputSize), seed: settings.seed, elements: elements)
  }

  /// Checks a training and appends it to ``trainings``; its checkpoints count as written.
  @discardableResult
  public func train(_ model: Model, on data: DataOutline, _ recipe: TrainingRecipe) throws -> TrainingOutline
  {
    let outline = try TrainingOutline(model, on: data, recipe, threads: settings.threads)
    try memory.check(outline)
    if let mismatch = recipe.schedule.mismatch(
      batchesPerEpoch: data.batchesPerEpoch, epochs: recipe.epochs)
    {
      remark(
        mismatch.length == .longer ? "schedule-longer" : "schedule-shorter", mismatch.description,
        at: "schedule")
    }
    state.withLock { state in
      state.trainings.append(outline)
      let folder = settings.checkpoints(after: state.trainings.count - 1)
      for name in ["best", "last"] { state.written[fullPath("\(folder)/\(name).safetensors")] = model }
    }
    return outline
  }

  /// Checks that the model fits the data and the memory.
  public func evaluate(_ model: Model, on data: DataOutline) throws {
    try model.check(against: data)
    try memory.check(evaluationOf: model, batchSize: data.batchSize, threads: settings.threads)
  }
}
