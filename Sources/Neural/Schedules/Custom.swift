extension Schedule {
  /// A schedule of one's own: the learning rate of a step as a function, one step a batch
  /// (as PyTorch's `LambdaLR`, but the rate itself and not a factor).
  ///
  /// Replaces the optimizer's learning rate. The function is asked again when a run goes on and when a schedule is
  /// drawn, so what it gives may depend on nothing but the step. A schedule is equal to its copies, not to one made
  /// from the same function again. Saved with a cursor, only its place is kept: see ``ScheduleCursor/schedule``.
  ///
  ///     Schedule.custom { step in step < 100 ? 0.1 * Double(step + 1) / 100 : 0.1 }   // a linear warm-up
  /// - Parameters:
  ///   - origin: where the function is written, for errors.
  ///   - learningRate: of a step counted from 0, a finite number, at least 0. It is asked for the run's steps only.
  public static func custom(
    origin: Origin? = nil, _ learningRate: @escaping @Sendable (_ step: Int) throws -> Double
  ) -> Schedule {
    Schedule(rule: .custom(Custom(function: Custom.Function(body: learningRate, origin: origin))))
  }
}

struct Custom: Sendable, Hashable, Codable {
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

  /// - Throws: ``ScheduleError`` where the function gives no learning rate; what the function throws.
  func learningRate(at step: Int) throws -> Double {
    guard let function else { throw ScheduleError(fact: .functionMissing, schedule: "custom") }
    let rate = try function.body(step)
    guard rate.isFinite, rate >= 0 else {
      throw ScheduleError(fact: .rate(step: step, found: rate), schedule: "custom", origin: function.origin)
    }
    return rate
  }

  static func == (a: Self, b: Self) -> Bool { a.function === b.function }
  func hash(into hasher: inout Hasher) { hasher.combine(function.map { ObjectIdentifier($0) }) }

  // A function cannot be written to a file.
  init(from decoder: any Decoder) throws { function = nil }
  func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKey.self) }

  private enum NoKey: CodingKey {}
}
