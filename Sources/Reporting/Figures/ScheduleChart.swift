/// The learning rate batch by batch, the momentum beside it, and the rate at the end of each epoch.
///
/// The values at the epochs' ends are unjoined dots: sampled once an epoch, a schedule that cycles within
/// it aliases, and a line through them would show a shape that is not there.
///
///     ScheduleChart(learningRates: Array(rates.prefix(40)), momenta: beta1, epochEnds: ends, momentumName: "beta1")
public struct ScheduleChart: Chart {
  /// Of the first batches (40 are shown), from batch 0.
  public var learningRates: [Double]
  /// Momentum or beta1 of the same batches; empty where it does not change.
  public var momenta: [Double]
  /// The rate after each epoch's last batch.
  public var epochEnds: [Double]
  public var momentumName: String

  public init(
    learningRates: [Double], momenta: [Double] = [], epochEnds: [Double] = [],
    momentumName: String = "momentum"
  ) {
    self.learningRates = Array(learningRates.prefix(40))
    self.momenta = Array(momenta.prefix(40))
    self.epochEnds = epochEnds
    self.momentumName = momentumName
  }
}
