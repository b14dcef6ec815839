import Testing

@testable import Documents

/// GitHub tables, which cmark does not parse.
struct TableTests {
  @Test("Header, alignments, inline marks and escaped pipes")
  func table() {
    #expect(
      Reading(
        """
        | Layer | Out | *Params* |
        |:------|:---:|---------:|
        | `a \\| b` | **8** | 1,024 |
        | [link](x.md) |
        | one | two | three | four |
        no pipes
        """
      ).outline == """
        prose 1-6: table(left center right: Layer | Out | em(Params) / `a | b` | strong(8) | 1,024 \
        / link(x.md link) |  |  / one | two | three / no pipes |  | )
        """)
  }

  @Test("Pipes at the ends may be left out")
  func bare() {
    #expect(Reading("a | b\n--|--\n1 | 2\n").outline == "prose 1-3: table(none none: a | b / 1 | 2)")
    #expect(Reading("| a |\n|---|\n| 1 |\n").outline == "prose 1-3: table(none: a / 1)")
    #expect(Reading("| a \\\\| b |\n|---|---|\n").outline == "prose 1-2: table(none none: a \\ | b)")
  }

  @Test("Cells are inlines, whatever they start with")
  func cells() {
    #expect(
      Reading("| # a | - b | > c | 1. d | _e_ | <b> | `f` |\n|-|-|-|-|-|-|-|\n").outline
        == "prose 1-2: table(none none none none none none none: # a | - b | > c | 1. d | em(e) | html(<b>) | `f`)"
    )
    #expect(
      Reading("| [a][1] |\n|---|\n| ![b][Two] |\n\n[1]: https://a.example\n[two]: b.png \"B\"\n").outline
        == "prose 1-3: table(none: link(https://a.example a) / image(b.png b))")
  }

  @Test("Tables stand in quotes and lists too")
  func nested() {
    #expect(
      Reading("> | a | b |\n> |---|---|\n>> no\n").outline
        == "prose 1-3: quote(table(none none: a | b) quote(p(no)))")
    #expect(
      Reading("- text\n\n  | a | b |\n  |--:|---|\n  | 1 | 2 |\n").outline
        == "prose 1-5: ul loose(p(text) table(right none: a | b / 1 | 2))")
    #expect(
      Reading("> - | a | b |\n>   |---|---|\n>   | 1 | 2 |\n").outline
        == "prose 1-3: quote(ul(table(none none: a | b / 1 | 2)))")
  }

  @Test(
    "What is no table stays text",
    arguments: [
      "a | b\n-|-|-\n", "a | b\n", "| a |\n| b |\n", "a | b\n:-:|x\n", "a | b\n|\n", "a | b\n::|--\n",
    ])
  func noTable(text: String) {
    #expect(!Reading(text).outline.contains("table("))
  }

  @Test("A wide table in a long file does not grow without bound")
  func padding() {
    let wide = String(repeating: "|a", count: 1000) + "\n" + String(repeating: "|-", count: 1000) + "\n"
    let html = Reading(wide + String(repeating: "|\n", count: 1000)).html()
    #expect(html.utf8.count < 1_000_000)
  }
}
