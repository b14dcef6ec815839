import Diagnostics
import Testing

@testable import Documents

/// `{swift}` expressions and `@label` references in prose.
struct InlineExpressionTests {
  /// Checks the places of expressions, which are marked `«…»` in the text.
  func check(_ marked: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    var expected: [InlineExpression] = []
    for (number, line) in marked.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var column = 0
      var start: (column: Int, code: String)?
      for character in line {
        switch character {
        case "«": start = (column + 1, "")
        case "»":
          guard let (first, code) = start else { break }
          expected.append(
            InlineExpression(
              code: code.replacing("\\|", with: "|"),
              location: Diagnostics.SourceLocation(file: "n.md", line: number + 1, column: first),
              length: code.count))
          start = nil
        default:
          column += 1
          start?.code.append(character)
        }
      }
    }
    let reading = Reading(marked.filter { $0 != "«" && $0 != "»" })
    #expect(reading.expressions == expected, sourceLocation: sourceLocation)
    #expect(reading.problems.isEmpty, sourceLocation: sourceLocation)
  }

  @Test("An expression has its place in the file")
  func places() {
    check("`{swift} «a»`")
    check("Best: `{swift} «history.best + 1»` of `{swift}   «n» `, `{swift} «n»`.")
    check(
      "# Reached `{swift} «best»`\n\ntext\nmore *and `{swift} «x.y»` [`{swift} «z»`](u) **`{swift} «z»`***")
    check("Setext `{swift} «a»`\nover `{swift} «b»`\n====\n")
    check("- a\n  - `{swift} «a»`\n    then `{swift} «b»`\n- `{swift} «a»`\n")
    check("> quoted\n> `{swift} «a»`\nlazy `{swift} «b»`\n> > deep\n> > `{swift} «c»`\n")
    check("| `{swift} «a»` | b |\n|---|---|\n| `{swift} «a»` `{swift} «a»` | `` {swift} «a \\|\\| b» `` |\n")
    check("> - | x | y |\n>   |---|---|\n>   | `{swift} «a»` | \\| `{swift} «b»`\n")
    check("---\ntitle: A\n---\n\n[r]: u\n[s]: v\ntext `{swift} «a»`\n\tand `{swift} «b»`")
  }

  @Test("Columns count characters as editors do")
  func columns() {
    check("Größe 👩‍👩‍👧 `{swift} «a»` é `{swift} «\"👍🏽\" + b»`")
    check("\\`{swift} x\\` \\\\`{swift} «x»`")
  }

  @Test("Texts that only look like the expression are passed over")
  func lookalikes() {
    check("``{swift} «a` b»`` `{swift} «a»`")
    check("`` `{swift} a` `` `{swift} «a»`")
    check("\\`{swift} a and then `{swift} «a»`")
    check("[x](u \"{swift} a\") `{swift} «a»`")
    check("` {swift} «a» ` `a` <a title='`'> `{swift} «a»`")
  }

  @Test("An expression over two lines is located at its start")
  func twoLines() {
    let reading = Reading("text `{swift} a +\n  b` and `{swift} c`")
    #expect(reading.expressions.map(\.code) == ["a + b", "c"])
    #expect(reading.expressions.map { "\($0.location)+\($0.length)" } == ["n.md:1:15+3", "n.md:2:19+1"])
    let broken = Reading("text `{swift}\na`")
    #expect(broken.expressions.map { "\($0.location)+\($0.length)" } == ["n.md:2:1+1"])
  }

  @Test("An empty expression is an error")
  func empty() {
    #expect(
      Reading("Best `{swift} ` ever").rendered == """
        n.md:1:7: error: missing expression after '{swift}'
          Best `{swift} ` ever
                ^~~~~~~
          note: for example, `{swift} history.bestTestAccuracy`
        """)
  }

  let cells = "\n\n```swift\n//| label: fig-loss\n```\n\n```swift\n//| label: results_1\n```\n"

  @Test("References to labels are found; addresses, handles, code, links and escapes are left alone")
  func references() {
    let text =
      "@fig-loss, (@results_1) *@fig-loss*—@fig-loss- \\@fig-loss a@fig-loss @someone `@fig-loss` [@fig-loss](u)"
    #expect(
      Reading(text + cells).outline.prefix { $0 != "\n" } == """
        prose 1-1: p(@(fig-loss), (@(results_1)) em(@(fig-loss))—@(fig-loss)- @fig-loss a@fig-loss @someone \
        `@fig-loss` link(u @fig-loss))
        """)
    #expect(Reading(text + cells).problems.isEmpty)
    #expect(
      Reading("| @fig-loss |\n|---|\n\n# See @fig-loss" + cells).outline.hasPrefix(
        "prose 1-4: table(none: @(fig-loss)) h1(See @(fig-loss))"))
  }

  @Test("A reference that names no cell is shown as text, with a warning where it was meant as one")
  func unknownReferences() {
    #expect(
      Reading("See @fig-los, then\n> | @tbl-x |\n> |---|\n" + cells).rendered == """
        n.md:1:5: warning: no cell has the label 'fig-los'
          See @fig-los, then
              ^~~~~~~~
          note: did you mean '@fig-loss'?
          fix-it: replace '@fig-los' with '@fig-loss'
        n.md:2:5: warning: no cell has the label 'tbl-x'
          > | @tbl-x |
              ^~~~~~
          note: '@tbl-x' is shown as text
        """)
  }
}
