import Neural
import Steps
import Support

/// Descriptions of how trainings were resumed or interrupted.
extension TrainingProvenance {
  /// The progress of an unfinished training: `after 3 of 15 epochs, best 81.70% on the test images`, `in epoch 1 of 15`.
  ///
  /// - Parameter history: the run's last history; it is this training's once an epoch has ended.
  func stand(_ history: History?) -> String {
    guard endedEpochs > 0 else { return "in epoch 1 of \(plannedEpochs)" }
    let best =
      history?.best.map {
        ", best \($0.evaluation.decidingText) on the \($0.split.samples(ofTable: history?.isOfTable == true))"
      } ?? ""
    return "after \(endedEpochs) of \(plannedEpochs) \(plannedEpochs == 1 ? "epoch" : "epochs")\(best)"
  }

  /// The clause that says that the next run will resume an interrupted training; empty if nothing is saved.
  func goingOn(isFresh: Bool) -> String {
    guard let keptEpochs else { return "" }
    return "; run the same command again\(isFresh ? " (without --fresh)" : "") to resume"
      + (keptEpochs == endedEpochs ? "" : " in epoch \(keptEpochs + 1)")
  }

  /// `resumed after epoch 8`; `nil` if the training began in this run.
  var resumption: String? {
    guard let resumedAfter else { return nil }
    if isEnded, resumedAfter == endedEpochs { return "resumed after the last epoch" }
    return resumedAfter == 0 ? "resumed in epoch 1" : "resumed after epoch \(resumedAfter)"
  }
}

extension RunSnapshot {
  /// How the step's trainings began.
  func provenances(of index: Int) -> ArraySlice<TrainingProvenance> {
    let all = results.provenances
    guard let before = resultsBefore[index] else { return [] }
    let after = steps.indices.first { $0 > index && steps[$0].status.isBegun && resultsBefore[$0] != nil }
      .flatMap { resultsBefore[$0] }
    let start = min(before.provenances.count, all.count)
    return all[start..<max(start, min(after?.provenances.count ?? all.count, all.count))]
  }

  /// The point where the step's training was resumed: `resumed after epoch 8`.
  func resumption(of index: Int) -> String? { provenances(of: index).compactMap(\.resumption).last }

  /// The training that is running or was interrupted.
  var unfinishedTraining: TrainingProvenance? {
    guard let index = steps.lastIndex(where: { $0.status == .running || $0.status == .interrupted }),
      let last = provenances(of: index).last, !last.isEnded
    else { return nil }
    return last
  }

  /// The number of training threads; `nil` if it is unknown or varied.
  var trainingThreads: Int? {
    let provenances = results.provenances
    let numbers = Set(provenances.map(\.threads))
    guard provenances.count >= results.histories.count, numbers.count == 1 else { return nil }
    return numbers.first ?? nil
  }
}

extension StepRecord.Status {
  fileprivate var isBegun: Bool { self != .pending && self != .skipped }
}

extension History {
  /// Whether no epoch will follow.
  var isOver: Bool { stoppedEarly || epochs.count >= plannedEpochs }
}
