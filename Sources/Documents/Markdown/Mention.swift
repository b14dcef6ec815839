import Diagnostics

/// An `@word` in text that may refer to a cell's label.
struct Mention {
  /// Of the `@`.
  var start: String.Index
  /// What follows the `@`: letters, digits, `-` and `_`.
  var word: String

  /// Every `@word` after the start of the text, a space or punctuation; not within an e-mail address.
  static func all(in text: String) -> [Mention] {
    var result: [Mention] = []
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var isFree = true  // whether a mention may start here
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

  /// The label the word names; a hyphen or underscore at its end may be punctuation.
  func label(among labels: Set<String>) -> String? {
    if labels.contains(word) { return word }
    var shorter = word[...]
    while let last = shorter.last, last == "-" || last == "_" { shorter.removeLast() }
    return labels.contains(String(shorter)) ? String(shorter) : nil
  }

  /// Whether an unknown word was meant as a label, not as somebody's handle.
  func looksLikeReference(among labels: Set<String>) -> Bool {
    if ["fig-", "tbl-"].contains(where: { word.hasPrefix($0) }) { return true }
    return (word.contains("-") || word.count >= 6) && nearMiss(of: word, among: labels) != nil
  }

  /// Whether an `@` after this is within a word, such as an address.
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

  /// Whether a label may hold this byte.
  static func isLabel(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}
