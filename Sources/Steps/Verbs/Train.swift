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
  public static let onEpoch = p(
    "onEpoch", Callback<NoValue, EpochRecord>?.self, default: nil, defaultText: "nil",
    "called after each epoch with its record; if it fails, training ends")

  package static let step = Step(
    "train", "Trains a model; updates its log, history.csv and checkpoints after each epoch.",
    example:
      "let history = train(model, on: data, epochs: 10, optimizer: .adamW(weightDecay: 1e-4), earlyStopping: 5)",
    effects: [.trains, .changesWeights], resultName: "history", model, data, epochs, optimizer, schedule,
    loss, earlyStopping, restoreBestWeights, target, gradientClipping, precision, onEpoch,
    rehearse: { run, call in
      let faults = TrainingFaults(
        model: call[model], data: call[data, as: DataOutline.self], epochs: call[epochs],
        optimizer: call[optimizer], schedule: call[schedule], loss: call[loss], target: call[target] ?? nil
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
        let clipping = call[gradientClipping], let precision = call[precision]
      else {
        run.mayWriteMore()
        return nil
      }
      let recipe = TrainingRecipe(
        epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
        restoreBestWeights: restoreBestWeights, target: target, gradientClipping: clipping,
        precision: precision ?? run.settings.precision)
      let outline = try run.train(model, on: data, recipe)
      // A failure of the closure is reported where it happens.
      if let callback = call[onEpoch, as: Callback<NoValue, EpochOutline>?.self] ?? nil {
        _ = try? callback(outline.epoch)
      }
      return outline
    },
    causes: [
      .argument(schedule, ScheduleError.self), .argument(loss, LossError.self),
      .argument(
        loss, TrainingError.self, where: { if case .targets = $0.fact { true } else { false } }),
    ],
    run: {
      run, model, data, epochs, optimizer, schedule, loss, earlyStopping, restoreBestWeights, target,
      clipping,
      precision, onEpoch in
      try run.train(
        model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
        earlyStopping: earlyStopping, restoreBestWeights: restoreBestWeights, target: target,
        gradientClipping: clipping, precision: precision,
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
  onEpoch: ((EpochRecord) -> Void)? = nil, file: String = #filePath, line: Int = #line, column: Int = #column
) -> History {
  Program.step(file, line, column) {
    try $0.train(
      model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
      earlyStopping: earlyStopping, restoreBestWeights: restoreBestWeights, target: target,
      gradientClipping: gradientClipping, precision: precision, onEpoch: onEpoch)
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
  ///   - onEpoch: Called with each epoch's record. When training resumes, it is
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
    onEpoch: ((EpochRecord) throws -> Void)? = nil
  ) throws -> History {
    let recipe = TrainingRecipe(
      epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
      restoreBestWeights: restoreBestWeights, target: target, gradientClipping: gradientClipping,
      precision: precision ?? settings.precision)
    try memory.check(TrainingOutline(model, on: data.outline, recipe, threads: settings.threads))
    let trainer = try Trainer(model, data, recipe, threads: settings.threads, seed: settings.seed)
    announce(trainer.precision, insteadOf: recipe.precision)
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
        try observer.epochEnded { [self] in try write(history, suffix) }
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
      batchesPerEpoch: data.batchesPerEpoch, epochs: recipe.epochs)
    {
      remark(
        mismatch.length == .longer ? "schedule-longer" : "schedule-shorter", mismatch.description,
        at: TrainStep.schedule)
    }
    state.withLock { state in
      state.trainings.append(outline)
      let folder = settings.checkpoints(after: state.trainings.count - 1)
      for name in ["best", "last"] { state.written[fullPath("\(folder)/\(name).safetensors")] = model }
    }
    return outline
  }
}
