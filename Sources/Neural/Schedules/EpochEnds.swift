extension Schedule {
  /// The learning rate after each epoch's last batch, as the training log shows it; one value an epoch.
  ///
  /// Plateau's is given as if the metric always improved.
  ///
  /// - Throws: what a custom schedule's function throws, or ``ScheduleError`` for what it gives.
  public func epochEnds(optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws -> [Double] {
    let run = ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    return try (0..<max(0, epochs)).map { epoch in
      let (batches, overflow) = (epoch + 1).multipliedReportingOverflow(by: max(1, batchesPerEpoch))
      let step = unit == .batch ? (overflow ? .max : batches) : epoch
      return try point(at: step, learningRate: optimizer.learningRate, run: run).learningRate
    }
  }
}
