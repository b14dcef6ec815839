/// The memory of values, as ``Meter`` counts it.
extension Meter {
  /// Counts the result of a standard-library call.
  func charge(_ result: Value, of entry: Entry, _ arguments: [Value]) throws {
    switch result {
    case .string(let text): try charge(text: text)
    case .array(let elements):
      var isNew = Self.makers.contains(entry.name)
      if case .range? = arguments.first { isNew = true }
      try charge(words: elements.count * (isNew ? Self.wordsOfNew : 1))
    case .set(let elements): try charge(words: elements.count * 2 * Self.wordsOfNew)
    case .dictionary(let entries): try charge(words: entries.count * 2 * Self.wordsOfNew)
    default: break
    }
  }

  /// Counts the result of a `+`.
  func charge(sum: Value) throws {
    switch sum {
    case .string(let text): try charge(text: text)
    case .array(let elements): try charge(words: elements.count)
    default: break
    }
  }

  private static let makers: Set<String> = ["map", "compactMap", "flatMap", "zip", "enumerated", "stride"]
}
