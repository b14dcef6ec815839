import CellCatalogue
import Neural
import Reporting
import Support

/// `train`: trains a model.
public enum TrainStep {
  public static let model = p("model", label: nil, Model.self, "the model; its weights change")
  public static let data = p("data", label: "on", ImageData.self, "the data to train on")
  public static let epochs = p(
    "epochs", Int.self, "passes over the training images", range: .in(TrainingRecipe.epochRange))
  public static let optimizer = p(
    "optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()", "the optimizer")
  public static let schedule = p(
    "schedule", Schedule.self, default: .constant, defaultText: ".constant", "the learning-rate schedule")
  public static let loss = p("loss", Loss.self, default: .nll, defaultText: ".nll", "the loss to minimise")
  public static let earlyStopping = p(
    "earlyStopping", Int?.self, default: nil,
    "stop after this many epochs without a better metric on the evaluated images: validation, or test without a split",
    range: .in(1...))
  public static let restoreBestWeights = p(
    "restoreBestWeights", Bool.self, default: false,
    "leave the model with the weights of the best epoch instead of the last (Keras: restore_best_weights)")
  public static let target = p(
    "target", Double?.self, default: nil,
    "target value of the task's metric on the evaluated images: accuracy, or mean absolute error for regression",
    range: "0 to 1 for accuracy")
  public static let gradientClipping = p(
    "gradientClipping", GradientClipping?.self, default: nil, defaultText: "nil",
    "gradient clipping; nil disables it")
  public static let precision = p(
    "precision", Precision?.self, default: nil, defaultText: "nil",
    "numeric precision; nil uses the command line's --precision")
  public static let classWeights = p(
    "classWeights", ClassWeights?.self, default: nil, defaultText: "nil",
    "weights of the classes in the loss, for classes of different sizes; nil weights all images or rows equally"
  )
  public static let averaging = p(
    "averaging", WeightAveraging?.self, default: nil, defaultText: "nil",
    "average of the weights to evaluate and save instead of the weights; nil for none")
  public static let decay = p(
    "decay", DecayScope.self, default: .allParameters, defaultText: ".allParameters",
    "the parameters that weight decay applies to")
  public static let groups = p(
    "groups", [ParameterGroup].self, default: [], defaultText: "[]",
    "parameters with their own learning rate or weight decay")
  public static let accumulate = p(
    "accumulate", Int.self, default: 1, "batches whose gradients are averaged for one update of the weights",
    range: .in(1...))
  public static let onEpoch = p(
    "onEpoch", Callback<NoValue, EpochRecord>?.self, default: nil, defaultText: "nil",
    "called after each epoch with its record; if it fails, training ends")

  package static let step = Step(
    "train", "Trains a model; updates its log, history.csv and checkpoints after each epoch.",
    example:
      "let history = train(model, on: data, epochs: 10, optimizer: .adamW(weightDecay: 1e-4), earlyStopping: 5)",
    effects: [.trains, .changesWeights], resultName: "history", model, data, epochs, optimizer, schedule,
    loss, earlyStopping, restoreBestWeights, target, gradientClipping, precision, classWeights, averaging,
    decay,
    groups, accumulate, onEpoch,
    rehearse: { run, call in
      let faults = TrainingFaults(
        model: call[model], data: call[data, as: DataOutline.self], epochs: call[epochs],
        optimizer: call[optimizer], schedule: call[schedule], loss: call[loss], target: call[target] ?? nil,
        classWeights: call[classWeights] ?? nil, averaging: call[averaging] ?? nil, groups: call[groups],
        accumulate: call[accumulate]
      ).errors
      if !faults.isEmpty {
        run.mayWriteMore()
        throw RehearsalFailures(faults)
      }
      if let model = call[model], let optimizer = call[optimizer], let loss = call[loss] {
        let recipe = TrainingRecipe(
          epochs: 1, optimizer: optimizer, loss: loss, gradientClipping: call[gradientClipping] ?? nil,
          precision: (call[precision] ?? nil) ?? run.settings.precision)
        run.willTrain(model, recipe, on: call[data, as: DataOutline.self])
      }
      guard let model = call[model], let data = call[data, as: DataOutline.self], let epochs = call[epochs],
        let optimizer = call[optimizer], let schedule = call[schedule], let loss = call[loss],
        let earlyStopping = call[earlyStopping], let restoreBestWeights = call[restoreBestWeights],
        let target = call[target],
        let clipping = call[gradientClipping], let precision = call[precision],
        let classWeights = call[classWeights],
        let averaging = call[averaging], let decay = call[decay], let groups = call[groups],
        let accumulate = call[accumulate]
      else {
        run.mayWriteMore()
        return nil
      }
      let recipe = TrainingRecipe(
        epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
        restoreBestWeights: restoreBestWeights, target: target, gradientClipping: clipping,
        precision: precision ?? run.settings.precision, classWeights: classWeights, averaging: averaging,
        decay: decay, groups: groups, accumulate: accumulate)
      let outline = try run.train(model, on: data, recipe)
      // A failure of the closure is reported where it happens.
      if let callback = call[onEpoch, as: Callback<NoValue, EpochOutline>?.self] ?? nil {
        _ = try? callback(outline.epoch)
      }
      return outline
    },
    causes: [
      .argument(schedule, ScheduleError.self), .argument(loss, LossError.self),
      .argument(groups, PatternError.self),
      .argument(averaging, OptimizerError.self, where: { $0.isAboutAveraging }),
      .argument(groups, OptimizerError.self, where: { $0.isAboutGroup }),
      .argument(
        groups, TrainingError.self, where: { if case .sharedParameter = $0.fact { true } else { false } }),
      .argument(model, TrainingError.self, where: { if case .allFrozen = $0.fact { true } else { false } }),
      .argument(
        loss, TrainingError.self, where: { if case .targets = $0.fact { true } else { false } }),
    ],
    run: {
      run, model, data, epochs, optimizer, schedule, loss, earlyStopping, restoreBestWeights, target,
      clipping, precision, classWeights, averaging, decay, groups, accumulate, onEpoch in
      try run.train(
        model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
        earlyStopping: earlyStopping, restoreBestWeights: restoreBestWeights, target: target,
        gradientClipping: clipping, precision: precision, classWeights: classWeights, averaging: averaging,
        decay: decay, groups: groups, accumulate: accumulate,
        onEpoch: onEpoch.map { callback in { try callback($0) } })
    })
}

/// Trains a model; see ``Run/train``.
@discardableResult
public func train(
  _ model: Model, on data: ImageData, epochs: Int, optimizer: Optimizer = TrainStep.optimizer.default,
  schedule: Schedule = TrainStep.schedule.default, loss: Loss = TrainStep.loss.default,
  earlyStopping: Int? = TrainStep.earlyStopping.default,
  restoreBestWeights: Bool = TrainStep.restoreBestWeights.default, target: Double? = TrainStep.target.default,
  gradientClipping: GradientClipping? = TrainStep.gradientClipping.default,
  precision: Precision? = TrainStep.precision.default,
  classWeights: ClassWeights? = TrainStep.classWeights.default,
  averaging: WeightAveraging? = TrainStep.averaging.default, decay: DecayScope = TrainStep.decay.default,
  groups: [ParameterGroup] = TrainStep.groups.default, accumulate: Int = TrainStep.accumulate.default,
  onEpoch: ((EpochRecord) -> Void)? = nil, file: String = #filePath, line: Int = #line, column: Int = #column
) -> History {
  Program.step(file, line, column) {
    try $0.train(
      model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
      earlyStopping: earlyStopping, restoreBestWeights: restoreBestWeights, target: target,
      gradientClipping: gradientClipping, precision: precision, classWeights: classWeights,
      averaging: averaging, decay: decay, groups: groups, accumulate: accumulate, onEpoch: onEpoch)
  }
}

extension Run {
  /// Trains a model; updates its checkpoints after each epoch, and its log, `history.csv` and `training.log` unless epochs
  /// follow each other faster than files can be written.
  ///
  /// - Parameters:
  ///   - epochs: Passes over the training images, at least 1.
  ///   - loss: `.nll` for models that end in LogSoftmax, `.crossEntropy()` for logits; both take a `labelSmoothing`.
  ///   - earlyStopping: Stops after this many epochs without a better value of the task's metric on the evaluated
  ///     images: those of the validation split, or the test images without one.
  ///   - restoreBestWeights: Whether to leave the model with the weights of the best epoch instead of the last one.
  ///   - target: Target value of the task's metric on the evaluated images: the accuracy, 0…1, or for regression the
  ///     mean absolute error. The report says whether it was reached.
  ///   - precision: `.mixedBFloat16` is faster on processors with bfloat16 products; on others, `.float32` is used with a
  ///     warning. `nil` uses the command line's `--precision`.
  ///   - classWeights: The weight of each class in the loss, as PyTorch's `weight`; `nil` weights all images equally.
  ///   - averaging: The average of the weights that is evaluated and saved instead of the weights.
  ///   - decay: The parameters that weight decay applies to.
  ///   - groups: Parameters with their own learning rate or weight decay.
  ///   - accumulate: Batches whose gradients are averaged for one update.
  ///   - onEpoch: Called with each epoch's record after its files are written. When training resumes, it is
  ///     first called for the epochs that are already trained.
  /// - Throws: ``TrainingError`` for values out of range, data that does not fit the model, a loss that is not finite, or
  ///   an interruption; any error that `onEpoch` or a custom schedule throws.
  public func train(
    _ model: Model, on data: ImageData, epochs: Int, optimizer: Optimizer = TrainStep.optimizer.default,
    schedule: Schedule = TrainStep.schedule.default, loss: Loss = TrainStep.loss.default,
    earlyStopping: Int? = TrainStep.earlyStopping.default,
    restoreBestWeights: Bool = TrainStep.restoreBestWeights.default,
    target: Double? = TrainStep.target.default,
    gradientClipping: GradientClipping? = TrainStep.gradientClipping.default,
    precision: Precision? = TrainStep.precision.default,
    classWeights: ClassWeights? = TrainStep.classWeights.default,
    averaging: WeightAveraging? = TrainStep.averaging.default, decay: DecayScope = TrainStep.decay.default,
    groups: [ParameterGroup] = TrainStep.groups.default, accumulate: Int = TrainStep.accumulate.default,
    onEpoch: ((EpochRecord) throws -> Void)? = nil
  ) throws -> History {
    let recipe = TrainingRecipe(
      epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
      restoreBestWeights: restoreBestWeights, target: target, gradientClipping: gradientClipping,
      precision: precision ?? settings.precision, classWeights: classWeights, averaging: averaging,
      decay: decay, groups: groups, accumulate: accumulate)
    try memory.check(TrainingOutline(model, on: data.outline, recipe, threads: settings.threads))
    let trainer = try Trainer(model, data, recipe, threads: settings.threads, seed: settings.seed)
    announce(trainer.precision, insteadOf: recipe.precision)
    if let imbalance = recipe.imbalance(in: data.outline) { warn(imbalance) }
    // A notebook that trains twice keeps both results: the second training's files get a number.
    let position = results.histories.count
    let suffix = RunSettings.suffix(after: position)
    trainer.checkpointDirectory = settings.checkpoints(after: position)
    trainer.onBatch = { [observer] in observer.progress(.batch($0)) }
    trainer.onFinalScore = { [observer] in
      observer.progress(.remark("Evaluating the training set …"))
    }
    trainer.shouldStop = { [observer] in observer.shouldStop }
    let mayGoOn = onEpoch == nil || keeper?.retellsEpochs == true
    let number = results.provenances.count
    record { $0.provenances.append(TrainingProvenance(plannedEpochs: epochs)) }
    let state = mayGoOn ? try takeUp(model, on: data, recipe, trainer, number) : nil
    let restored = state?.epochs.count ?? 0
    record {
      $0.provenances[number].threads = trainer.threads
      $0.provenances[number].resumedAfter = state?.epochs.count
    }
    trainer.onEpoch = { [self] history in
      record(history, at: position)
      record { $0.provenances[number].endedEpochs = history.epochs.count }
      let count = history.epochs.count
      if count > restored { announce(history) }
      // The files of earlier epochs are written only once.
      if count >= restored {
        // A closure may rely on the files of its epoch.
        let isFollowed = onEpoch != nil
        if isFollowed { try write(history, suffix) }
        try observer.epochEnded { [self] in if !isFollowed { try write(history, suffix) } }
      }
      if let onEpoch, let last = history.last { try onEpoch(last) }
    }

    var history: History?
    var failure: (any Error)?
    do { history = try trainer.run() } catch { failure = error }
    let final = history ?? trainer.partialHistory
    append(.trainingLog(final.reportLog))
    if let failure {
      if !final.epochs.isEmpty { try write(final, suffix) }
      throw failure
    }
    record(final, at: position)
    record { $0.provenances[number].isEnded = true }
    try write(final, suffix)
    return final
  }

  private func announce(_ precision: Precision, insteadOf asked: Precision) {
    record { $0.precisions.append(precision) }
    let set = InstructionSet.current.name
    if precision != asked {
      warn(
        "this processor does not support bfloat16 (instruction set \(set)): training with \(precision.rawValue) "
          + "instead of \(asked.rawValue)")
    }
    observer.progress(
      .remark(
        "Kernels: \(InstructionSet.current), \(precision.rawValue), \(Number.counted(settings.threads, "thread"))"
      ))
  }

  private func record(_ history: History, at position: Int) {
    record {
      if $0.histories.count > position {
        $0.histories[position] = history
      } else {
        $0.histories.append(history)
      }
    }
  }

  private func announce(_ history: History) {
    guard let last = history.last else { return }
    observer.progress(.epoch(last, of: history.plannedEpochs))
    observer.progress(.remark(last.verdictLine(patience: history.patience)))
  }

  private func write(_ history: History, _ suffix: String) throws {
    try observer.write(Array(history.csv.utf8), to: "history\(suffix).csv")
    try observer.write(Array(history.logText.utf8), to: "training\(suffix).log")
  }
}

extension RehearsedRun {
  /// Checks a training and appends it to ``trainings``; its checkpoints count as written.
  @discardableResult
  package func train(_ model: Model, on data: DataOutline, _ recipe: TrainingRecipe) throws -> TrainingOutline
  {
    let outline = try TrainingOutline(model, on: data, recipe, threads: settings.threads)
    try memory.check(outline)
    if let mismatch = recipe.schedule.mismatch(
      batchesPerEpoch: outline.updatesPerEpoch, epochs: recipe.epochs)
    {
      remark(
        mismatch.length == .longer ? "schedule-longer" : "schedule-shorter", mismatch.description,
        at: TrainStep.schedule)
    }
    if let imbalance = recipe.imbalance(in: data) {
      remark("class-imbalance", imbalance, at: TrainStep.data)
    }
    state.withLock { state in
      state.trainings.append(outline)
      let folder = settings.checkpoints(after: state.trainings.count - 1)
      for name in ["best", "last"] { state.written[fullPath("\(folder)/\(name).safetensors")] = model }
    }
    return outline
  }
}

extension TrainingRecipe {
  /// The largest ratio between the sizes of two classes that needs no class weights.
  private static var balancedRatio: Double { 10 }

  /// The warning that a class has far fewer training samples than another, and nothing compensates for it; `nil` without
  /// such classes.
  fileprivate func imbalance(in data: DataOutline) -> String? {
    let present = zip(data.classNames, data.trainPerClass).filter { $0.1 > 0 }
    guard classWeights == nil, data.sampler == .shuffled, let least = present.min(by: { $0.1 < $1.1 }),
      let most = present.max(by: { $0.1 < $1.1 }), Double(most.1) > Self.balancedRatio * Double(least.1)
    else { return nil }
    return
      "\(data.dataset.name): class '\(most.0)' has \(Number.grouped(most.1)) training \(data.samples), but class "
      + "'\(least.0)' only \(Number.grouped(least.1)), so a model may ignore it; train with classWeights: .balanced, or "
      + "load the data with sampler: .weighted"
  }
}
