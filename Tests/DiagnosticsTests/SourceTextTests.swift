import Diagnostics
import Testing

/// Lines of a text.
struct SourceTextTests {
  @Test(
    "Every kind of line end ends a line",
    arguments: [
      ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\nb\r\nc\rd", ["a", "b", "c", "d"]),
      ("\n\r\n\r\r\n", ["", "", "", "", ""]), ("ä\u{301}\n\u{301}b", ["ä\u{301}", "\u{301}b"]),
      ("a\u{2028}b\u{85}c", ["a\u{2028}b\u{85}c"]),
    ] as [(String, [String])])
  func lines(text: String, expected: [String]) {
    #expect(SourceText(name: "a", text: text).lines == expected)
  }

  @Test("Lines count from 1, and those that are not there are nil")
  func line() {
    let source = SourceText(name: "a", text: "x\ny")
    #expect(source.line(1) == "x")
    #expect(source.line(2) == "y")
    #expect(source.line(0) == nil)
    #expect(source.line(3) == nil)
    #expect(source.line(.min) == nil)
  }

  @Test("Places print as editors read them and sort by line, then column")
  func locations() {
    let first = SourceLocation(file: "a.md", line: 2, column: 10)
    #expect("\(first)" == "a.md:2:10")
    #expect(first < SourceLocation(file: "a.md", line: 10, column: 1))
    #expect(first > SourceLocation(file: "a.md", line: 2, column: 9))
  }
}
