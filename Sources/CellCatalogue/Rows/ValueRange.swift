import Support

/// The valid values of a parameter, shown by `quire describe` and enforced at each call.
///
///     p("p", Double.self, default: 0.5, "probability", range: .in(0..<1))   // "0 to below 1"
///     p("groups", Int.self, "channel groups", range: "divides both")        // documentation only
///
/// For an array, each element must be in the range; for a range, both bounds. `nil` is always valid.
public struct ValueRange: Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  private struct Bound: Sendable {
    var value: Double
    var isIncluded: Bool
  }
  private var lower: Bound?
  private var upper: Bound?
  /// The range for `quire describe`, for example `0 to below 1` or `1 or more`.
  public private(set) var description = ""
  /// The words that follow "must be" in errors, for example `at least 0 and below 1`.
  package private(set) var requirement = ""
  /// For a value out of range, the words that follow the error; `nil` if there is nothing to add.
  package private(set) var advice: (@Sendable (Value) -> String?)?

  /// Creates a range that is documented but not enforced.
  public init(stringLiteral text: String) { description = text }

  /// Whole numbers from the lower to the upper bound, both included.
  public static func `in`(_ range: ClosedRange<Int>) -> ValueRange {
    .in(Double(range.lowerBound)...Double(range.upperBound))
  }

  /// Values from the lower to the upper bound, both included.
  public static func `in`(_ range: ClosedRange<Double>) -> ValueRange {
    let (low, high) = (number(range.lowerBound), number(range.upperBound))
    return ValueRange(
      lower: Bound(value: range.lowerBound, isIncluded: true),
      upper: Bound(value: range.upperBound, isIncluded: true), "\(low) to \(high)", "in \(low)…\(high)")
  }

  /// Values from the lower bound to below the upper bound.
  public static func `in`(_ range: Range<Double>) -> ValueRange {
    let (low, high) = (number(range.lowerBound), number(range.upperBound))
    return ValueRange(
      lower: Bound(value: range.lowerBound, isIncluded: true),
      upper: Bound(value: range.upperBound, isIncluded: false), "\(low) to below \(high)",
      "at least \(low) and below \(high)")
  }

  /// Values of at least the lower bound.
  public static func `in`(_ range: PartialRangeFrom<Double>) -> ValueRange {
    let low = number(range.lowerBound)
    return ValueRange(
      lower: Bound(value: range.lowerBound, isIncluded: true), upper: nil, "\(low) or more",
      "at least \(low)")
  }

  /// Numbers that are neither infinite nor NaN.
  public static let finite = ValueRange(lower: nil, upper: nil, "a finite number", "a finite number")

  /// Values above `low`, and at most `high`.
  public static func above(_ low: Double, through high: Double) -> ValueRange {
    ValueRange(
      lower: Bound(value: low, isIncluded: false), upper: Bound(value: high, isIncluded: true),
      "above \(number(low)) to \(number(high))", "above \(number(low)) and at most \(number(high))")
  }

  /// The same range with advice for values out of range.
  ///
  /// - Parameter advice: returns the words that follow the error for an argument, such as "divide by 255".
  public func advising(_ advice: @escaping @Sendable (Value) -> String?) -> ValueRange {
    var range = self
    range.advice = advice
    return range
  }

  /// Values above `low` and, if `high` is given, below it.
  public static func above(_ low: Double, below high: Double? = nil) -> ValueRange {
    ValueRange(
      lower: Bound(value: low, isIncluded: false),
      upper: high.map { Bound(value: $0, isIncluded: false) },
      "above \(number(low))" + (high.map { ", below \(number($0))" } ?? ""),
      "above \(number(low))" + (high.map { " and below \(number($0))" } ?? ""))
  }

  private init(lower: Bound?, upper: Bound?, _ description: String, _ requirement: String) {
    self.lower = lower
    self.upper = upper
    self.description = description
    self.requirement = requirement
  }

  /// The words that follow "must be" for a value out of range.
  package func requirement(for found: Value) -> String {
    switch found {
    case .double(let x) where !x.isFinite && self.upper == nil && self.lower != nil:
      "a finite number, \(requirement)"
    default: requirement
    }
  }

  /// The number as text; from 10,000 with thousands separators: `4096`, `100,000`, `0.5`.
  private static func number(_ value: Double) -> String {
    guard let whole = Int(exactly: value) else { return "\(value)" }
    return whole.magnitude < 10_000 ? "\(whole)" : Number.grouped(whole)
  }

  /// The first number in the value that is out of range, or `nil` if all are valid.
  package func misfit(in value: Value) -> Value? {
    // A range without a requirement is only documented.
    if requirement.isEmpty { return nil }
    return switch value {
    case .int(let x): contains(Double(x)) ? nil : value
    case .double(let x): contains(x) ? nil : value
    case .float(let x): contains(Double(x)) ? nil : value
    case .optional(let wrapped): wrapped.flatMap(misfit)
    case .array(let elements): elements.lazy.compactMap(misfit).first
    case .range(let lower, let upper, _): misfit(in: lower) ?? misfit(in: upper)
    default: nil
    }
  }

  private func contains(_ x: Double) -> Bool {
    if !x.isFinite { return false }
    if let lower, !(lower.isIncluded ? x >= lower.value : x > lower.value) { return false }
    if let upper, !(upper.isIncluded ? x <= upper.value : x < upper.value) { return false }
    return true
  }
}

extension ValueRange {
  /// A value near a bound, for tests.
  package struct Probe: Sendable {
    /// The value.
    package var value: Double
    /// Whether the value is in the range.
    package var isInside: Bool
  }

  /// For each bound, a value just inside the range and one just outside.
  ///
  /// - Parameter step: the distance between neighbouring values: 1 for whole numbers.
  package func probes(step: Double) -> [Probe] {
    func probes(_ bound: Bound?, outwards: Double) -> [Probe] {
      guard let bound else { return [] }
      let inside = bound.isIncluded ? bound.value : bound.value - outwards * step
      return [
        Probe(value: inside, isInside: true), Probe(value: inside + outwards * step, isInside: false),
      ]
    }
    return probes(lower, outwards: -1) + probes(upper, outwards: 1)
  }
}

/// The error for an argument outside its parameter's range.
package struct RangeFailure: Error, CustomStringConvertible {
  package var row: String
  package var parameter: String
  package var range: ValueRange
  package var found: Value
  /// The words that follow the error; `nil` if there is nothing to add.
  package var advice: String?

  package init(row: String, parameter: String, range: ValueRange, found: Value, advice: String? = nil) {
    self.row = row
    self.parameter = parameter
    self.range = range
    self.found = found
    self.advice = advice
  }

  package var description: String {
    "\(row): \(parameter) must be \(range.requirement(for: found)), found \(found)\(advice.map { "; \($0)" } ?? "")"
  }
}
