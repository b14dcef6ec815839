import Testing

@testable import Reporting

@Suite("Escaping")
struct EscapeTests {
  @Test("Text cannot leave its element or its attribute")
  func text() {
    #expect(escaped(#"<b a="x" c='y'>&"#) == "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;")
    #expect(escaped("tab\tline\né 😀") == "tab\tline\né 😀")
  }

  @Test("Characters that XML forbids are replaced, or an SVG file would not open")
  func controlCharacters() {
    #expect(escaped("a\0b\u{1B}c\u{FFFE}d\u{85}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
  }

  @Test("JSON cannot end its script element")
  func json() {
    let json = "{\"a\":\"</script><!-- & \u{2028}\u{2029}\"}"
    #expect(
      escapedForScript(json: json)
        == #"{"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029"}"#)
  }

  @Test("Interpolated text is escaped, interpolated markup is not")
  func markup() {
    let inner: Markup = "<i>\("<x>")</i>"
    let outer: Markup = "<p title=\"\("\"")\">\(inner)\(7)</p>"
    #expect(outer.text == "<p title=\"&quot;\"><i>&lt;x&gt;</i>7</p>")
  }

  @Test("Ids keep letters and digits of any script")
  func identifiers() {
    #expect(identifier("fig-größe 2\"<") == "fig-größe-2--")
    #expect(identifier("") == "-")
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
