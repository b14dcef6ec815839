import Testing

@testable import Reporting

@Suite("Markup")
struct MarkupTests {
  @Test("Interpolated text is escaped, interpolated markup is not")
  func markup() {
    let inner: Markup = "<i>\("<x>")</i>"
    let outer: Markup = "<p title=\"\("\"")\">\(inner)\(7)</p>"
    #expect(outer.text == "<p title=\"&quot;\"><i>&lt;x&gt;</i>7</p>")
  }
}

@Suite("Console text")
struct ConsoleTextTests {
  @Test(
    "Output appears as on the screen",
    arguments: [
      ("plain\ntext\n", "plain\ntext\n"),
      ("10 %\r 50 %\r100 %\ndone", "100 %\ndone"),
      ("long line\rshort", "shortline"),
      ("long line\r\u{1B}[Kshort", "short"),
      ("windows\r\nlines\r\n", "windows\nlines\n"),
      ("\u{1B}[1;32mgreen\u{1B}[0m", "green"),
      ("\u{1B}]0;title\u{7}after", "after"),
      ("ab\u{8}c", "ac"),
      ("\u{1B}", ""), ("\u{1B}[", ""), ("", ""), ("\n", "\n"),
    ])
  func screen(raw: String, shown: String) {
    #expect(plainConsoleText(raw) == shown)
  }
}
