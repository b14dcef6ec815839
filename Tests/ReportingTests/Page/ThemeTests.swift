import Foundation
import Testing

@testable import Reporting

@Suite("Themes")
struct ThemeTests {
  /// The first CSS example of docs/themes.md.
  private func documentedExample() throws -> String {
    let path = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../docs/themes.md")
      .standardized
    let text = try String(contentsOf: path, encoding: .utf8)
    return try #require(matches("```css\n(.*?)```", in: text).first)
  }

  /// If this fails, a theme has no effect: it comes before the rules that it should override, or not at all.
  @Test("The page has the theme after its own style sheet")
  func order() throws {
    let css = try documentedExample()
    let theme = try PageTheme(css: css)
    let page = Report(title: "t", verdict: Verdict(.finished, "v"), theme: theme).html()
    let styles = matches("<style[^>]*>(.*?)</style>", in: page)
    #expect(styles.count == 2)
    #expect(styles.last == "\n" + css)
    #expect(page.contains("font-src data:"))
    #expect(!Report(title: "t", verdict: Verdict(.finished, "v")).html().contains("font-src"))
  }

  /// If this fails, docs/themes.md lists a property that changes nothing.
  @Test("Each documented property is one that the page uses")
  func properties() throws {
    let path = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../docs/themes.md")
      .standardized
    let text = try String(contentsOf: path, encoding: .utf8)
    let properties = Set(matches(#"(--[a-z][a-z0-9-]+)"#, in: text)).subtracting(["--theme"])
    #expect(properties.count > 25)
    #expect(!Style.text.contains(":root{") && !Style.text.contains(":root {"))
    for property in properties {
      #expect(Style.text.contains("var(\(property))"), "\(property)")
      // Set without specificity, so that `:root` overrides it.
      #expect(matches(#":where\(:root\) ?\{[^}]*\#(property):"#, in: Style.text).count > 0, "\(property)")
    }
  }

  @Test(
    "What would end the style sheet or load something is found at its place",
    arguments: [
      ("a{}</STYLE><b>", ThemeProblem.Fault.endsStyle, 3, 7),
      ("/* </style */", .endsStyle, 3, 7),
      ("a{}\n@import 'b.css';", .imports, 4, 7),
      ("@Import url(b.css);", .imports, 0, 7),
      ("a{background:url(https://a.b/c.png)}", .loads("https://a.b/c.png"), 17, 17),
      ("a{background:URL( 'c.png' )}", .loads("c.png"), 19, 5),
      ("a{background:url(\"//a.b\")}", .loads("//a.b"), 18, 5),
      ("/* ' */ a{b:url(c)}", .loads("c"), 16, 1),
    ])
  func faults(css: String, fault: ThemeProblem.Fault, offset: Int, length: Int) {
    #expect(throws: ThemeProblem(fault: fault, offset: offset, length: length)) { try PageTheme(css: css) }
  }

  @Test(
    "Embedded data, parts of the page, comments and strings are allowed",
    arguments: [
      "", "a{background:url(data:image/png;base64,AA==)}", "a{background:url( \"DATA:image/svg+xml,x\" )}",
      "a{filter:url(#shadow)}", "/* @import url(x) */ a{}", "a::before{content:'url(x) @import'}",
      "a{content:\"\\\"url(x)\"}", "url(", "url('", "\"", "/*", "a{content:'",
    ])
  func allowed(css: String) throws {
    #expect(try PageTheme(css: css).css == css)
  }
}
