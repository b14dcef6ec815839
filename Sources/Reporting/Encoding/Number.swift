/// Formats numbers identically on every machine and in every locale.
enum Number {
  /// Formats with a fixed number of decimals, rounding halves away from zero: `fixed(36.65, 1)` is `36.7`.
  ///
  /// Rounds the shortest decimal representation; C's formats round the binary value (`36.6`). NaN becomes `–`.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "-∞" : "∞" }
    let decimals = min(max(decimals, 0), 15)
    let scaled = (abs(value) * powerOfTen(decimals)).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return scientific(value) }
    var digits = String(Int64(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits = digits.dropLast(decimals) + "." + digits.suffix(decimals)
    }
    return value < 0 && scaled > 0 ? "-" + digits : digits
  }

  /// Formats with at most `significant` digits and no trailing zeros: `text(0.007525)` is `0.007525`.
  static func text(_ value: Double, significant: Int = 6) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, 0) }
    let exponent = decimalExponent(abs(value))
    guard (-6..<15).contains(exponent) else { return scientific(value) }
    return withoutTrailingZeros(fixed(value, max(0, significant - 1 - exponent)))
  }

  /// The number of decimals for a column of these numbers: at most 4 significant digits of the largest and 8 digits
  /// in all; `nil` if they differ too much for one column.
  static func decimals(_ values: [Double]) -> Int? {
    let texts = values.filter(\.isFinite).map { text($0, significant: 4) }
    guard !texts.contains(where: { $0.contains("e") }) else { return nil }
    return texts.map { $0.split(separator: ".").dropFirst().first?.count ?? 0 }.max().map { min($0, 8) }
  }

  /// Formats an integer with commas: `1,234,567`.
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return out
  }

  /// Formats a fraction, 0…1, in percent, for example `87.0 %`.
  static func percent(_ fraction: Double, _ decimals: Int = 1) -> String {
    fixed(fraction * 100, decimals) + (fraction.isFinite ? " %" : "")
  }

  /// Formats a duration: `46.6 s`, `38 min 12 s`, `1 h 18 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
    if seconds < 0.0995 { return "\(fixed(seconds * 1000, seconds < 0.00095 ? 1 : 0)) ms" }
    if seconds < 9.995 { return "\(fixed(seconds, 2)) s" }
    if seconds < 59.95 { return "\(fixed(seconds, 1)) s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    let minutes = (whole + 30) / 60
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  /// Formats a drawing coordinate, to a tenth of a pixel, without a trailing zero.
  static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded(.toNearestOrAwayFromZero))
    let whole = "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10)"
    return tenths % 10 == 0 ? whole : "\(whole).\(tenths.magnitude % 10)"
  }

  /// The largest integer e with 10ᵉ ≤ `value`; `value` must be positive and finite.
  static func decimalExponent(_ value: Double) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    var exponent = Int((Double(value.exponent) * 0.301029995663981).rounded(.down))
    while powerOfTen(exponent + 1) <= value { exponent += 1 }
    while powerOfTen(exponent) > value { exponent -= 1 }
    return exponent
  }

  /// 10 to the power of `exponent`, correctly rounded; parsed from text, since repeated multiplication drifts.
  static func powerOfTen(_ exponent: Int) -> Double {
    powers.indices.contains(exponent) ? powers[exponent] : Double("1e\(exponent)") ?? 0
  }

  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]

  private static func scientific(_ value: Double) -> String {
    let exponent = decimalExponent(abs(value))
    let unit = powerOfTen(exponent)
    guard unit > 0, (value / unit).isFinite else { return "\(value)" }
    return "\(withoutTrailingZeros(fixed(value / unit, 3)))e\(exponent)"
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = Substring(text)
    while kept.hasSuffix("0") { kept = kept.dropLast() }
    if kept.hasSuffix(".") { kept = kept.dropLast() }
    return kept == "-0" ? "0" : String(kept)
  }
}
