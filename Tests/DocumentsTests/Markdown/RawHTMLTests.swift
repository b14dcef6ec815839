import Foundation
import Testing

@testable import Documents

/// Raw HTML: a safe list works, comments vanish, and nothing in a notebook can run or break the page.
struct RawHTMLTests {
  private func html(_ text: String) -> String { Reading(text).html() }

  /// If this fails, HTML that people use on GitHub is shown as text, or not as they wrote it.
  @Test(
    "Safe elements are kept",
    arguments: [
      ("a<br>b<br/>c", "<p>a<br>b<br>c</p>\n"),
      ("H<sub>2</sub>O x<sup>2</sup>", "<p>H<sub>2</sub>O x<sup>2</sup></p>\n"),
      ("<kbd>Ctrl</kbd> <mark>*m*</mark>", "<p><kbd>Ctrl</kbd> <mark><em>m</em></mark></p>\n"),
      (
        "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <small>e</small>",
        "<p><b>a</b> <i>b</i> <u>c</u> <s>d</s> <small>e</small></p>\n"
      ),
      ("<B CLASS=x>a</B>", "<p><b>a</b></p>\n"),
      ("<abbr title=\"a & b\">c</abbr>", "<p><abbr title=\"a &amp; b\">c</abbr></p>\n"),
      (
        "<details open>\n<summary>More</summary>\n\n**text**\n\n</details>",
        "<details open>\n<summary>More</summary>\n\n<p><strong>text</strong></p>\n</details>\n\n"
      ),
      (
        "<div align=\"center\">\n\n# T\n\n</div>", "<div align=\"center\">\n\n<h1 id=\"t\">T</h1>\n</div>\n\n"
      ),
      ("<p align=\"center\">x &copy; &amp; y</p>", "<p align=\"center\">x &copy; &amp; y</p>\n\n"),
      ("<center>x</center>", "<div align=\"center\">x</div>\n\n"),
      (
        "<table><tr><td colspan=2 width=\"50%\">x</td></tr></table>",
        "<table><tr><td colspan=\"2\" width=\"50%\">x</td></tr></table>\n\n"
      ),
      ("| a<br>b | <ul><li>c</li></ul> |\n|--|--|", nil),
      ("<a name=\"top\"></a>x", "<p><a id=\"top\"></a>x</p>\n"),
      (
        "<a href=\"https://a.example/?b&amp;c\">d</a>",
        "<p><a href=\"https://a.example/?b&amp;c\" rel=\"noopener noreferrer\">d</a></p>\n"
      ),
      ("<hr>", "<hr>\n\n"), ("<h2 align=center>a</h2>", "<h2 align=\"center\">a</h2>\n\n"),
      ("<ol start=3><li>a<li>b</ol>", "<ol start=\"3\"><li>a<li>b</li></li></ol>\n\n"),
      ("a <div>b</div> c", "<div>a <div>b</div> c</div>\n"),
      ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>\n"),
    ] as [(String, String?)])
  func safe(text: String, expected: String?) {
    if let expected {
      #expect(html(text) == expected)
    } else {
      #expect(html(text).contains(">a<br>b<") && html(text).contains("<ul><li>c</li></ul>"))
    }
  }

  /// If this fails, a private remark is mailed with the report.
  @Test(
    "Comments vanish",
    arguments: [
      ("a <!-- SECRET --> b", "<p>a  b</p>\n"), ("<!-- SECRET\n\nmore\n-->", ""),
      ("<!-- SECRET -->\na", "<p>a</p>"),
      ("<div>\n<!-- SECRET -->\n</div>", "<div>\n\n</div>\n\n"), ("- a\n\n  <!-- SECRET -->\n- b", nil),
      ("# a <!-- SECRET -->", "<h1 id=\"a-\">a </h1>\n"),
      ("a <!-- SECRET -- more --> b", "<p>a  b</p>"), ("a <!-- SECRET->x ---> b", "<p>a  b</p>"),
      ("a <!-- SECRET --\nSECRET --> b `<!-- c -->`", nil), ("- a <!-- SECRET --\n  SECRET --> b", nil),
      ("> <!-- SECRET -->", "<blockquote>\n</blockquote>\n"), ("| a <!-- SECRET --> |\n|---|", nil),
    ] as [(String, String?)])
  func comments(text: String, expected: String?) {
    #expect(!html(text).contains("SECRET"))
    if let expected {
      #expect(html(text).trimmingCharacters(in: .newlines) == expected.trimmingCharacters(in: .newlines))
    }
  }

  /// If this fails, an unfinished comment silently hides cells.
  @Test("A comment that is never closed is an error")
  func unclosedComment() {
    #expect(
      Reading("a\n\n<!-- b\n\n```swift\nlet c = 1\n```\n").rendered == """
        n.md:3:1: error: the comment opened here is never closed, so the rest of the notebook is hidden
          <!-- b
          ^~~~
          note: close it with '-->'
        """)
  }

  /// If this fails, the part of a comment after a blank line is mailed with the report.
  @Test(
    "A comment that a blank line interrupts is an error",
    arguments: [
      "<div>\n<!-- b\n\nSECRET -->\n</div>\n",
      "<table>\n<!-- <tr><td>a</td></tr>\n\n<tr><td>SECRET</td></tr> -->\n</table>\n",
    ])
  func interruptedComment(text: String) {
    #expect(
      Reading(text).rendered.hasPrefix(
        "n.md:2:1: error: a blank line ends this HTML inside a comment, so the rest of the comment would be shown\n"
      ))
  }

  /// If this fails, an element that is not safe is left out or works.
  @Test("Everything else is shown as text")
  func asText() {
    #expect(
      html("<script>alert(1)</script>\n\na <video src=x>b</video>\n") == """
        <pre tabindex="0">&lt;script&gt;alert(1)&lt;/script&gt;
        </pre>
        <p>a &lt;video src=x&gt;b&lt;/video&gt;</p>

        """)
    #expect(html("<div>\n<style>a{}</style>\n</div>") == "<div>\n&lt;style&gt;a{}&lt;/style&gt;\n</div>\n\n")
    #expect(html("a <li>b <td>c") == "<p>a &lt;li&gt;b &lt;td&gt;c</p>\n")
    #expect(html("# a <div>b</div>") == "<h1 id=\"a-b\">a &lt;div&gt;b</h1>\n")
  }

  /// If this fails, a picture's size is lost, or its file is not embedded.
  @Test("Pictures keep their sizes and are embedded")
  func pictures() {
    let writer = ProseWriter(image: { $0 == "a.png" ? "data:image/png;base64,QUJD" : nil })
    let image = "<img src=\"data:image/png;base64,QUJD\" alt=\"b\" width=\"50\" height=\"10%\">"
    #expect(Reading("<img src=\"a.png\" alt=b width=50px height=10% style=x>").html(writer) == image + "\n\n")
    #expect(
      Reading("<picture><source srcset=c.png><img src=a.png alt=b width=50 height=10%></picture>").html(
        writer)
        == "<p>\(image)</p>\n")
    #expect(
      Reading("x <img src=c.png alt=\"A <b>\">").html(writer).contains(
        "<b>Picture not found:</b> A &lt;b&gt;"))
    #expect(
      Reading("x <img src=https://a.example/b.png>").html(writer).contains(
        "<a href=\"https://a.example/b.png\""))
  }

  /// If this fails, folded code is below its fold.
  @Test("A listing within raw HTML stays in it")
  func listing() {
    let text =
      "<details>\n<summary>Code</summary>\n\n```python\n1 < 2\n```\n\n</details>\n\n```python\n2\n```\n"
    #expect(
      html(text) == """
        <details>
        <summary>Code</summary>

        <pre tabindex="0"><code class="language-python">1 &lt; 2
        </code></pre>
        </details>


        """)
    #expect(Reading(text).outline.hasSuffix("listing python: \"2\\n\""))
  }

  /// If this fails, an id on the page occurs twice, and a link leads to the wrong place.
  @Test("Ids are unique, also those that the author chose")
  func ids() {
    let page = html(
      "<a name=\"a\"></a>\n\n# a\n\n<h2 id=\"a\">b</h2>\n\n<a id=\"footnote.1\">c</a> <b id=\"d e\">f</b>[^1]\n\n[^1]: g"
    )
    let found = page.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
    #expect(found == ["a", "a-1", "reference.1", "footnote.1"])
  }

  /// If this fails, raw HTML breaks the page around it, or contains something that can act.
  @Test("Output is balanced, and has safe elements and attributes only", arguments: ScriptVectors.all)
  func structure(text: String) {
    for prefix in ["", "x ", "- ", "> ", "<div>\n\n", "<b>", "</div>", "<table><tr><td>"] {
      let problem = PageStructure.problem(in: html(prefix + text))
      #expect(problem == nil, "\(prefix + text)")
    }
  }

  /// If this fails, a tag of one container closes another.
  @Test(
    "Unbalanced tags stay in their container",
    arguments: [
      "<div>", "</div>", "<div>\n\na\n\n</div></div></div>", "<b>a\n\nb</b>", "- <div>\n- </div>",
      "> <table>\n\nx", "<table>\n\n> </table>",
      "<details><summary>a", "*<b>*</b>", "| <b> | </b> |\n|--|--|", "</p></main></body></html>",
      "<ul><li><ol><li>", "<a><a></a></a>",
      String(repeating: "<div>", count: 500), String(repeating: "<b>", count: 500),
      "<table><tr></table></td>", "# <b>\n\n</b>",
    ])
  func unbalanced(text: String) {
    #expect(PageStructure.problem(in: html(text)) == nil)
  }

  /// If this fails, a long line of brackets takes minutes.
  @Test(
    "Hostile HTML takes linear time",
    arguments: [
      String(repeating: "<a ", count: 50_000), String(repeating: "<a b=\"", count: 30_000),
      "<div>" + String(repeating: "<a b='", count: 30_001),
      String(repeating: "<!--", count: 50_000), "<div>" + String(repeating: "<b c ", count: 50_000),
      "<p>" + String(repeating: "&amp", count: 50_000),
      "<div " + String(repeating: "a ", count: 50_000) + ">",
      "<div>" + String(repeating: "<b>", count: 30_000),
    ])
  func hostile(text: String) {
    _ = html(text)
  }

  /// If this fails, a notebook can run a script in a reader's browser. The page has no content security policy here, so
  /// that only the writer protects it.
  @Test(
    "No script runs in Chromium",
    .enabled(if: Chromium.path != nil, "install Chromium, or set CHROMIUM to its path"))
  func chromium() throws {
    let body = ScriptVectors.all.map { html($0) }.joined()
    let document = { (body: String) in
      "<!doctype html><html><head><meta charset=utf-8></head><body>\(body)</body></html>"
    }
    #expect(try !Chromium.dom(of: document(body)).contains("<html data-hit"))
    // The vectors work where nothing protects the page.
    let raw = ScriptVectors.all.prefix(8).joined(separator: "\n")
    #expect(try Chromium.dom(of: document(raw)).contains("<html data-hit"))
  }
}

/// A check of a page's elements, independent of the writer.
enum PageStructure {
  private static let void: Set<String> = ["br", "hr", "img", "input", "wbr", "col"]
  private static let attributes: Set<String> = [
    "href", "src", "alt", "title", "id", "class", "rel", "align", "width", "height", "colspan", "rowspan",
    "start", "value", "type",
    "open", "reversed", "tabindex", "role", "aria-label", "scope", "checked", "disabled", "style", "display",
    "encoding", "stretchy",
    "lspace", "rspace", "mathvariant", "form", "accent", "mathcolor",
  ]

  /// The first fault: an unbalanced tag, or an element or attribute that no page should have.
  static func problem(in html: String) -> String? {
    var open: [String] = []
    for match in html.matches(of: #/<(\/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>"]|"[^"]*")*)>/#) {
      let name = String(match.output.2)
      if ["script", "svg", "style", "iframe", "object", "form", "meta", "link", "base", "body"].contains(name)
      {
        return name
      }
      if match.output.1.isEmpty {
        for attribute in match.output.3.matches(of: #/([A-Za-z-]+)(?:="([^"]*)")?/#) {
          let key = String(attribute.output.1)
          guard attributes.contains(key) else { return "\(name) \(key)" }
          let value = attribute.output.2 ?? ""
          if key == "style", value.contains("url") { return "style" }
          if key == "href" || key == "src", value.contains(":"),
            !value.contains(#/^(https?:|mailto:|data:image\/)/#)
          {
            let head = value.prefix { !"/?#".contains($0) }
            if head.contains(":") { return String(value) }
          }
        }
        if !void.contains(name) { open.append(name) }
      } else if open.last == name {
        open.removeLast()
      } else {
        return "</\(name)> in \(open.last ?? "nothing")"
      }
    }
    if html.replacing(#/<\/?[A-Za-z](?:[^<>"]|"[^"]*")*>/#, with: "").contains("<") { return "<" }
    return open.isEmpty ? nil : "<\(open.joined(separator: "><"))>"
  }
}

/// Chromium, if it is installed.
enum Chromium {
  static let path: String? = {
    if let given = ProcessInfo.processInfo.environment["CHROMIUM"] { return given }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["chromium", "chromium-browser", "google-chrome"] {
      if let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") })
      {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }()

  /// The page's DOM after its scripts have run.
  static func dom(of page: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("chromium-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("page.html")
    try page.write(to: file, atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
      "--virtual-time-budget=3000", "--dump-dom", file.absoluteString,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
