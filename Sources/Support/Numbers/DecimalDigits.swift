/// The decimal digits of a number's shortest text, which is what its author meant: 0.3665 and not 0.36649999….
///
/// The number is 0.d₁d₂d₃… × 10^`exponent`.
struct DecimalDigits {
  /// The digits, starting with the first that is not zero; empty for zero.
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  /// - Parameter value: a finite number; its sign is ignored.
  init(_ value: Double) {
    let text = "\(value.magnitude)".utf8
    let mark = text.firstIndex(of: UInt8(ascii: "e")) ?? text.endIndex
    let mantissa = text[..<mark]
    let scale = mark == text.endIndex ? 0 : Int(String(text[text.index(after: mark)...]) ?? "") ?? 0
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    var digits = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    while digits.last == 0 { digits.removeLast() }
    self.digits = digits
    exponent = digits.isEmpty ? 0 : whole.count - leading + scale
  }

  /// Multiplies by a power of ten.
  mutating func shift(_ places: Int) { exponent += digits.isEmpty ? 0 : places }

  /// Rounds to a number of decimals, halves away from zero.
  mutating func round(places: Int) {
    let kept = exponent + places
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      (digits, exponent) = ([], 0)
      return
    }
    let roundsUp = digits[kept] >= 5
    digits.removeSubrange(kept...)
    if roundsUp {
      while digits.last == 9 { digits.removeLast() }
      if digits.isEmpty {
        digits = [1]
        exponent += 1
      } else {
        digits[digits.count - 1] += 1
      }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }

  /// The rounded number as text with exactly this many decimals.
  func text(places: Int) -> String {
    func digit(_ index: Int) -> Character {
      let value = digits.indices.contains(index) ? digits[index] : 0
      return Character(Unicode.Scalar(UInt8(ascii: "0") + value))
    }
    var out = exponent <= 0 ? "0" : String((0..<exponent).map(digit))
    if places > 0 {
      out += "."
      for place in 0..<places { out.append(digit(exponent + place)) }
    }
    return out
  }
}
