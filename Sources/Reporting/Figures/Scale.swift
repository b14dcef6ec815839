import Foundation
import Support

/// A linear map from values to positions, with ticks at round numbers.
struct Scale {
  /// The lowest to the highest value shown; never empty or infinite.
  let domain: ClosedRange<Double>
  /// The distance between ticks: 1, 2 or 5 times a power of ten.
  let step: Double
  /// The ticks of a logarithmic scale, whose values are logarithms, with their labels.
  private let powers: [(tick: Double, label: String)]?

  /// Creates the smallest domain that contains the values and ends at ticks.
  ///
  /// - Parameters:
  ///   - values: values that are not finite or beyond ±1e100 are ignored; if none are left, the domain is 0…1.
  ///   - count: the approximate number of intervals.
  ///   - isWhole: whether ticks are only at integers.
  ///   - isTight: whether the domain ends at the values themselves instead of at ticks.
  init(around values: some Sequence<Double>, count: Int, isWhole: Bool = false, isTight: Bool = false) {
    let (low, high) = Self.ends(of: values, isWhole: isWhole)
    var step = Scale.roundStep((high - low) / Double(max(1, count)))
    if isWhole { step = max(1, step) }
    self.step = step
    powers = nil
    if isTight {
      domain = low...high
    } else {
      let bottom = ((low / step) + 1e-9).rounded(.down) * step
      let top = ((high / step) - 1e-9).rounded(.up) * step
      domain = bottom...max(top, bottom + step)
    }
  }

  /// Creates the scale of a logarithmic axis. Its values are decimal logarithms; its ticks are round numbers.
  ///
  /// - Parameters:
  ///   - values: the logarithms; those that are not finite are ignored.
  ///   - count: the approximate number of intervals.
  ///   - isTight: whether the domain ends at the values themselves instead of slightly beyond.
  init(logarithmsAround values: some Sequence<Double>, count: Int, isTight: Bool) {
    let (low, high) = Self.ends(of: values, isWhole: false)
    let margin = isTight ? 0 : (high - low) * 0.04
    let domain = (low - margin)...(high + margin)
    self.domain = domain
    step = max(1, Scale.roundStep((high - low) / Double(max(1, count))))
    powers = Self.roundNumbers(in: domain, every: step, count: count)
  }

  /// The lowest and the highest value, apart even if all values are equal.
  private static func ends(of values: some Sequence<Double>, isWhole: Bool) -> (Double, Double) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where isDrawable(value) {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = (0, 1) }
    // If the span is below the precision of doubles near these values, ticks could not advance.
    let least = max(abs(low), abs(high)) * 1e-9
    if high - low <= least {
      let half = low == 0 ? 0.5 : max(abs(low) * 0.05, isWhole ? 0.5 : 0)
      (low, high) = (low - half, high + half)
    }
    return (low, high)
  }

  /// Powers of ten; where there are fewer than three, also 2 and 5 times these; within a decade, evenly spaced numbers.
  private static func roundNumbers(
    in domain: ClosedRange<Double>, every step: Double, count: Int
  ) -> [(tick: Double, label: String)] {
    let span = domain.upperBound - domain.lowerBound
    if span < 1 {
      let linear = Scale(
        around: [pow(10, domain.lowerBound), pow(10, domain.upperBound)], count: count, isTight: true)
      return linear.ticks.filter { $0 > 0 }.map { (log10($0), linear.label($0)) }
    }
    let first = Int((domain.lowerBound - 1e-9).rounded(.up))
    let last = Int((domain.upperBound + 1e-9).rounded(.down))
    if span < 2.5 {
      return (first - 1...last).flatMap { exponent in
        [1.0, 2, 5].map {
          (Double(exponent) + log10($0), Number.text($0 * pow(10, Double(exponent)), significant: 3))
        }
      }.filter { domain.contains($0.0) }
    }
    guard first <= last else { return [] }
    return stride(from: first, through: last, by: Int(step)).map { exponent in
      (Double(exponent), abs(exponent) > 3 ? "1e\(exponent)" : Number.text(Number.powerOfTen(exponent)))
    }
  }

  /// The multiples of `step` in the domain; on a logarithmic scale, the logarithms of round numbers.
  var ticks: [Double] {
    if let powers { return powers.map(\.tick) }
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// A tick's label, with as many decimals as the step needs.
  func label(_ tick: Double) -> String {
    if let powers { return powers.first { $0.tick == tick }?.label ?? "" }
    let exponent = Number.decimalExponent(step)
    if exponent < -6 || abs(tick) >= 1e7 { return Number.text(tick, significant: 4) }
    return Number.fixed(tick, max(0, -exponent))
  }

  /// The position of the value between `start` (the lower end of the domain) and `end`.
  func position(_ value: Double, _ start: Double, _ end: Double) -> Double {
    let fraction = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + fraction * (end - start)
  }

  private static func roundStep(_ raw: Double) -> Double {
    let unit = Number.powerOfTen(Number.decimalExponent(raw))
    guard raw > 0, unit > 0 else { return 1 }
    let ratio = raw / unit
    return unit * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10)
  }
}

/// Whether the value can be drawn: finite, and small enough that differences stay finite.
func isDrawable(_ value: Double) -> Bool { abs(value) <= 1e100 }
