import Support

/// The rule for dollars, so that prices stay prices: no space after the opening dollar; no space before the closing
/// one and no digit after it. Source: Pandoc, tex_math_dollars.
public enum DollarRule {
  /// Whether a dollar opens a formula that starts with this character.
  public static func opens(before next: Character?) -> Bool {
    next.map { !$0.isWhitespace && $0 != "$" } ?? false
  }

  /// Whether a dollar closes a formula.
  ///
  /// - Parameters:
  ///   - first: the formula's first character. A backslash cannot begin a price, so a digit may follow: `3$\times$3`.
  ///   - last: the formula's last character.
  ///   - next: the character after the dollar.
  public static func closes(first: Character, last: Character, before next: Character?) -> Bool {
    let isDigit = next.map { $0.isASCII && $0.isNumber } ?? false
    return !last.isWhitespace && (first == "\\" || !isDigit)
  }
}

/// A part of a plain text with formulas, such as a caption.
public enum DollarPart: Sendable {
  /// Text without a formula.
  case text(String)
  /// A formula.
  case formula(Formula)
}

extension String {
  /// The text as HTML: escaped, with the formulas in `$…$` as MathML. A formula that cannot be read stays as written.
  public var htmlWithFormulas: String {
    guard utf8.contains(UInt8(ascii: "$")) else { return escapedHTML }
    return splitAtFormulas().map { part in
      switch part {
      case .text(let text): text.escapedHTML
      case .formula(let formula): formula.mathML
      }
    }.joined()
  }

  /// The text split at the formulas in `$…$`. A formula that cannot be read is text, and `\$` is a dollar.
  public func splitAtFormulas() -> [DollarPart] {
    let characters = Array(self)
    var parts: [DollarPart] = []
    var plain = ""
    var index = 0
    while index < characters.count {
      if characters[index] == "\\", index + 1 < characters.count, characters[index + 1] == "$" {
        plain.append("$")
        index += 2
      } else if characters[index] == "$", let end = Self.formulaEnd(from: index, in: characters),
        let formula = try? Formula(String(characters[index + 1..<end]))
      {
        if !plain.isEmpty { parts.append(.text(plain)) }
        parts.append(.formula(formula))
        plain = ""
        index = end + 1
      } else {
        plain.append(characters[index])
        index += 1
      }
    }
    return plain.isEmpty ? parts : parts + [.text(plain)]
  }

  /// The index of the dollar that closes a formula; `nil` if the first one is text.
  private static func formulaEnd(from start: Int, in characters: [Character]) -> Int? {
    guard DollarRule.opens(before: start + 1 < characters.count ? characters[start + 1] : nil) else {
      return nil
    }
    var index = start + 1
    while index < characters.count, characters[index] != "$" { index += characters[index] == "\\" ? 2 : 1 }
    guard index < characters.count else { return nil }
    let next = index + 1 < characters.count ? characters[index + 1] : nil
    return DollarRule.closes(first: characters[start + 1], last: characters[index - 1], before: next)
      ? index : nil
  }
}
