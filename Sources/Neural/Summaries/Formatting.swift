/// 199368 as `199,368`.
public func grouped(_ value: Int) -> String {
  let digits = Array(String(value.magnitude))
  var out = value < 0 ? "-" : ""
  for (i, digit) in digits.enumerated() {
    if i > 0, (digits.count - i).isMultiple(of: 3) { out += "," }
    out.append(digit)
  }
  return out
}

/// A number with a fixed count of decimals, rounded as C's `printf` does: `fixed(0.7605, 2)` is `0.76`.
public func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  return Format.number(value, decimals: max(0, min(decimals, 17)))
}

/// A share in percent: `percent(0.87019)` is `87.02%`.
public func percent(_ share: Double, decimals: Int = 2) -> String { fixed(100 * share, decimals) + "%" }

func leftPadded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
