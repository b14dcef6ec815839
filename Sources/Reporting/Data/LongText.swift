import Support

/// Console output of which only the beginning and the end are shown. The whole text is in a file.
public struct LongText: Sendable, Hashable, Codable {
  /// The text's beginning.
  public var beginning: String
  /// The text's end.
  public var ending: String
  /// The number of lines that are omitted between them; 0 if a part of one line is omitted.
  public var omittedLines: Int
  /// The number of bytes that are omitted.
  public var omittedBytes: Int
  /// The file with the whole text, relative to the run's results folder; `nil` if it could not be written.
  public var file: String?

  /// Creates a text from its excerpt.
  public init(_ excerpt: TextExcerpt, file: String? = nil) {
    let parts = excerpt.parts
    beginning = parts.beginning
    ending = parts.ending
    omittedLines = parts.omittedLines
    omittedBytes = parts.omittedBytes
    self.file = file
  }

  /// The size of what is omitted: `999,000 lines (12.3 MB)`, or `49.9 MB` of a single line.
  public var omission: String {
    let bytes = Number.bytes(omittedBytes)
    return omittedLines == 0 ? bytes : "\(Number.counted(omittedLines, "line")) (\(bytes))"
  }

  /// The text with a line for what is omitted.
  public var plainText: String {
    let place = file.map { "; the whole output is in \($0) in the results folder" } ?? ""
    let start = beginning.isEmpty || beginning.hasSuffix("\n") ? beginning : beginning + "\n"
    return "\(start)… \(omission) omitted\(place) …\n\(ending)"
  }

  /// The number of bytes that are shown.
  var shownBytes: Int { beginning.utf8.count + ending.utf8.count }

  /// The text with shorter parts.
  func shortened(to limit: TextExcerpt.Limit) -> LongText {
    var out = self
    func cut(_ text: String, _ keep: (TextExcerpt.Parts) -> String) -> String {
      let excerpt = TextExcerpt(text, limit: limit)
      return excerpt.isWhole ? text : keep(excerpt.parts)
    }
    out.beginning = cut(beginning) { $0.beginning }
    out.ending = cut(ending) { $0.ending }
    for (old, new) in [(beginning, out.beginning), (ending, out.ending)] {
      out.omittedBytes += old.utf8.count - new.utf8.count
      out.omittedLines += old.lineEnds - new.lineEnds
    }
    return out
  }
}

extension String {
  fileprivate var lineEnds: Int { utf8.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
}
