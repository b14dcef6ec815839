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
      if scalar == "@", isFree, next < scalars.endIndex, isLetter(scalars[next]) {
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

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isLabel(_ scalar: Unicode.Scalar) -> Bool {
    isLetter(scalar) || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
  }
}
