import Testing

@testable import Documents

/// Raw HTML that begins before a cell and ends after it.
struct EnclosingHTMLTests {
  private static let cell = "\n\n```swift\n1\n```\n\n"

  /// The prose as pieces, tags in brackets, with `CELL` for cells.
  private func pieces(_ text: String) -> (text: String, open: Int) {
    var writer = ProseWriter()
    var result = ""
    for block in Reading(text).blocks {
      guard case .prose(let prose) = block else {
        result += "CELL"
        continue
      }
      for piece in writer.pieces(prose) {
        switch piece {
        case .text(let html): result += html.replacing("\n", with: "")
        case .tags(let html): result += "[\(html.replacing("\n", with: ""))]"
        }
      }
    }
    return (result, writer.openElements)
  }

  /// If this fails, folded cells are below their fold, or outside the text around them.
  @Test(
    "Elements enclose cells",
    arguments: [
      (
        "a\n\n<details>\n<summary>S <b>x</b></summary>\n\nb CELL c\n\n</details>\n\nd",
        "<p>a</p>[<details><summary>S <b>x</b></summary>]<p>b</p>CELL<p>c</p>[</details>]<p>d</p>"
      ),
      (
        "<details open>\n\n<summary>S</summary>\n\nCELL</details>",
        "[<details open>][<summary>S</summary>]CELL[</details>]"
      ),
      (
        "<div align=center>\n\nCELL CELL</div>\n<details>\n\nCELL</details>",
        "[<div align=\"center\">]CELLCELL[</div><details>]CELL[</details>]"
      ),
      (
        "<details>\n\n<details>\n\nCELL\n\n</details>\n\na\n\n</details>",
        "[<details>][<details>]CELL[</details>]<p>a</p>[</details>]"
      ),
      (
        "<details>\n\nCELL<div>\n\na\n\n</div>\n\n</details>",
        "[<details>]CELL<div><p>a</p></div>[</details>]"
      ),
      (
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>\n\nCELL</td><td>b</td></tr></tbody></table>",
        "[<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>]CELL"
          + "[</td><td>b</td></tr></tbody></table>]"
      ),
      ("<ul><li>a</li><li>\n\nCELL</li></ul>", "[<ul><li>a</li><li>]CELL[</li></ul>]"),
      (
        "<details><!-- a --><summary>S</summary>\n\nCELL</details>",
        "[<details>][<summary>S</summary>]CELL[</details>]"
      ),
    ])
  func enclosing(text: String, expected: String) {
    let text = text.replacing("CELL", with: Self.cell)
    #expect(pieces(text) == (expected, 0))
    #expect(Reading(text).rendered == "")
    #expect(PageStructure.problem(in: Reading(text).html()) == nil)
  }

  /// If this fails, an element is open at the end of the page, or a cell loses the place that its author gave it without
  /// a word.
  @Test(
    "Unbalanced elements end before the cell, with a warning",
    arguments: [
      (
        "<details>\n<summary>S</summary>\n\nCELL",
        "'<details>' ends before this cell, because its end tag is missing"
      ),
      (
        "<div>\n\n<details>\n\nCELL</div>",
        "'<details>' ends before this cell, because its end tag is missing"
      ),
      ("<p>\n\nCELL</p>", "'<p>' ends before this cell, because it cannot contain cells"),
      ("<div><b>\n\nCELL</b></div>", "'<b>' ends before this cell, because it cannot contain cells"),
      ("<ul>\n\nCELL</ul>", "'<ul>' ends before this cell, because it cannot contain cells"),
      (
        "<div>\n\n<ul>\n\nCELL</div>\n\n</ul>",
        "'<ul>' ends before this cell, because it cannot contain cells"
      ),
    ])
  func unbalanced(text: String, warning: String) {
    let text = text.replacing("CELL", with: Self.cell)
    let reading = Reading(text)
    #expect(reading.rendered.contains("warning: " + warning), "\(reading.rendered)")
    #expect(reading.problems.count == 1)
    #expect(pieces(text).open == 0)
    #expect(PageStructure.problem(in: reading.html()) == nil)
  }

  /// If this fails, one forgotten end tag spoils the rest of the notebook.
  @Test("An element after an unbalanced one encloses its cell")
  func afterUnbalanced() {
    let text = "<div>\n\nCELL<details>\n\nCELL</details>\n".replacing("CELL", with: Self.cell)
    #expect(pieces(text) == ("<div></div>CELL[<details>]CELL[</details>]", 0))
    #expect(Reading(text).problems.count == 1)
  }

  /// If this fails, Jupyter shows what the author folded.
  @Test("Cells of closed details are folded")
  func folded() {
    let text = "<details>\n\nCELL</details>\n\n<details open>\n\nCELL</details>\n\n<div>\n\nCELL</div>"
    #expect(Reading(text.replacing("CELL", with: Self.cell)).steps.map(\.isFolded) == [true, false, false])
  }

  /// If this fails, an element that encloses cells can act.
  @Test("Nothing live gets in through an element around a cell", arguments: ScriptVectors.all)
  func vectors(vector: String) {
    for text in [
      "<details>\n\n\(vector)CELL\(vector)\n\n</details>", "\(vector)CELL\(vector)",
      "<div>\(vector)CELL</div>",
    ] {
      let reading = Reading(text.replacing("CELL", with: Self.cell))
      #expect(PageStructure.problem(in: reading.html()) == nil, "\(text)")
      #expect(pieces(text.replacing("CELL", with: Self.cell)).open == 0, "\(text)")
    }
  }
}
