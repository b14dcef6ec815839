/// Finds the inlines of one block in its raw text, in order.
struct InlineLocator {
  let text: LocatedText
  /// Runs of backticks.
  private let runs: [Range<Int>]
  private var nextRun = 0
  private var position = 0
  /// Where the last destination was found.
  private var targetPosition = 0
  /// The number of searches that may still fail; each takes a pass over the text.
  private var attempts = 20

  init(_ text: LocatedText) {
    self.text = text
    var runs: [Range<Int>] = []
    var index = 0
    while index < text.elements.count {
      let first = index
      while index < text.elements.count, text.elements[index].scalar == "`" { index += 1 }
      if index > first { runs.append(first..<index) } else { index += 1 }
    }
    self.runs = runs
  }

  /// The place of the next code span whose content is `literal`, without surrounding white space.
  ///
  /// Pairs runs of backticks as CommonMark does: each with the next run of the same length.
  mutating func codeSpan(_ literal: String) -> Range<Int>? {
    let wanted = Array(literal.unicodeScalars)
    for number in runs.indices.dropFirst(nextRun) {
      // A backslash outside code escapes the run's first backtick.
      let opener = isEscaped(runs[number].lowerBound) ? runs[number].dropFirst() : runs[number][...]
      guard !opener.isEmpty,
        let closer = runs.indices.dropFirst(number + 1).first(where: { runs[$0].count == opener.count })
      else { continue }
      let content = opener.endIndex..<runs[closer].lowerBound
      guard isCode(wanted, content) else { continue }
      nextRun = closer + 1
      position = runs[closer].upperBound
      return trimmed(content)
    }
    return nil
  }

  /// The range without surrounding white space.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    func isText(_ index: Int) -> Bool { !text.elements[index].scalar.properties.isWhitespace }
    let start = range.first(where: isText) ?? range.upperBound
    return start..<(range.last(where: isText).map { $0 + 1 } ?? start)
  }

  /// The place of the `@` of the next `@word` that does not follow a word, outside the code spans found so far.
  mutating func mention(of word: String) -> Int? {
    let wanted = Array(word.unicodeScalars)
    let elements = text.elements
    var index = position
    while elements.count - index > wanted.count {
      if elements[index].scalar == "@",
        index == 0 || !Mention.isPartOfWord(elements[index - 1].scalar),
        wanted.indices.allSatisfy({ elements[index + 1 + $0].scalar == wanted[$0] })
      {
        position = index + 1 + wanted.count
        return index
      }
      index += 1
    }
    return nil
  }

  /// The place of the next link's destination; if it is written otherwise, or elsewhere as in `[text][label]`, of the
  /// link's text in brackets.
  ///
  /// - Parameter content: the beginning of the link's text.
  mutating func target(_ destination: String, content: String?) -> Range<Int>? {
    if let place = next(destination, where: Self.isDestination) { return place }
    guard let content, let place = next(content, where: { $1 > 0 && $0[$1 - 1].scalar == "[" }) else {
      return nil
    }
    return place.lowerBound - 1..<place.upperBound
  }

  /// The next occurrence of a text at an index that fits.
  private mutating func next(
    _ literal: String, where isPlace: ([LocatedText.Element], Int) -> Bool
  ) -> Range<Int>? {
    let wanted = Array(literal.unicodeScalars)
    guard attempts > 0, !wanted.isEmpty, text.elements.count >= wanted.count else { return nil }
    var index = targetPosition
    while index + wanted.count <= text.elements.count {
      if wanted.indices.allSatisfy({ text.elements[index + $0].scalar == wanted[$0] }),
        isPlace(text.elements, index)
      {
        targetPosition = index + wanted.count
        return index..<targetPosition
      }
      index += 1
    }
    attempts -= 1
    return nil
  }

  /// Whether a destination may start at an index: after `](`, or as the value of an HTML attribute.
  private static func isDestination(_ elements: [LocatedText.Element], _ index: Int) -> Bool {
    var before = index - 1
    func scalar(_ index: Int) -> Unicode.Scalar? { index >= 0 ? elements[index].scalar : nil }
    if scalar(before) == "<" { before -= 1 }
    while let space = scalar(before), space.properties.isWhitespace { before -= 1 }
    if scalar(before) == "(" { return scalar(before - 1) == "]" }
    if scalar(before) == "\"" || scalar(before) == "'" { before -= 1 }
    while let space = scalar(before), space.properties.isWhitespace { before -= 1 }
    return scalar(before) == "="
  }

  /// Whether a backslash escapes a character outside code.
  func isEscaped(_ index: Int) -> Bool {
    var backslashes = 0
    while index - backslashes > 0, text.elements[index - backslashes - 1].scalar == "\\" { backslashes += 1 }
    return backslashes % 2 == 1
  }

  /// Whether a code span with this content equals the literal, ignoring white space. CommonMark converts line ends
  /// to spaces and may remove indentation.
  private func isCode(_ literal: [Unicode.Scalar], _ content: Range<Int>) -> Bool {
    var wanted = literal[...]
    for index in content {
      let scalar = text.elements[index].scalar
      if scalar.properties.isWhitespace { continue }
      while let first = wanted.first, first.properties.isWhitespace { wanted.removeFirst() }
      guard wanted.popFirst() == scalar else { return false }
    }
    return wanted.allSatisfy(\.properties.isWhitespace)
  }
}
