/// Text that cmark must not read, such as formulas, replaced character by character by code points without meaning.
///
/// cmark takes the placeholders for letters, so that lines and columns stay the same. The first two placeholders of
/// an insertion contain its number.
struct Placeholders {
  /// A part of the text that cmark does not read.
  enum Insertion {
    case formula(Prose.Formula)
    /// A bare link to a destination, or text where links cannot be.
    case link(destination: String, text: String)
    case footnote(label: String)
    /// A character that would have a meaning, for example an escaped `~`.
    case literal(String)
  }

  private struct Entry {
    var insertion: Insertion
    var characters: [Character]
  }

  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Planes 4 to 6 of Unicode have no characters.
  private static let low: UInt32 = 0x40000
  private static let high: UInt32 = 0x50000
  private static let rest: Unicode.Scalar = "\u{60000}"

  /// Whether a text has none of the code points that are used as placeholders.
  static func areFree(in text: String) -> Bool { !text.utf8.contains(0xF1) }

  /// Adds an insertion.
  ///
  /// - Parameter characters: the characters that are replaced, at least two, without line ends.
  /// - Returns: as many placeholders.
  mutating func add(_ insertion: Insertion, replacing characters: [Character]) -> [Character] {
    let number = UInt32(entries.count)
    guard characters.count >= 2, number >> 15 < 0x8000,
      let first = Unicode.Scalar(Self.low + number & 0x7FFF),
      let second = Unicode.Scalar(Self.high + number >> 15)
    else { return characters }
    entries.append(Entry(insertion: insertion, characters: characters))
    return [Character(first), Character(second)]
      + repeatElement(Character(Self.rest), count: characters.count - 2)
  }

  /// A part of a text.
  enum Piece {
    case text(String)
    /// The first two placeholders of an insertion of this length.
    case insertion(Insertion, length: Int)
    /// Further placeholders of the insertion before.
    case rest(count: Int)
  }

  /// Splits a text at its placeholders.
  func pieces(of text: String) -> [Piece] {
    guard !isEmpty, text.utf8.contains(0xF1) else { return [.text(text)] }
    return split(text).map { part in
      switch part {
      case .text(let text): .text(text)
      case .start(let entry): .insertion(entry.insertion, length: entry.characters.count)
      case .rest(let count): .rest(count: count)
      }
    }
  }

  /// The text as written, without placeholders.
  func restored(_ text: String) -> String {
    guard !isEmpty, text.utf8.contains(0xF1) else { return text }
    var result = ""
    var characters: ArraySlice<Character> = []
    for part in split(text) {
      switch part {
      case .text(let plain): result += plain
      case .start(let entry):
        result += String(entry.characters.prefix(2))
        characters = entry.characters.dropFirst(2)
      case .rest(let count):
        result += String(characters.prefix(count))
        characters = characters.dropFirst(count)
      }
    }
    return result
  }

  private enum Part {
    case text(String)
    case start(Entry)
    case rest(count: Int)
  }

  private func split(_ text: String) -> [Part] {
    let scalars = Array(text.unicodeScalars)
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      let first = index
      if scalars[index] == Self.rest {
        while index < scalars.count, scalars[index] == Self.rest { index += 1 }
        parts.append(.rest(count: index - first))
      } else if let number = number(scalars[index...].prefix(2)) {
        parts.append(.start(entries[number]))
        index += 2
      } else {
        while index < scalars.count, scalars[index] != Self.rest, number(scalars[index...].prefix(2)) == nil {
          index += 1
        }
        parts.append(.text(String(String.UnicodeScalarView(scalars[first..<index]))))
      }
    }
    return parts
  }

  private func number(_ pair: ArraySlice<Unicode.Scalar>) -> Int? {
    guard pair.count == 2, let first = pair.first?.value, let second = pair.last?.value,
      (Self.low..<Self.low + 0x8000).contains(first), (Self.high..<Self.high + 0x8000).contains(second)
    else { return nil }
    let number = Int((second - Self.high) << 15 | (first - Self.low))
    return number < entries.count ? number : nil
  }
}
