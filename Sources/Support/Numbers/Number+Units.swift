/// Numbers with units.
extension Number {
  /// A fraction in percent: `percent(0.87019)` is `87.02%`, `percent(0.955)` is `95.50%`.
  ///
  /// - Parameter decimals: the number of decimals, 0…17.
  public static func percent(_ share: Double, decimals: Int = 2) -> String {
    fixed(share, decimals, shift: 2) + (share.isFinite ? "%" : "")
  }

  /// A percentage chosen by a user, such as a target: `85%`, `87.5%`; at most two decimals.
  public static func setPercent(_ share: Double) -> String {
    withoutTrailingZeros(fixed(share, 2, shift: 2)) + (share.isFinite ? "%" : "")
  }

  /// A measured time: `51 ms`, `0.51 s`, `46.6 s`, `38 min 12 s`, `1 h 18 min`; `–` if it is negative or not finite.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
    if seconds < 0.0995 { return "\(text(seconds * 1000, significant: 2)) ms" }
    if seconds < 59.95 { return "\(withoutTrailingZeros(fixed(seconds, seconds < 0.995 ? 2 : 1))) s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    let minutes = (whole + 30) / 60
    return "\(minutes / 60) h \(minutes % 60) min"
  }

  /// An estimated time: `51 ms`, `2.3 s`, `47 s`, `38 min`, `2 h 5 min`; `–` if it is negative or not finite.
  public static func approximateDuration(_ seconds: Double) -> String {
    guard seconds >= 0.9995, seconds < 1e12 else { return duration(seconds) }
    if seconds < 99.5 { return "\(text(seconds, significant: 2)) s" }
    let minutes = Int((seconds / 60).rounded())
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  /// A number of bytes in powers of 1000: `812 B`, `1.6 MB`, `171 MB`, `2 GB`.
  ///
  /// Below 100 of a unit there is one decimal, unless it is zero.
  public static func bytes(_ count: Int) -> String {
    guard count.magnitude >= 1000 else { return "\(count) B" }
    let units = ["kB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count) / 1000, 0)
    // 999.9 kB rounds to 1 MB.
    while value.magnitude >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return "\(withoutTrailingZeros(fixed(value, value.magnitude < 99.95 ? 1 : 0))) \(units[unit])"
  }
}
