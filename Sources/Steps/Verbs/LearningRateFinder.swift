import CellCatalogue
import Neural
import Reporting
import Support

/// `learningRateFinder`: finds learning rates at which a model trains well.
public enum LearningRateFinderStep {
  public static let model = p("model", label: nil, Model.self, "the model; its weights do not change")
  public static let data = p("data", label: "on", ImageData.self, "the data to train on")
  public static let optimizer = p(
    "optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()",
    "the optimizer; its learning rate is replaced")
  public static let loss = p("loss", Loss.self, default: .nll, defaultText: ".nll", "the loss to minimise")
  public static let startLR = p(
    "startLR", Double.self, default: 1e-7, "learning rate of the first batch", range: .above(0))
  public static let endLR = p(
    "endLR", Double.self, default: 10, "learning rate that the last batch approaches", range: "above startLR")
  public static let batches = p(
    "batches", Int.self, default: 100, "number of batches", range: .in(LearningRateFinder.batchRange))

  package static let step = Step(
    "learningRateFinder",
    "Trains a copy of a model while the learning rate rises, and suggests rates (Smith, 2017; fastai: lr_find).",
    example: "let found = learningRateFinder(model, on: data)",
    effects: [.readsWeights, .usesPrecision, .drawsFigures, .showsCaptioned], model, data, optimizer, loss,
    startLR, endLR, batches,
    rehearse: { run, call in
      let faults = TrainingFaults(
        model: call[model], data: call[data, as: DataOutline.self], optimizer: call[optimizer],
        loss: call[loss]
      ).errors
      if !faults.isEmpty { throw RehearsalFailures(faults) }
      guard let optimizer = call[optimizer], let loss = call[loss], let startLR = call[startLR],
        let endLR = call[endLR], let batches = call[batches]
      else { return nil }
      let finder = LearningRateFinder(
        startLR: startLR, endLR: endLR, batches: batches, optimizer: optimizer, loss: loss,
        precision: run.settings.precision)
      let data = call[data, as: DataOutline.self]
      let recipe = try finder.recipe(batchesPerEpoch: data?.batchesPerEpoch ?? 1)
      if let model = call[model], let data { try run.findLearningRate(model, on: data, recipe) }
      return nil
    },
    causes: [
      .argument(loss, LossError.self),
      .argument(
        loss, TrainingError.self, where: { if case .targets = $0.fact { true } else { false } }),
    ],
    run: { run, model, data, optimizer, loss, startLR, endLR, batches in
      try run.learningRateFinder(
        model, on: data, optimizer: optimizer, loss: loss, startLR: startLR, endLR: endLR, batches: batches)
    })
}

/// Finds learning rates at which a model trains well; see ``Run/learningRateFinder``.
@discardableResult
public func learningRateFinder(
  _ model: Model, on data: ImageData, optimizer: Optimizer = LearningRateFinderStep.optimizer.default,
  loss: Loss = LearningRateFinderStep.loss.default, startLR: Double = LearningRateFinderStep.startLR.default,
  endLR: Double = LearningRateFinderStep.endLR.default, batches: Int = LearningRateFinderStep.batches.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) -> LearningRateCurve {
  Program.step(file, line, column) {
    try $0.learningRateFinder(
      model, on: data, optimizer: optimizer, loss: loss, startLR: startLR, endLR: endLR, batches: batches)
  }
}

extension Run {
  /// Trains a copy of a model for some batches while the learning rate rises exponentially, and plots the loss
  /// (`learning_rate_finder.png`). The model keeps its weights.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer, whose learning rate is replaced.
  ///   - loss: the loss of the training that the rate is for.
  ///   - startLR: rate of the first batch, above 0.
  ///   - endLR: rate that the last batch approaches, above `startLR`.
  ///   - batches: number of batches, 20…10,000; the test stops earlier if the loss exceeds four times its minimum.
  /// - Returns: the curve with the rates that it suggests.
  /// - Throws: ``TrainingError`` for values out of range, data that does not fit the model, a loss that diverges before
  ///   there is anything to suggest, or an interruption; ``MemoryError``.
  @discardableResult
  public func learningRateFinder(
    _ model: Model, on data: ImageData, optimizer: Optimizer = LearningRateFinderStep.optimizer.default,
    loss: Loss = LearningRateFinderStep.loss.default,
    startLR: Double = LearningRateFinderStep.startLR.default,
    endLR: Double = LearningRateFinderStep.endLR.default,
    batches: Int = LearningRateFinderStep.batches.default
  ) throws -> LearningRateCurve {
    let finder = LearningRateFinder(
      startLR: startLR, endLR: endLR, batches: batches, optimizer: optimizer, loss: loss,
      precision: settings.precision)
    let recipe = try finder.recipe(batchesPerEpoch: data.batchesPerEpoch)
    try memory.check(TrainingOutline(model, on: data.outline, recipe, threads: settings.threads))
    let curve = try finder.run(
      model, on: data, threads: settings.threads, seed: settings.seed,
      shouldStop: { [observer] in observer.shouldStop })
    func text(_ rate: Double) -> String { Number.text(rate, significant: 2) }
    let end =
      curve.diverged
      ? "the loss diverged after \(Number.counted(curve.rates.count, "batch", plural: "batches"))" : nil
    append(
      .facts([
        Fact("Learning rate, valley", text(curve.valley), note: end),
        Fact("Learning rate, steepest slope", text(curve.steepest)),
      ]))
    try plot(
      Plot(name: "learning_rate_finder", caption: sentence("\(model.weightsOrigin)")) {
        LearningRateChart(
          rates: curve.rates, losses: curve.losses, valley: curve.valley, steepest: curve.steepest)
      })
    return curve
  }
}

extension RehearsedRun {
  /// Checks a learning-rate range test and its memory.
  fileprivate func findLearningRate(_ model: Model, on data: DataOutline, _ recipe: TrainingRecipe) throws {
    try memory.check(TrainingOutline(model, on: data, recipe, threads: settings.threads))
  }
}
