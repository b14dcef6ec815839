/// A running average of a plan's parameters and running statistics, kept on the plan's threads.
///
/// The bytes are the same for any number of threads. Use it from the plan's thread.
final class WeightAverage {
  /// The number of weights in the average; nothing is averaged before the first.
  private(set) var count = 0
  private let averaging: WeightAveraging
  private let plan: Plan
  private let parameters: FloatBuffer
  private let statistics: FloatBuffer
  /// The weight of the current numbers in the average.
  private var share: Float = 1
  private var regions: [PassSchedule.Region] = []

  init(_ averaging: WeightAveraging, of plan: Plan) {
    self.averaging = averaging
    self.plan = plan
    parameters = FloatBuffer(zeros: plan.parameters.count)
    statistics = FloatBuffer(zeros: plan.statistics.count)
    regions = [region(parameters.buffer, from: plan.parameters)]
    if !averaging.recomputesStatistics { regions.append(region(statistics.buffer, from: plan.statistics)) }
  }

  private func region(
    _ average: UnsafeMutableBufferPointer<Float>, from current: UnsafeMutableBufferPointer<Float>
  ) -> PassSchedule.Region {
    .split(count: average.count) { [unowned self] f, part in
      guard let average = average.baseAddress, let current = current.baseAddress else { return }
      f.kernels.pointee.lerp(
        average + part.lowerBound, current + part.lowerBound, share, Int64(part.count))
    }
  }

  /// Takes the plan's current weights into the average.
  func add() {
    count += 1
    share = averaging.share(of: count)
    for region in regions { plan.perform(region) }
  }

  /// Exchanges the average with the plan's weights. A second call undoes the first.
  func exchange() {
    swap(parameters.buffer, plan.parameters)
    swap(statistics.buffer, plan.statistics)
  }

  private func swap(_ a: UnsafeMutableBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Float>) {
    for index in a.indices { Swift.swap(&a[index], &b[index]) }
  }

  /// The average by PyTorch's names.
  var state: [String: Tensor] {
    plan.state(
      parameters: UnsafeBufferPointer(parameters.buffer), statistics: UnsafeBufferPointer(statistics.buffer))
  }

  /// The inverse of ``state``.
  ///
  /// - Throws: ``PlanError`` if a tensor is missing or has another shape.
  func load(_ state: [String: Tensor], count: Int) throws {
    try plan.fill(parameters: parameters.buffer, statistics: statistics.buffer, from: state)
    self.count = count
  }
}

extension WeightAveraging {
  /// Whether running statistics are computed for the averaged weights, not averaged themselves.
  var recomputesStatistics: Bool { if case .swa = rule { true } else { false } }

  /// Whether the weights after every update belong to the average, not only those after epochs.
  var takesEveryUpdate: Bool { if case .ema = rule { true } else { false } }

  /// The weight of the newest numbers in an average of `count`; the first average is a copy.
  fileprivate func share(of count: Int) -> Float {
    switch rule {
    case .ema(let decay): count == 1 ? 1 : Float(1 - decay)
    case .swa: Float(1 / Double(count))
    }
  }
}
