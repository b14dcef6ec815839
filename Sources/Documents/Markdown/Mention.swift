import Diagnostics

/// An `@word` in text that may refer to a cell's label.
struct Mention {
  /// The index of the `@`.
  var start: String.Index
  /// The word after the `@`: letters, digits, `-` and `_`.
  var word: String

  /// All `@word`s at the start of the text or after a space or punctuation; an e-mail address has none.
  static func all(in text: String) -> [Mention] {
    var result: [Mention] = []
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var isFree = true  // true if a mention may start here
    while index < scalars.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      if scalar == "@", isFree, next < scalars.endIndex, scalars[next].isASCII,
        isLetter(UInt8(scalars[next].value))
      {
        let end = scalars[next...].firstIndex { !isLabel($0) } ?? scalars.endIndex
        result.append(Mention(start: index, word: String(scalars[next..<end])))
        index = end
        isFree = false
      } else {
        isFree = !isPartOfWord(scalar)
        index = next
      }
    }
    return result
  }

  /// The label that the word refers to; a trailing hyphen or underscore may be punctuation.
  func label(among labels: Set<String>) -> String? {
    if labels.contains(word) { return word }
    var shorter = word[...]
    while let last = shorter.last, last == "-" || last == "_" { shorter.removeLast() }
    return labels.contains(String(shorter)) ? String(shorter) : nil
  }

  /// Whether an unknown word looks like a misspelt label rather than a user name.
  func looksLikeReference(among labels: Set<String>) -> Bool {
    if ["fig-", "tbl-"].contains(where: { word.hasPrefix($0) }) { return true }
    return (word.contains("-") || word.count >= 6) && nearMiss(of: word, among: labels) != nil
  }

  /// Whether an `@` after this scalar is within a word, such as an e-mail address.
  static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    isLabel(scalar) || scalar == "@" || scalar.properties.isAlphabetic
  }

  private static func isLabel(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && isLabel(UInt8(scalar.value))
  }

  /// Whether a label may start with this byte.
  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Whether a label may contain this byte.
  static func isLabel(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
