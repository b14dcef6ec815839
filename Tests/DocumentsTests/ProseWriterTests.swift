import CCMark
import Foundation
import Testing

@testable import Documents

/// Prose as HTML.
struct ProseWriterTests {
  /// Plain CommonMark, for which cmark's own HTML is the reference (except heading ids and `tabindex`).
  static let samples: [String] = [
    "a *b* **c** _d_ __e__ *f **g** h* `i` ``j`k`` \\*l\\* &amp; &copy; < > \" 'x'",
    "one\ntwo  \nthree\\\nfour",
    "- a\n- b\n  - c\n  - d\n\n    e\n- f",
    "1. a\n\n   b\n2. c\n",
    "7. a\n8. b\n",
    "* a\n\n* b\n* c",
    "- a\n  > q\n- b\n\n      code\n",
    "-\n- a\n-",
    "> a\nb\n> > c\n\n> d",
    "***\n\n---\n\n___",
    "    code <b>\n\n    more",
    "- ```\n  a\n  ```",
    "[a](u) [b](<u v> \"t\") [c][d] <https://e.example/?a=1&b=2> [f](#g)\n\n[d]: /h 'i'",
    "[a](u%20v?x=\"y\"&z=ä)",
    "a<br>b".replacing("<br>", with: " "),
    "1) a\n2) b\n- c\n+ d",
    "*a **b*c** [x *y](z)*",
    "`` ` `` ` `` ` `  `",
  ]

  @Test("Plain CommonMark reads as cmark writes it", arguments: samples)
  func plain(text: String) throws {
    let expected = try #require(cmark_markdown_to_html(text, text.utf8.count, 0))
    defer { free(expected) }
    let ours = Reading(text).html().replacing(" tabindex=\"0\"", with: "")
      .replacing(" rel=\"noopener noreferrer\"", with: "").replacing("<hr>", with: "<hr />")
      .replacing("<br>", with: "<br />").replacing("&#39;", with: "'")
    #expect(ours == String(cString: expected).replacing("&#x27;", with: "'"))
  }

  @Test("Headings have unique ids and make the contents")
  func headings() {
    var writer = ProseWriter(
      value: { _ in "87 %" }, headingShift: 1, reservedIDs: ["contents"])
    guard
      case .prose(let prose)? = Reading(
        "# Contents\n## 🎯 A *b*, `c`!\n## A b c\n# Größe_1\n#\n###### `{swift} x` <i>\n# 🎯 A b c"
      ).blocks.first
    else { return #expect(Bool(false)) }
    #expect(
      writer.html(prose) == """
        <h2 id="contents-1">Contents</h2>
        <h3 id="-a-b-c">🎯 A <em>b</em>, <code>c</code>!</h3>
        <h3 id="a-b-c">A b c</h3>
        <h2 id="größe_1">Größe_1</h2>
        <h2 id="section"></h2>
        <h6 id="87--">87 % <i></i></h6>
        <h2 id="-a-b-c-1">🎯 A b c</h2>

        """)
    #expect(
      writer.headings.map(\.text) == ["Contents", "🎯 A b, c!", "A b c", "Größe_1", "", "87 % ", "🎯 A b c"])
    #expect(writer.headings.map(\.level) == [2, 3, 3, 2, 2, 6, 2])
    #expect(writer.headings.map(\.id).first == "contents-1")
  }

  @Test("Tables scroll in a region of their own")
  func table() {
    #expect(
      Reading("| A & B | n |\n|---|--:|\n| x | `1` |\n").html() == """
        <div class="table-scroll" tabindex="0" role="region" aria-label="Table: A &amp; B, n"><table>
        <thead>
        <tr><th scope="col">A &amp; B</th><th scope="col" style="text-align:right">n</th></tr>
        </thead>
        <tbody>
        <tr><td>x</td><td style="text-align:right"><code>1</code></td></tr>
        </tbody>
        </table></div>

        """)
  }

  @Test("Short cells beside long ones keep their line")
  func shortCells() {
    let long =
      "| Part | Layers | n |\n|---|---|--:|\n| Transition 1 | \(String(repeating: "a word ", count: 9)) | 1 |\n"
    #expect(Reading(long).html().contains("<td class=\"short\">Transition 1</td><td>a word"))
    #expect(Reading(long).html().contains("<td class=\"short\" style=\"text-align:right\">1</td>"))
    #expect(!Reading("| Part | n |\n|---|--:|\n| Transition 1 | 1 |\n").html().contains("short"))
    let many =
      "|\(String(repeating: " twenty characters ok |", count: 3)) \(String(repeating: "long ", count: 9))|\n|---|---|---|---|\n"
    #expect(!Reading(many).html().contains("class=\"short"))
  }

  @Test("Tasks are shown as boxes")
  func tasks() {
    #expect(
      Reading("- [x] a\n- [ ] b\n- [x]c\n").html() == """
        <ul>
        <li class="task"><input type="checkbox" disabled aria-label="done" checked> a</li>
        <li class="task"><input type="checkbox" disabled aria-label="to do"> b</li>
        <li>[x]c</li>
        </ul>

        """)
  }

  @Test("Values and references are shown escaped; without one, the source is")
  func values() {
    let reading = Reading(
      "`{swift} a<b` @fig `{swift} n` @other\n\n```swift\n//| label: fig\n```\n```swift\n//| label: other\n```\n"
    )
    let writer = ProseWriter(
      value: { $0.code == "n" ? "<3 & more" : nil },
      reference: { $0 == "fig" ? ("Figure <1>", "cell-\"fig\"") : nil })
    #expect(
      reading.html(writer) == """
        <p><code>a&lt;b</code> <a href="#cell-&quot;fig&quot;">Figure &lt;1&gt;</a> &lt;3 &amp; more @other</p>

        """)
  }

  @Test(
    "Links that could run or fetch something are shown as text",
    arguments: [
      "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#x09;script:alert(1)", "&#1;javascript:x",
      "vbscript:x",
      "data:text/html;base64,PGI+", "file:///etc/passwd", "//host.example/x", "/\\host.example",
      "\\\\\\\\host", "ftp://a",
      "data:image/png;base64,AAAA",
    ])
  func refusedLinks(url: String) {
    #expect(Reading("[x](<\(url)>)").html() == "<p>x</p>\n")
  }

  @Test("Links to the web, to mail, beside the report and within the page are kept")
  func links() {
    #expect(
      Reading("[a](https://x.example/ä \"t\") [b](mailto:a@b.example) [c](./d/e.html?x=y:z) [f](#g)").html()
        == """
        <p><a href="https://x.example/%C3%A4" title="t" rel="noopener noreferrer">a</a> \
        <a href="mailto:a@b.example">b</a> <a href="./d/e.html?x=y:z">c</a> <a href="#g">f</a></p>

        """)
  }

  @Test("Images are embedded or not shown: the page asks nobody for anything")
  func images() {
    let text =
      "![A *b*](a.png \"t\") ![c](missing.png) ![d](https://x.example/d.png) ![e](data:image/png;base64,AA==) "
      + "![f](data:image/png;base64,AA\\\"onload=) ![](javascript:x) [![g](http://h)](#i)"
    let writer = ProseWriter(image: { $0 == "a.png" ? "data:image/png;base64,QUJD" : nil })
    #expect(
      Reading(text).html(writer) == """
        <p><img src="data:image/png;base64,QUJD" alt="A b" title="t"> <span class="missing-image"><b>Picture not found:</b> c</span> \
        <a href="https://x.example/d.png" rel="noopener noreferrer">d</a> \
        <img src="data:image/png;base64,AA==" alt="e"> <span class="missing-image"><b>Picture not found:</b> f</span> \
        <span class="missing-image"><b>Picture not found:</b> javascript:x</span> <a href="#i">g</a></p>

        """)
  }

  /// If this fails, the author's caption shows only when the mouse rests on the picture.
  @Test("The title of a picture that is a paragraph of its own is its caption")
  func captions() {
    let writer = ProseWriter(image: { _ in "data:image/png;base64,QUJD" })
    #expect(
      Reading("![A *b*](a.png \"What <it> shows\")").html(writer) == """
        <figure><img src="data:image/png;base64,QUJD" alt="A b">
        <figcaption>What &lt;it&gt; shows</figcaption></figure>

        """)
    #expect(Reading("![a](a.png)").html(writer).hasPrefix("<p><img"))
  }

  @Test("Plain text has the words alone")
  func plainText() {
    guard
      case .prose(let prose)? = Reading(
        "# A *b*\n\n`c` [d](e)\nf `{swift} g` <i>![h](i)\n\n- j\n- k\n\n| l | m |\n|---|---|\n| n | o |\n"
      ).blocks.first
    else { return #expect(Bool(false)) }
    #expect(prose.plainText() == "A b\n\nc d f g h\n\nj\nk\n\nl\tm\nn\to")
    #expect(prose.plainText(value: { $0.code + "!" }).contains("f g! h"))
  }
}
