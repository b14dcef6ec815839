/// A measure of a model's quality: its names, the direction in which it improves, and its computation.
///
///     Metric.accuracy.isBetter(0.9, than: 0.8)            // true
///     Metric.meanAbsoluteError.isBetter(0.9, than: 0.8)   // false
public struct Metric: Sendable, CustomStringConvertible {
  /// The direction in which a metric improves.
  public enum Direction: String, Sendable, Hashable, Codable { case higher, lower }

  /// The form in which a value is written.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// A fraction, written as a percentage.
    case share
    /// A plain number.
    case number
  }

  /// Identifies the metric in files: `accuracy` in the column `test_accuracy`. Lower-case ASCII letters and digits.
  public let key: String
  /// For axes and sentences: `mean absolute error`.
  public let name: String
  /// For log lines: `MAE`.
  public let shortName: String
  /// The direction in which the metric improves.
  public let better: Direction
  /// The form in which values are written.
  public let unit: Unit
  /// The values that the metric can have.
  public let range: ClosedRange<Double>
  private let function: any MetricFunction

  /// Creates a metric.
  public init(
    key: String, name: String, shortName: String, better: Direction, unit: Unit = .number,
    range: ClosedRange<Double>, _ function: any MetricFunction
  ) {
    self.key = key
    self.name = name
    self.shortName = shortName
    self.better = better
    self.unit = unit
    self.range = range
    self.function = function
  }

  public var description: String { name }

  // MARK: Comparing

  /// Whether a value beats another. NaN beats nothing.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    guard !value.isNaN else { return false }
    guard !other.isNaN else { return true }
    return better == .higher ? value > other : value < other
  }

  /// Whether a value is finite and beats the best so far; `nil` where no value has been finite.
  public func isImprovement(_ value: Double, over best: Double?) -> Bool {
    value.isFinite && best.map { isBetter(value, than: $0) } ?? true
  }

  /// Whether a value is at least as good as a target.
  public func reaches(_ value: Double, target: Double) -> Bool {
    better == .higher ? value >= target : value <= target
  }

  /// Whether the metric can have this value. Infinity and NaN are always possible: a diverged model has them.
  public func isPossible(_ value: Double) -> Bool {
    range.contains(value) || (unit == .number && !value.isFinite)
  }

  // MARK: Computing

  /// The number of sums over the samples from which the metric is computed.
  public func sumCount(outputs: Int) -> Int { function.sumCount(outputs: outputs) }

  /// Writes a sample's term in each sum.
  public func setTerms(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget
  ) {
    function.setTerms(terms, output: output, target: target)
  }

  /// The metric over `count` samples from the sums of their terms.
  public func value(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double {
    function.value(sums, count: count)
  }
}

extension Metric: Hashable {
  public static func == (a: Metric, b: Metric) -> Bool { a.key == b.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// The computation of a metric: every sample adds terms to a few sums, and the value is computed from the
/// sums.
///
/// Sums are added in the order of the samples, so a value has the same bits for any number of threads.
public protocol MetricFunction: Sendable {
  /// The number of sums that the value needs.
  ///
  /// - Parameter outputs: the number of outputs of the model per sample.
  func sumCount(outputs: Int) -> Int

  /// Sets a sample's terms, one for each sum. Called from several threads at once.
  func setTerms(
    _ terms: UnsafeMutablePointer<Double>, output: UnsafeBufferPointer<Float>, target: SampleTarget)

  /// The value over `count` samples, at least 1.
  func value(_ sums: UnsafeBufferPointer<Double>, count: Int) -> Double
}
