import Testing

@testable import Documents

/// GitHub's extensions of CommonMark. The numbered examples are those of GitHub Flavored Markdown 0.29
/// (https://github.github.com/gfm/); footnotes and alerts follow GitHub Docs.
struct GitHubTests {
  private func html(_ text: String) -> String {
    Reading(text).html().replacing(" rel=\"noopener noreferrer\"", with: "")
  }

  /// Examples 491 to 493, and neighbours. If this fails, struck text shows its tildes, or other text is struck.
  @Test(
    "Strikethrough",
    arguments: [
      ("~~Hi~~ Hello, ~there~ world!", "<p><del>Hi</del> Hello, <del>there</del> world!</p>\n"),
      ("This ~~has a\n\nnew paragraph~~.", "<p>This ~~has a</p>\n<p>new paragraph~~.</p>\n"),
      ("This will ~~~not~~~ strike.", "<p>This will ~~~not~~~ strike.</p>\n"),
      ("~~a *b*~~", "<p><del>a <em>b</em></del></p>\n"), ("*a ~~b~~*", "<p><em>a <del>b</del></em></p>\n"),
      ("\\~~a~~", "<p>~~a~~</p>\n"), ("~5 and ~6", "<p>~5 and ~6</p>\n"), ("~~a~", "<p>~~a~</p>\n"),
      ("`~~a~~`", "<p><code>~~a~~</code></p>\n"), ("~~a\nb~~", "<p><del>a\nb</del></p>\n"),
      ("a ~~ b ~~", "<p>a ~~ b ~~</p>\n"),
    ])
  func strikethrough(text: String, expected: String) {
    #expect(html(text) == expected)
  }

  /// If this fails, a misspelt label silently becomes text, or a footnote vanishes.
  @Test(
    "Footnotes without their counterpart are warned of, at their place",
    arguments: [
      ("a[^x] b", ["1:2 the footnote '[^x]' is not defined, so it is shown as text"]),
      (
        "a[^rates]\n\n[^rate]: b",
        [
          "1:2 the footnote '[^rates]' is not defined, so it is shown as text",
          "3:1 nothing refers to the footnote '[^rate]', so the report does not show it",
        ]
      ),
      ("| a[^x] |\n|---|\n| b |", ["1:4 the footnote '[^x]' is not defined, so it is shown as text"]),
      ("a[^1]\n\n[^1]: b[^2]\n[^2]: c", []), ("a `[^x]` \\[^x] [^0-9]+ [^x]* [^a](b)", []),
      ("a[^1] [^1]\n\n[^1]: b", []),
    ])
  func unmatchedFootnotes(text: String, expected: [String]) {
    let problems = Reading(text + "\n").problems
    #expect(
      problems.map { "\($0.range?.start.line ?? 0):\($0.range?.start.column ?? 0) \($0.message)" } == expected
    )
  }

  /// Examples 622 to 635. If this fails, bare addresses are not links, or take in the sentence's punctuation.
  @Test(
    "Bare links",
    arguments: [
      ("www.commonmark.org", "<p><a href=\"http://www.commonmark.org\">www.commonmark.org</a></p>"),
      (
        "Visit www.commonmark.org/help for more information.",
        "<p>Visit <a href=\"http://www.commonmark.org/help\">www.commonmark.org/help</a> for more information.</p>"
      ),
      (
        "Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.",
        "<p>Visit <a href=\"http://www.commonmark.org\">www.commonmark.org</a>.</p>\n<p>Visit "
          + "<a href=\"http://www.commonmark.org/a.b\">www.commonmark.org/a.b</a>.</p>"
      ),
      (
        "www.google.com/search?q=Markup+(business)\n\nwww.google.com/search?q=Markup+(business)))\n\n"
          + "(www.google.com/search?q=Markup+(business))\n\n(www.google.com/search?q=Markup+(business)",
        "<p><a href=\"http://www.google.com/search?q=Markup+(business)\">www.google.com/search?q=Markup+(business)</a></p>\n"
          + "<p><a href=\"http://www.google.com/search?q=Markup+(business)\">www.google.com/search?q=Markup+(business)</a>))</p>\n"
          + "<p>(<a href=\"http://www.google.com/search?q=Markup+(business)\">www.google.com/search?q=Markup+(business)</a>)</p>\n"
          + "<p>(<a href=\"http://www.google.com/search?q=Markup+(business)\">www.google.com/search?q=Markup+(business)</a></p>"
      ),
      (
        "www.google.com/search?q=(business))+ok",
        "<p><a href=\"http://www.google.com/search?q=(business))+ok\">www.google.com/search?q=(business))+ok</a></p>"
      ),
      (
        "www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;",
        "<p><a href=\"http://www.google.com/search?q=commonmark&amp;hl=en\">www.google.com/search?q=commonmark&amp;hl=en</a></p>\n"
          + "<p><a href=\"http://www.google.com/search?q=commonmark\">www.google.com/search?q=commonmark</a>&amp;hl;</p>"
      ),
      (
        "www.commonmark.org/he<lp",
        "<p><a href=\"http://www.commonmark.org/he\">www.commonmark.org/he</a>&lt;lp</p>"
      ),
      (
        "http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))",
        "<p><a href=\"http://commonmark.org\">http://commonmark.org</a></p>\n<p>(Visit "
          + "<a href=\"https://encrypted.google.com/search?q=Markup+(business)\">"
          + "https://encrypted.google.com/search?q=Markup+(business)</a>)</p>"
      ),
      ("foo@bar.baz", "<p><a href=\"mailto:foo@bar.baz\">foo@bar.baz</a></p>"),
      (
        "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
        "<p>hello@mail+xyz.example isn&#39;t valid, but <a href=\"mailto:hello+xyz@mail.example\">"
          + "hello+xyz@mail.example</a> is.</p>"
      ),
      (
        "a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_",
        "<p><a href=\"mailto:a.b-c_d@a.b\">a.b-c_d@a.b</a></p>\n<p><a href=\"mailto:a.b-c_d@a.b\">a.b-c_d@a.b</a>.</p>\n"
          + "<p>a.b-c_d@a.b-</p>\n<p>a.b-c_d@a.b_</p>"
      ),
      (
        "https://x.example/__init__.py?a=*b*c",
        "<p><a href=\"https://x.example/__init__.py?a=*b*c\">https://x.example/__init__.py?a=*b*c</a></p>"
      ),
      (
        "[https://a.example](https://b.example)", "<p><a href=\"https://b.example\">https://a.example</a></p>"
      ),
      (
        "<https://a.example> `https://b.example`",
        "<p><a href=\"https://a.example\">https://a.example</a> <code>https://b.example</code></p>"
      ),
      ("*www.a.example*", "<p><em><a href=\"http://www.a.example\">www.a.example</a></em></p>"),
      ("xhttp://a.example www.", "<p>xhttp://a.example www.</p>"),
      ("mailto:a@b.example", "<p><a href=\"mailto:a@b.example\">mailto:a@b.example</a></p>"),
      (
        "http://localhost:8888/tree",
        "<p><a href=\"http://localhost:8888/tree\">http://localhost:8888/tree</a></p>"
      ),
    ])
  func bareLinks(text: String, expected: String) {
    #expect(html(text) == expected + "\n")
  }

  /// If this fails, a footnote is shown in the text, or its number leads nowhere.
  @Test("Footnotes")
  func footnotes() {
    let text = """
      Here is a simple footnote[^1], twice[^1], and [^long].

      [^1]: My reference.
      [^long]: To add line breaks
          and code:

              four

          A `{swift} x` paragraph with [a][link] and $a_1$.

      [^unused]: Not shown.

      After[^none].

      [link]: https://a.example
      """
    let reading = Reading(text)
    #expect(
      reading.outline == """
        prose 1-13: p(Here is a simple footnote^(1), twice^(1), and ^(long).) p(After[^none].)
        prose 3-12: notes(1: p(My reference.), long: p(To add line breaks␤and code:) code( "four\\n") \
        p(A {x} paragraph with link(https://a.example a) and math(a_1).), unused: p(Not shown.))
        """)
    #expect(reading.expressions.map { "\($0.location.line):\($0.location.column)" } == ["9:16"])
    let page = reading.html()
    #expect(page.contains("<sup class=\"footnote\"><a href=\"#footnote.1\" id=\"reference.1\""))
    #expect(page.contains("id=\"reference.1.2\""))
    #expect(page.contains("<li id=\"footnote.2\">"))
    #expect(!page.contains("Not shown"))
    #expect(!page.contains("footnote.3"))
  }

  /// If this fails, code or a word in brackets is taken for a footnote.
  @Test("Footnotes in code, escaped or undefined are text")
  func noFootnotes() {
    #expect(Reading("a \\[^1] `[^1]`\n\n[^1]: b\n").outline.hasPrefix("prose 1-1: p(a [^1] `[^1]`)"))
    #expect(Reading("a [^1]\n\n    [^1]: b\n").outline == "prose 1-3: p(a [^1]) code( \"[^1]: b\\n\")")
    #expect(Reading("```text\n[^1]: b\n```\n").outline == "listing text: \"[^1]: b\\n\"")
    #expect(Reading("a[^1]\n\n[^1]: word\n").outline.hasSuffix("notes(1: p(word))"))
    #expect(
      Reading("a[^1]\n\n[^1]: ```swift\n    x\n    ```\n").rendered.contains(
        "a Swift cell inside a list or quote"))
  }

  /// If this fails, an alert shows its marker, or a plain quote becomes an alert.
  @Test(
    "Alerts",
    arguments: [
      ("> [!NOTE]\n> Useful *information*.", "note(p(Useful em(information).))"),
      ("> [!warning]\n>\n> - a", "warning(ul(p(a)))"), ("> [!TIP]\n> a\n>\n> b", "tip(p(a) p(b))"),
      ("> [!CAUTION] a", "quote(p([!CAUTION] a))"), ("> [!OTHER]\n> a", "quote(p([!OTHER]␤a))"),
      ("> [!NOTE]", "quote(p([!NOTE]))"), ("> > [!NOTE]\n> > a", "quote(quote(p([!NOTE]␤a)))"),
      ("> a\n> [!NOTE]\n> b", "quote(p(a␤[!NOTE]␤b))"), ("> [!IMPORTANT]\n> a\n\nb", "important(p(a)) p(b)"),
    ])
  func alerts(text: String, expected: String) {
    #expect(Reading(text).outline.drop { $0 != ":" }.dropFirst(2) == expected[...])
    if expected.hasPrefix("note") {
      #expect(
        html(text) == """
          <div class="alert note"><p class="alert-title">Note</p>
          <p>Useful <em>information</em>.</p>
          </div>

          """)
    }
  }

  /// Examples 279 and 280, and neighbours. If this fails, a task shows its brackets.
  @Test(
    "Task lists",
    arguments: [
      ("- [ ] foo\n- [x] bar", "ul([ ] p(foo), [x] p(bar))"),
      (
        "- [x] foo\n  - [ ] bar\n  - [X] baz\n- [ ] bim",
        "ul([x] p(foo) ul([ ] p(bar), [x] p(baz)), [ ] p(bim))"
      ),
      ("- [ ]", "ul(p([ ]))"), ("- [x]a", "ul(p([x]a))"), ("1. [x] a", "ol1([x] p(a))"),
      ("- [ ]\tb", "ul([ ] p(b))"),
      ("- [x] *a*", "ul([x] p(em(a)))"), ("- a [x] b", "ul(p(a [x] b))"), ("- [x]\n  b", "ul([x] p(b))"),
    ])
  func tasks(text: String, expected: String) {
    #expect(Reading(text).outline.drop { $0 != ":" }.dropFirst(2) == expected[...])
  }

  /// Examples 198 to 205, and a table below the lines of a paragraph.
  @Test(
    "Tables",
    arguments: [
      ("| foo | bar |\n| --- | --- |\n| baz | bim |", "table(none none: foo | bar / baz | bim)"),
      ("| abc | defghi |\n:-: | -----------:\nbar | baz", "table(center right: abc | defghi / bar | baz)"),
      (
        "| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |",
        "table(none: f|oo / b `|` az / b strong(|) im)"
      ),
      (
        "| abc | def |\n| --- | --- |\n| bar | baz |\n> bar",
        "table(none none: abc | def / bar | baz) quote(p(bar))"
      ),
      (
        "| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar",
        "table(none none: abc | def / bar | baz / bar | ) p(bar)"
      ),
      ("| abc | def |\n| --- |\n| bar |", "p(| abc | def |␤| --- |␤| bar |)"),
      (
        "| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |",
        "table(none none: abc | def / bar |  / bar | baz)"
      ),
      ("| abc | def |\n| --- | --- |", "table(none none: abc | def)"),
      (
        "Results *so far*:\n| a | b |\n|---|---|\n| 1 | 2 |",
        "p(Results em(so far):) table(none none: a | b / 1 | 2)"
      ),
      ("x\ny `{swift} z`\n| a |\n|---|", "p(x␤y {z}) table(none: a)"),
      (
        "> text\n> | a | b |\n> |--|--|\n> | $c_1$ | d |",
        "quote(p(text) table(none none: a | b / math(c_1) | d))"
      ),
      ("- text\n  a | b\n  --|--", "ul(p(text) table(none none: a | b))"),
    ])
  func tables(text: String, expected: String) {
    #expect(Reading(text).outline.drop { $0 != ":" }.dropFirst(2) == expected[...])
  }

  /// If this fails, an inline value with a table below it cannot be located.
  @Test("Text above a table keeps its places")
  func placesAboveTable() {
    let reading = Reading("x\ny `{swift} z`\n| a |\n|---|\n| `{swift} w` |\n")
    #expect(reading.expressions.map { "\($0.location.line):\($0.location.column)" } == ["2:12", "5:12"])
  }
}
