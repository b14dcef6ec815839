import Support

/// A schedule that is longer or shorter than its run: valid, but seldom intended.
public struct ScheduleMismatch: Sendable, Hashable, CustomStringConvertible {
  /// How the lengths differ.
  public enum Length: Sendable, Hashable {
    /// The run ends before the schedule has completed.
    case longer
    /// The schedule completes before the run ends.
    case shorter
  }

  /// How the lengths differ.
  public var length: Length
  public var description: String
}

extension Schedule {
  /// The difference between the lengths of schedule and run; `nil` if they match or the schedule has no length.
  ///
  ///     Schedule.cosine(tMax: 30).mismatch(batchesPerEpoch: 781, epochs: 50)?.length   // .shorter
  public func mismatch(batchesPerEpoch: Int, epochs: Int) -> ScheduleMismatch? {
    let batches = ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs).total
    func longer(_ what: String) -> ScheduleMismatch {
      ScheduleMismatch(length: .longer, description: "\(name) is longer than the training: \(what)")
    }
    let run = "the training has \(Number.counted(epochs, "epoch"))"
    switch rule {
    case .constant, .exponential, .custom: return nil
    case .cosine(let cosine):
      if cosine.tMax > epochs {
        return longer(
          "tMax is \(Number.counted(cosine.tMax, "epoch")) but \(run), so the rate never reaches etaMin")
      }
      if cosine.tMax < epochs {
        return ScheduleMismatch(
          length: .shorter,
          description:
            "\(name) is shorter than the training: tMax is \(Number.counted(cosine.tMax, "epoch")) but \(run), "
            + "so the rate rises again after epoch \(cosine.tMax)")
      }
      return nil
    case .cosineWarmRestarts(let cosine):
      return cosine.t0 > epochs
        ? longer("t0 is \(Number.counted(cosine.t0, "epoch")) but \(run), so the rate never reaches etaMin")
        : nil
    case .step(let step):
      return step.stepSize >= epochs
        ? longer("stepSize is \(Number.counted(step.stepSize, "epoch")) but \(run), so the rate never drops")
        : nil
    case .multiStep(let decay):
      guard let late = decay.milestones.first(where: { $0 >= epochs }) else { return nil }
      return longer("milestone \(late) is after the last epoch (\(run))")
    case .cyclic(let cyclic):
      let cycle = cyclic.stepSizeUp.addingClamped(cyclic.stepSizeDown)
      return cycle > batches
        ? longer("a cycle takes \(cycle) batches but the training has \(batches)") : nil
    case .oneCycle(let oneCycle):
      guard let total = oneCycle.totalSteps, total > batches else { return nil }
      return longer(
        "totalSteps is \(total) but the training has \(Number.counted(batches, "batch", plural: "batches")), so it ends before the rate drops; "
          + "remove totalSteps to match the training")
    case .plateau(let plateau):
      return plateau.patience >= epochs
        ? longer(
          "patience is \(Number.counted(plateau.patience, "epoch")) but \(run), so the rate never drops")
        : nil
    }
  }
}
