import Support
import Testing

@Suite("Escaping")
struct EscapeTests {
  @Test("Text cannot leave its element or its attribute")
  func text() {
    #expect(#"<b a="x" c='y'>&"#.escapedHTML == "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;")
    #expect("tab\tline\né 😀".escapedHTML == "tab\tline\né 😀")
  }

  @Test("Characters that XML forbids are replaced, or an SVG file would not open")
  func controlCharacters() {
    #expect("a\0b\u{1B}c\u{FFFE}d\u{85}".escapedHTML == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}")
  }

  @Test("JSON cannot end its script element")
  func json() {
    let json = "{\"a\":\"</script><!-- & \u{2028}\u{2029}\"}"
    #expect(
      escapedForScript(json: json)
        == #"{"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029"}"#)
  }

  @Test("Ids keep letters and digits of any script")
  func identifiers() {
    #expect(htmlIdentifier("fig-größe 2\"<") == "fig-größe-2--")
    #expect(htmlIdentifier("") == "-")
  }
}
