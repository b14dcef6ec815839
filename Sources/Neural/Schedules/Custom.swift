extension Schedule {
  /// A custom schedule: a function that returns the learning rate of each batch (like PyTorch's `LambdaLR`, but
  /// with the rate itself instead of a factor).
  ///
  /// Replaces the optimizer's learning rate. The function is called again when a run resumes and when a schedule is
  /// plotted, so its result must depend only on the batch. A schedule equals its copies, but not one created from
  /// the same function again. When a cursor is saved, only its position is stored: see ``ScheduleCursor/schedule``.
  ///
  ///     Schedule.custom { batch in batch < 100 ? 0.1 * Double(batch + 1) / 100 : 0.1 }   // a linear warm-up
  ///
  /// - Parameters:
  ///   - origin: the place of the function, for errors.
  ///   - learningRate: the rate of a batch counted from 0; finite and at least 0. It is called only for batches of
  ///     the run.
  public static func custom(
    origin: Origin? = nil, _ learningRate: @escaping @Sendable (_ step: Int) throws -> Double
  ) -> Schedule {
    Schedule(rule: Custom(function: Custom.Function(body: learningRate, origin: origin)))
  }
}

struct Custom: ScheduleRule {
  static let key = "custom"
  static let name = "custom"
  static let unit = Schedule.Unit.batch

  final class Function: Sendable {
    let body: @Sendable (Int) throws -> Double
    let origin: Origin?

    init(body: @escaping @Sendable (Int) throws -> Double, origin: Origin?) {
      self.body = body
      self.origin = origin
    }
  }

  /// `nil` after decoding.
  let function: Function?

  init(function: Function) { self.function = function }

  var replacesLearningRate: Bool { true }
  /// The function is called only for the run's batches.
  var dependsOnPlannedEpochs: Bool { true }
  /// The function has no text.
  var hasContent: Bool { false }

  func validate() throws {}

  func point(at step: Int, learningRate: Double, run: ScheduleSteps) throws -> SchedulePoint {
    guard let function else { throw ScheduleError(fact: .functionMissing, schedule: Self.name) }
    // After the last batch, the rate keeps its value.
    let step = min(step, run.total - 1)
    let rate = try function.body(step)
    guard rate.isFinite, rate >= 0 else {
      throw ScheduleError(fact: .rate(step: step, found: rate), schedule: Self.name, origin: function.origin)
    }
    return SchedulePoint(learningRate: rate)
  }

  static func == (a: Self, b: Self) -> Bool { a.function === b.function }
  func hash(into hasher: inout Hasher) { hasher.combine(function.map { ObjectIdentifier($0) }) }

  // A function cannot be saved.
  init(from decoder: any Decoder) throws { function = nil }
  func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKey.self) }

  private enum NoKey: CodingKey {}
}
