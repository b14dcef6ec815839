/// Formats numbers identically on every machine and in every locale.
///
/// Terminal, report, charts, tables and prose all use these functions, so that a value has the same digits
/// everywhere. NaN is `nan`, infinities are `inf` and `-inf`.
public enum Number {
  /// The maximum number of decimals.
  public static let maximumDecimals = 17

  /// The value with a fixed number of decimals (0…17), halves rounded away from zero: `fixed(36.65, 1)` is `36.7`.
  ///
  /// Rounds the decimal value; C's `printf` rounds the binary one and gives `36.6`. From 10¹⁵ on, the text is
  /// scientific: `1e300`.
  public static func fixed(_ value: Double, _ decimals: Int) -> String { fixed(value, decimals, shift: 0) }

  /// The value × 10^`shift`, without the rounding error of a product.
  static func fixed(_ value: Double, _ decimals: Int, shift: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    guard value.magnitude < 1e15 else { return scientific(value) }
    let places = min(max(decimals, 0), maximumDecimals)
    var digits = DecimalDigits(value)
    digits.shift(shift)
    digits.round(places: places)
    return (value < 0 && !digits.digits.isEmpty ? "-" : "") + digits.text(places: places)
  }

  /// The value with at most `significant` digits and no trailing zeros: `text(0.007525)` is `0.007525`.
  ///
  /// Below 10⁻⁶ and from 10¹⁵ on, the text is scientific: `1e-9`.
  public static func text(_ value: Double, significant: Int = 6) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, 0) }
    let exponent = decimalExponent(abs(value))
    guard (-6..<15).contains(exponent) else { return scientific(value) }
    return withoutTrailingZeros(fixed(value, max(0, significant - 1 - exponent)))
  }

  /// An integer with commas: `1,234,567`.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { out += "," }
      out.append(digit)
    }
    return out
  }

  /// A count with its noun: `1 thread`, `3,000 images`.
  ///
  /// - Parameter plural: the plural, if it is not formed with `s`.
  public static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// The largest integer e with 10ᵉ ≤ `value`; `value` must be positive and finite.
  public static func decimalExponent(_ value: Double) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    return DecimalDigits(value).exponent - 1
  }

  /// 10 to the power of `exponent`, correctly rounded; parsed from text, since repeated multiplication drifts.
  public static func powerOfTen(_ exponent: Int) -> Double {
    powers.indices.contains(exponent) ? powers[exponent] : Double("1e\(exponent)") ?? 0
  }

  private static let powers: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]

  private static func scientific(_ value: Double) -> String {
    let exponent = decimalExponent(abs(value))
    let mantissa = withoutTrailingZeros(shortMantissa(value, exponent))
    return "\(mantissa)e\(exponent)"
  }

  /// The first four significant digits of the value / 10^`exponent`.
  private static func shortMantissa(_ value: Double, _ exponent: Int) -> String {
    var digits = DecimalDigits(value)
    digits.shift(-exponent)
    digits.round(places: 3)
    return (value < 0 ? "-" : "") + digits.text(places: 3)
  }

  static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = Substring(text)
    while kept.hasSuffix("0") { kept = kept.dropLast() }
    if kept.hasSuffix(".") { kept = kept.dropLast() }
    return String(kept)
  }
}
