extension Schedule {
  /// The learning rate after each epoch's last batch, as in the training log; one value per epoch.
  ///
  /// A plateau schedule is evaluated as if the metric always improved.
  ///
  /// - Throws: ``ScheduleError`` if a custom schedule returns an invalid rate; errors of its function.
  public func epochEnds(optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws -> [Double] {
    let run = ScheduleSteps(batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    return try (0..<max(0, epochs)).map { epoch in
      let (batches, overflow) = (epoch + 1).multipliedReportingOverflow(by: max(1, batchesPerEpoch))
      let step = unit == .batch ? (overflow ? .max : batches) : epoch
      return try point(at: step, learningRate: optimizer.learningRate, run: run).learningRate
    }
  }
}
