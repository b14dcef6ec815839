import Neural
import Reporting

extension Run {
  /// Trains a model on data. Its log, `history.csv`, `training.log` and checkpoints are updated after every epoch.
  ///
  /// - Parameters:
  ///   - loss: `.nll` for models that end in LogSoftmax, `.crossEntropy(labelSmoothing:)` for logits.
  ///   - earlyStopping: the number of epochs without a better test accuracy after which training stops.
  ///   - target: a test accuracy to reach, as a fraction; the report says whether it was reached.
  ///   - precision: `.mixedBFloat16` is faster if the processor has bfloat16 products; otherwise a warning is given
  ///     and `.float32` is used. `nil` uses the default of the command line.
  ///   - onEpoch: called after every epoch with its record, when the epoch's files are written. If the training is
  ///     resumed, it is first called for the earlier epochs.
  /// - Throws: ``TrainingError`` for parameters out of range, data that does not fit the model, a loss that is not
  ///   finite, or an interruption; errors of `onEpoch` and of a custom schedule, which end the training.
  public func train(
    _ model: Model, on data: ImageData, epochs: Int, optimizer: Optimizer = .adamW(),
    schedule: Schedule = .constant, loss: Loss = .nll, earlyStopping: Int? = nil, target: Double? = nil,
    gradientClipping: GradientClipping? = nil, precision: Precision? = nil,
    onEpoch: ((EpochRecord) throws -> Void)? = nil
  ) throws -> History {
    let recipe = TrainingRecipe(
      epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss, earlyStopping: earlyStopping,
      target: target, gradientClipping: gradientClipping, precision: precision ?? settings.precision)
    try memory.check(TrainingOutline(model, on: data.outline, recipe, threads: settings.threads))
    let trainer = try Trainer(model, data, recipe, threads: settings.threads, seed: settings.seed)
    announce(trainer.precision, insteadOf: recipe.precision)
    // A notebook that trains twice keeps both results: the second training's files get a number.
    let position = results.histories.count
    let suffix = RunSettings.suffix(after: position)
    trainer.checkpointDirectory = settings.checkpoints(after: position)
    trainer.onBatch = { [observer] in observer.progress(.batch($0)) }
    trainer.onFinalScore = { [observer] in
      observer.progress(.remark("Scoring the training set in evaluation mode …"))
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
        try write(history, suffix)
        observer.epochEnded()
      }
      if let onEpoch, let last = history.last { try onEpoch(last) }
    }

    var history: History?
    var failure: (any Error)?
    do { history = try trainer.run() } catch { failure = error }
    let final = history ?? trainer.partialHistory
    append(.trainingLog(final.reportLog))
    if let failure {
      if final.epochs.count < restored { try write(final, suffix) }
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
        "this processor has no bfloat16 products (instruction set \(set)): training is computed with "
          + "\(precision.rawValue) in place of \(asked.rawValue)")
    }
    observer.progress(
      .remark("Kernels: \(InstructionSet.current), \(precision.rawValue), \(settings.threads) threads"))
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
    observer.progress(.remark(Neural.TrainingLog.verdictLine(last, patience: history.patience)))
  }

  private func write(_ history: History, _ suffix: String) throws {
    try observer.write(Array(history.csv.utf8), to: "history\(suffix).csv")
    try observer.write(Array(Neural.TrainingLog.text(history).utf8), to: "training\(suffix).log")
  }
}

extension History {
  /// The history in the report's format.
  public var reportLog: Reporting.TrainingLog {
    Reporting.TrainingLog(rows: reportRows, text: Neural.TrainingLog.text(self))
  }

  var reportRows: [Reporting.TrainingLog.Row] {
    epochs.map {
      Reporting.TrainingLog.Row(
        epoch: $0.epoch, trainLoss: $0.trainLoss, trainAccuracy: $0.trainAccuracy, testLoss: $0.testLoss,
        testAccuracy: $0.testAccuracy, learningRate: $0.learningRate, seconds: $0.seconds, isBest: $0.isBest)
    }
  }
}
