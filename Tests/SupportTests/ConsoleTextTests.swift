import Support
import Testing

/// Without these, a report shows escape codes, loses lines, or shows a progress line in all its states.
@Suite("Console text")
struct ConsoleTextTests {
  static let cases = [
    ("plain\ntext\n", "plain\ntext\n"),
    ("10 %\r 50 %\r100 %\ndone", "100 %\ndone"),
    ("long line\rshort", "shortline"),
    ("long line\r\u{1B}[Kshort", "short"),
    ("windows\r\nlines\r\n", "windows\nlines\n"),
    ("\u{1B}[1;32mgreen\u{1B}[0m", "green"),
    ("\u{1B}]0;title\u{7}after", "after"),
    ("ab\u{8}c", "ac"),
    ("\u{1B}", ""), ("\u{1B}[", ""), ("", ""), ("\n", "\n"),
    // No sequence swallows a line end, or a character that does not belong to it.
    ("a\u{1B}\nb", "a\nb"), ("a\u{1B}[\nb", "a\nb"), ("a\u{1B}[12\nb", "a\nb"), ("a\u{1B}(\nb", "a\nb"),
    ("a\u{1B}]0;title\nb", "a\nb"), ("a\u{1B}Pdata\nb", "a\nb"), ("a\u{1B}\rb", "b"), ("a\u{1B}éb", "aéb"),
    ("a\u{1B}\u{1B}[1mb", "ab"), ("a\u{1B}]0;t\u{1B}\\b", "ab"), ("a\u{1B}(Bb", "ab"),
    ("a\u{1B}[?25lb", "ab"),
    ("\u{1B}]8;;http://a.b\u{1B}\\link\u{1B}]8;;\u{1B}\\!", "link!"),
    // Erasing and moving within the line.
    ("half\u{1B}[2K\rall", "all"), ("abcdef\u{1B}[3D\u{1B}[Kx", "abcx"), ("abc\u{1B}[1Gx", "xbc"),
    ("abc\r\u{1B}[2Cx", "abx"), ("a\u{1B}[2Cb", "a  b"), ("abc\u{1B}[1K", "   "),
    // Columns, not scalars: a combining mark belongs to its letter, and a wide character has two columns.
    ("e\u{301}e\u{301}\rab", "ab"), ("e\u{301}x\ra", "ax"), ("abc\re\u{301}", "e\u{301}bc"),
    ("日本\rab", "ab本"), ("日本\ra", "a 本"), ("abcd\r日", "日cd"), ("日本\u{8}x", "日 x"), ("👍ok\rno", "nook"),
    ("━━──\r━━━─", "━━━─"), ("a\tb\rx", "x\tb"),
    // Other controls show nothing.
    ("a\u{7}b\0c", "abc"), ("a\u{c}b", "a\nb"),
  ]

  @Test("Output appears as on the screen", arguments: cases)
  func screen(raw: String, shown: String) { #expect(raw.asConsoleText == shown) }

  /// A cell can print a line in parts.
  @Test("Output in pieces appears as output at once", arguments: cases)
  func pieces(raw: String, shown: String) {
    var console = ConsoleText()
    var bytes: [UInt8] = []
    for scalar in raw.unicodeScalars { console.write(String(Character(scalar)), to: &bytes) }
    #expect(bytes + console.unfinished == Array(shown.utf8))
    console.finish(&bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == shown)
  }

  /// A line without an end must not fill the memory.
  @Test("A long line is passed on before it ends")
  func longLine() {
    var console = ConsoleText()
    var bytes: [UInt8] = []
    for _ in 0..<100 { console.write(String(repeating: "x", count: 1000), to: &bytes) }
    #expect(bytes.count > 50_000)
    #expect(console.unfinished.count <= 1 << 17)
    console.finish(&bytes)
    #expect(bytes.count == 100_000)
  }
}

/// Without these, the columns of a terminal's table do not line up.
@Suite("Terminal width")
struct TerminalWidthTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("日本", 4), ("한글", 4), ("e\u{301}", 1), ("é", 1), ("👍", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2),
    ("❤️", 2),
    ("→", 1), ("Ｗ", 2), ("\u{200B}", 0), ("ｱ", 1), ("\u{1112}\u{1161}\u{11AB}", 2),
  ])
  func columns(text: String, columns: Int) { #expect(text.terminalColumns == columns) }
}

/// Without these, a long output makes the report huge, or its shown parts are wrong.
@Suite("Text excerpts")
struct TextExcerptTests {
  private let limit = TextExcerpt.Limit(lines: 3, bytes: 100)

  private func parts(_ text: String, pieces: Int = 1) -> TextExcerpt.Parts {
    var excerpt = TextExcerpt(limit: limit)
    let bytes = Array(text.utf8)
    let size = max(1, bytes.count / pieces)
    for start in stride(from: 0, to: bytes.count, by: size) {
      excerpt.append(Array(bytes[start..<min(bytes.count, start + size)]))
    }
    return excerpt.parts
  }

  @Test("A short text is whole")
  func short() {
    let text = "1\n2\n3\n4\n5\n6\n"
    let found = parts(text)
    #expect(found.beginning == text && found.ending.isEmpty)
    #expect(found.omittedLines == 0 && found.omittedBytes == 0)
  }

  @Test("Of many lines, the first and the last are shown", arguments: [1, 7, 1000])
  func lines(pieces: Int) {
    let text = (1...1000).map { "\($0)\n" }.joined()
    let found = parts(text, pieces: pieces)
    #expect(found.beginning == "1\n2\n3\n")
    #expect(found.ending == "998\n999\n1000\n")
    #expect(found.omittedLines == 994)
    #expect(found.omittedBytes == text.utf8.count - 6 - 13)
  }

  @Test("A long line is cut between characters", arguments: ["x", "é", "e\u{301}", "日", "👨‍👩‍👧"])
  func longLine(character: String) {
    let text = "start\n" + String(repeating: character, count: 5000)
    let found = parts(text, pieces: 50)
    #expect(found.omittedLines == 0)
    #expect(found.beginning.utf8.count + found.ending.utf8.count + found.omittedBytes == text.utf8.count)
    for part in [String(found.beginning.dropFirst(6)), found.ending] {
      #expect(part.utf8.count > 20 && part.utf8.count <= 100)
      #expect(part.allSatisfy { String($0).unicodeScalars.elementsEqual(character.unicodeScalars) })
    }
  }

  @Test("The parts never overlap", arguments: 150...260)
  func sizes(count: Int) {
    for text in [
      String(repeating: "x", count: count), String(repeating: "abcdefg\n", count: count / 8),
      String(repeating: "abc\n", count: 10) + String(repeating: "y", count: count),
    ] {
      let found = parts(text, pieces: 9)
      #expect(found.beginning.utf8.count + found.ending.utf8.count + found.omittedBytes == text.utf8.count)
      #expect(text.hasPrefix(found.beginning) && text.hasSuffix(found.ending) && found.omittedBytes >= 0)
    }
  }
}
