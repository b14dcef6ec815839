/// The C formats that `String(format:)` accepts: `%d`, `%i`, `%f`, `%e`, `%g`, `%@`, `%%`, with flags, width and
/// precision.
enum Format {
  static func string(_ format: String, _ values: [Value]) throws -> String {
    var out = ""
    var rest = format[...]
    var next = 0
    while let percent = rest.firstIndex(of: "%") {
      out += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      let flags = rest.prefix { "-+ 0#".contains($0) }
      rest = rest.dropFirst(flags.count)
      let width = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(width.count)
      var precision: Int?
      if rest.first == "." {
        let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count + 1)
        precision = Int(digits) ?? 0
      }
      rest = rest.drop { $0 == "l" || $0 == "h" }
      guard let conversion = rest.first else {
        throw LibraryFailure("the format '\(format)' ends with a '%'")
      }
      rest = rest.dropFirst()
      if conversion == "%" {
        out += "%"
        continue
      }
      guard values.indices.contains(next) else {
        throw LibraryFailure(
          "the format '\(format)' needs more than \(values.count) value\(values.count == 1 ? "" : "s")")
      }
      let wide = Int(width) ?? 0
      guard wide <= 1_000, precision ?? 0 <= 100 else {
        throw LibraryFailure("the format '\(format)' is too wide")
      }
      let text = try convert(values[next], conversion, flags: flags, precision: precision)
      next += 1
      try Meter.checkLength(ofString: out.utf8.count + text.utf8.count)
      out += pad(text, to: wide, flags: flags, isNumber: conversion != "@")
    }
    return out + rest
  }

  private static func convert(
    _ value: Value, _ conversion: Character, flags: Substring, precision: Int?
  ) throws -> String {
    switch (conversion, value) {
    case ("d", .int(let x)), ("i", .int(let x)): return sign(x < 0, flags) + "\(x.magnitude)"
    case ("f", .double(let x)), ("F", .double(let x)): return number(x, precision ?? 6, flags, fixed)
    case ("f", .float(let x)), ("F", .float(let x)): return number(Double(x), precision ?? 6, flags, fixed)
    case ("e", .double(let x)): return number(x, precision ?? 6, flags, scientific)
    case ("e", .float(let x)): return number(Double(x), precision ?? 6, flags, scientific)
    case ("g", .double(let x)): return number(x, precision ?? 6, flags, general)
    case ("g", .float(let x)): return number(Double(x), precision ?? 6, flags, general)
    case ("@", .string(let x)): return x
    case ("d", _), ("i", _): throw LibraryFailure("'%\(conversion)' expects an Int; found '\(value)'")
    case ("f", _), ("F", _), ("e", _), ("g", _):
      throw LibraryFailure("'%\(conversion)' expects a Double; found '\(value)'")
    case ("@", _): throw LibraryFailure("'%@' expects a String; found '\(value)'")
    default: throw LibraryFailure("the format '%\(conversion)' is not supported in cells")
    }
  }

  private static func sign(_ isNegative: Bool, _ flags: Substring) -> String {
    isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
  }

  private static func number(
    _ value: Double, _ precision: Int, _ flags: Substring, _ style: (Double, Int) -> String
  ) -> String {
    let isNegative = value.sign == .minus && !value.isNaN
    let text = value.isNaN ? "nan" : value.isInfinite ? "inf" : style(value.magnitude, precision)
    return sign(isNegative, flags) + text
  }

  private static func pad(_ text: String, to width: Int, flags: Substring, isNumber: Bool) -> String {
    let missing = width - text.count
    guard missing > 0 else { return text }
    if flags.contains("-") { return text + String(repeating: " ", count: missing) }
    guard flags.contains("0"), isNumber, text.contains(where: \.isNumber) else {
      return String(repeating: " ", count: missing) + text
    }
    let sign = text.prefix { "+- ".contains($0) }
    return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
  }

  /// Correctly rounded decimal digits, as C prints them: a double's exact value is a finite decimal.
  private static func fixed(_ value: Double, _ precision: Int) -> String {
    var (digits, point) = exactDecimal(value)
    round(&digits, &point, toFraction: precision)
    let whole = digits.prefix(max(0, point)).map(String.init).joined()
    var fraction =
      String(repeating: "0", count: max(0, -point))
      + digits.dropFirst(max(0, point)).map(String.init).joined()
    fraction += String(repeating: "0", count: max(0, precision - fraction.count))
    fraction = String(fraction.prefix(precision))
    return (whole.isEmpty ? "0" : whole) + (precision > 0 ? "." + fraction : "")
  }

  private static func scientific(_ value: Double, _ precision: Int) -> String {
    var (digits, point) = exactDecimal(value)
    round(&digits, &point, toFraction: precision + 1 - point)
    let exponent = value == 0 ? 0 : point - 1
    let padded = digits + Array(repeating: 0, count: max(0, precision + 1 - digits.count))
    let head = padded.first.map(String.init) ?? "0"
    let tail = padded.dropFirst().prefix(precision).map(String.init).joined()
    let magnitude = exponent.magnitude
    return head + (precision > 0 ? "." + tail : "") + "e" + (exponent < 0 ? "-" : "+")
      + (magnitude < 10 ? "0" : "") + "\(magnitude)"
  }

  private static func general(_ value: Double, _ precision: Int) -> String {
    let significant = max(1, precision)
    let probe = scientific(value, significant - 1)
    let exponent = probe.lastIndex(of: "e").flatMap { Int(probe[probe.index(after: $0)...]) } ?? 0
    if exponent < -4 || exponent >= significant {
      guard let mark = probe.lastIndex(of: "e") else { return probe }
      return trimmed(String(probe[..<mark])) + probe[mark...]
    }
    return trimmed(fixed(value, significant - 1 - exponent))
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// The value's exact decimal digits and the position of the decimal point: 0.25 is ([2, 5], 0).
  private static func exactDecimal(_ value: Double) -> (digits: [Int], point: Int) {
    guard value > 0 else { return ([0], 1) }
    var mantissa = Int(value.significandBitPattern)
    var exponent = Int(value.exponentBitPattern) - 1075
    if value.isNormal { mantissa |= 1 << 52 } else { exponent += 1 }
    // Base 10^9 limbs, least significant first.
    let base = 1_000_000_000
    var limbs: [Int] = []
    while mantissa > 0 {
      limbs.append(mantissa % base)
      mantissa /= base
    }
    func multiply(by factor: Int) {
      var carry = 0
      for index in limbs.indices {
        let product = limbs[index] * factor + carry
        limbs[index] = product % base
        carry = product / base
      }
      while carry > 0 {
        limbs.append(carry % base)
        carry /= base
      }
    }
    // m·2^e for e < 0 is m·5^-e / 10^-e.
    let steps = exponent.magnitude
    for _ in 0..<steps { multiply(by: exponent < 0 ? 5 : 2) }
    var text = limbs.last.map(String.init) ?? "0"
    for limb in limbs.dropLast().reversed() {
      let part = String(limb)
      text += String(repeating: "0", count: 9 - part.count) + part
    }
    let digits = text.compactMap(\.wholeNumberValue)
    return (digits, digits.count - (exponent < 0 ? Int(steps) : 0))
  }

  /// Rounds half to even, to a number of digits after the decimal point.
  private static func round(_ digits: inout [Int], _ point: inout Int, toFraction places: Int) {
    let keep = point + places
    if keep >= digits.count { return }
    if keep < 0 {
      digits = []
      point = -places
      return
    }
    let rest = digits[keep...]
    let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
    let up = isHalf ? keep > 0 && digits[keep - 1] % 2 == 1 : (rest.first ?? 0) >= 5
    digits = Array(digits[..<keep])
    guard up else { return }
    var index = keep - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    digits.insert(1, at: 0)
    point += 1
  }
}
