/// A letter style such as `\mathbf`. Browsers follow no `mathvariant` but `normal`, so styled letters are Unicode's
/// mathematical alphanumeric symbols.
enum Alphabet: Sendable {
  case upright, bold, italic, boldItalic, script, fraktur, doubleStruck, sans, monospaced

  /// The first capital, small letter and digit.
  private var starts: (capital: UInt32, small: UInt32, digit: UInt32?) {
    switch self {
    case .upright: (0x41, 0x61, nil)
    case .bold: (0x1D400, 0x1D41A, 0x1D7CE)
    case .italic: (0x1D434, 0x1D44E, nil)
    case .boldItalic: (0x1D468, 0x1D482, 0x1D7CE)
    case .script: (0x1D49C, 0x1D4B6, nil)
    case .fraktur: (0x1D504, 0x1D51E, nil)
    case .doubleStruck: (0x1D538, 0x1D552, 0x1D7D8)
    case .sans: (0x1D5A0, 0x1D5BA, 0x1D7E2)
    case .monospaced: (0x1D670, 0x1D68A, 0x1D7F6)
    }
  }

  /// Letters that Unicode had before it added the alphabets.
  private static let earlier: [UInt32: Unicode.Scalar] = [
    0x1D455: "ℎ", 0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ", 0x1D4A7: "ℒ",
    0x1D4A8: "ℳ", 0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ", 0x1D4C4: "ℴ", 0x1D506: "ℭ", 0x1D50B: "ℌ",
    0x1D50C: "ℑ", 0x1D515: "ℜ", 0x1D51D: "ℨ", 0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ",
    0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ",
  ]

  /// The letter in this style; unchanged if the style does not have it.
  func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    func at(_ start: UInt32, _ first: UInt32) -> Unicode.Scalar {
      let value = start + scalar.value - first
      return Self.earlier[value] ?? Unicode.Scalar(value) ?? scalar
    }
    switch scalar.value {
    case 0x41...0x5A: return at(starts.capital, 0x41)
    case 0x61...0x7A: return at(starts.small, 0x61)
    case 0x30...0x39: return starts.digit.map { at($0, 0x30) } ?? scalar
    case 0x391...0x3A9 where self == .bold: return at(0x1D6A8, 0x391)
    case 0x3B1...0x3C9 where self == .bold: return at(0x1D6C2, 0x3B1)
    case 0x391...0x3A9 where self == .boldItalic: return at(0x1D71C, 0x391)
    case 0x3B1...0x3C9 where self == .boldItalic: return at(0x1D736, 0x3B1)
    default: return scalar
    }
  }

  /// The text in this style.
  func text(_ text: String) -> String {
    self == .upright ? text : String(String.UnicodeScalarView(text.unicodeScalars.map(letter)))
  }
}
