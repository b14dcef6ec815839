import Support

/// A linear map from values to positions, with ticks at round numbers.
struct Scale {
  /// The lowest to the highest value shown; never empty or infinite.
  let domain: ClosedRange<Double>
  /// The distance between ticks: 1, 2 or 5 times a power of ten.
  let step: Double

  /// Creates the smallest domain that contains the values and ends at ticks.
  ///
  /// - Parameters:
  ///   - values: values that are not finite or beyond ±1e100 are ignored; if none are left, the domain is 0…1.
  ///   - count: the approximate number of intervals.
  ///   - isWhole: whether ticks are only at integers.
  ///   - isTight: whether the domain ends at the values themselves instead of at ticks.
  init(around values: some Sequence<Double>, count: Int, isWhole: Bool = false, isTight: Bool = false) {
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
    var step = Scale.roundStep((high - low) / Double(max(1, count)))
    if isWhole { step = max(1, step) }
    self.step = step
    if isTight {
      domain = low...high
    } else {
      let bottom = ((low / step) + 1e-9).rounded(.down) * step
      let top = ((high / step) - 1e-9).rounded(.up) * step
      domain = bottom...max(top, bottom + step)
    }
  }

  /// The multiples of `step` in the domain.
  var ticks: [Double] {
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// A tick's label, with as many decimals as the step needs.
  func label(_ tick: Double) -> String {
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
