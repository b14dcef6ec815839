/// The beginning and the end of a text that arrives in pieces, and the size of what lies between.
///
/// Uses the same memory for any length of text, and time proportional to the length.
///
///     var excerpt = TextExcerpt()
///     excerpt.append(bytes)
///     if !excerpt.isWhole { print("\(excerpt.parts.omittedLines) lines omitted") }
public struct TextExcerpt: Sendable {
  /// The maximum size of the beginning, and of the end.
  public struct Limit: Sendable, Hashable {
    /// The maximum number of lines.
    public var lines: Int
    /// The maximum number of bytes.
    public var bytes: Int

    /// Creates a limit.
    public init(lines: Int = 500, bytes: Int = 32 << 10) {
      self.lines = max(1, lines)
      self.bytes = max(64, bytes)
    }
  }

  /// The parts that are shown, and the size of the part between them.
  public struct Parts: Sendable, Hashable {
    /// The text's beginning.
    public var beginning: String
    /// The text's end; empty if nothing is omitted.
    public var ending: String
    /// The number of line ends between them.
    public var omittedLines: Int
    /// The number of bytes between them.
    public var omittedBytes: Int
  }

  private let limit: Limit
  /// The text's first bytes, up to the size of both parts.
  private var first: [UInt8] = []
  /// The bytes after `first`, without old ones that cannot be shown.
  private var last: [UInt8] = []
  private var hasDropped = false
  private var bytes = 0
  private var lines = 0

  /// Creates the excerpt of an empty text.
  public init(limit: Limit = Limit()) { self.limit = limit }

  /// The excerpt of a complete text.
  public init(_ text: String, limit: Limit = Limit()) {
    self.init(limit: limit)
    append(Array(text.utf8))
  }

  /// Whether the text is so short that nothing is omitted.
  public var isWhole: Bool { bytes <= 2 * limit.bytes && lines <= 2 * limit.lines }

  /// Appends UTF-8 text.
  public mutating func append(_ new: [UInt8]) {
    bytes += new.count
    lines += new.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    let room = min(new.count, 2 * limit.bytes - first.count)
    first += new[..<room]
    last += new[room...]
    // Dropping rarely makes the cost proportional to the length.
    guard last.count > 8 * limit.bytes else { return }
    last.removeFirst(last.count - 2 * limit.bytes)
    hasDropped = true
  }

  /// The beginning and the end.
  public var parts: Parts {
    if isWhole {
      return Parts(
        beginning: String(decoding: first, as: UTF8.self), ending: "", omittedLines: 0, omittedBytes: 0)
    }
    let beginning = first[..<beginningEnd(first)]
    let available = hasDropped ? last : first + last
    // The parts must not overlap.
    let free = hasDropped ? available[...] : available[beginning.count...]
    let ending = free[endingStart(free)...]
    func lineEnds(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
    return Parts(
      beginning: String(decoding: beginning, as: UTF8.self), ending: String(decoding: ending, as: UTF8.self),
      omittedLines: lines - lineEnds(beginning) - lineEnds(ending),
      omittedBytes: bytes - beginning.count - ending.count)
  }

  /// Where the shown beginning ends: after a line if possible, otherwise between two characters.
  private func beginningEnd(_ text: [UInt8]) -> Int {
    let end = min(limit.bytes, text.count)
    var (count, afterLine) = (0, 0)
    for index in 0..<end where text[index] == 0x0A {
      (count, afterLine) = (count + 1, index + 1)
      if count == limit.lines { return afterLine }
    }
    // A long line is cut: leaving it out would show too little.
    if afterLine > limit.bytes / 2 || end == text.count { return afterLine }
    return Self.characterBoundary(text[...], at: end).before
  }

  /// Where the shown end begins: at a line if possible, otherwise between two characters.
  private func endingStart(_ text: ArraySlice<UInt8>) -> Int {
    let start = max(text.startIndex, text.endIndex - limit.bytes)
    var (count, atLine) = (0, text.endIndex)
    for index in stride(from: text.endIndex - 2, through: start, by: -1) where text[index] == 0x0A {
      (count, atLine) = (count + 1, index + 1)
      if count == limit.lines { return atLine }
    }
    if start == text.startIndex { return start }
    if text.endIndex - atLine > limit.bytes / 2 { return atLine }
    return Self.characterBoundary(text, at: start).after
  }

  /// The last boundary between characters that is at most `index`, and the first that is at least `index`.
  private static func characterBoundary(_ text: ArraySlice<UInt8>, at index: Int) -> (before: Int, after: Int)
  {
    // The characters before the index tell where the one at the index begins.
    let context = 256
    var place = scalarStart(text, max(text.startIndex, index - context))
    // Older text may have been dropped in the middle of a scalar.
    while place < index, text[place] & 0xC0 == 0x80 { place += 1 }
    let nearby = String(
      decoding: text[place..<scalarStart(text, min(text.endIndex, index + context))], as: UTF8.self)
    var before = place
    for character in nearby {
      if place >= index { break }
      before = place
      place += character.utf8.count
    }
    return (place == index ? index : before, place)
  }

  /// The start of the scalar that contains the byte at `index`.
  private static func scalarStart(_ text: ArraySlice<UInt8>, _ index: Int) -> Int {
    var index = index
    while index > text.startIndex, index < text.endIndex, text[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }
}
