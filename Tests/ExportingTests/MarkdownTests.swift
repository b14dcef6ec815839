import Documents
import Exporting
import Foundation
import Support
import Testing

@Suite struct MarkdownTests {
  @Test func thePageHasValuesCodeAndOutputsAndPicturesBesideIt() throws {
    let document = try Samples.document()
    let files = MarkdownExport(document, outputs: try Samples.outputs(document), linkPrefix: "../")
      .files(named: "page.md")
    #expect(files.map(\.path) == ["page.md", "page_files/training.png", "page_files/loss.png"])
    #expect(PNG.size(of: files[1].bytes)?.width == 2)
    let page = String(decoding: files[0].bytes, as: UTF8.self)
    for piece in [
      "# Shapes: \\<a\\> & b\n\n*Ada, Grace*\n\n# Objective",
      "50.00%\nand a\\_b; see [Figure 1](#cell-curves), not",
      "```swift\nlet epochs = 2\n```\n\n```text\nhello\n```\n\n> [!WARNING]\n> 5 \\< 6 \\*really\\*",
      "| a\\|b | n |\n|:--|--:|\n| x | 1 |\n| \\<y\\> |  |",
      "- **Accuracy**: 50% (of 10)",
      "| 1 | 2.0000 | 50.00% | nan | 25.00% | 0.01 | 1.5 s | best |",
      "<details>\n<summary>Full log</summary>\n\n```text\nEpoch 1/1 …\n```\n\n</details>",
      "| Pass | Parameters | \\< 10 | 9 |", "| cat | 3 | 1 | 75.00% |",
      "**Row**\n\n<table>\n<tr>\n<td align=\"center\"><img src=\"page_files/training.png\" width=\"64\" alt=\"cat\"><br><sub>cat</sub></td>\n</tr>\n</table>\n\n*Wrong.*",
      "<a id=\"cell-curves\"></a>\n\n````swift\nplot(\"```\")\n````\n\n![Loss. Train",
      "](page_files/loss.png)\n\n*Figure 1. How it went.*\n\n**Error**\n\n```text\nshapes.md:39:1: error: no\n  plot()\n```",
    ] {
      #expect(page.contains(piece), "\(piece)\n--- in ---\n\(page)")
    }
    #expect(!page.contains("let history = train()"), "echo: false hides the code")
    #expect(!page.contains("<script") && !page.contains("//|"))
    // GitHub and Quire parse the same structure.
    let (again, problems) = DocumentReader.read(bytes: files[0].bytes, name: "page.md")
    #expect(problems.isEmpty && again != nil, "\(problems)")
  }

  @Test func withoutARunThereAreProseAndCode() throws {
    let files = MarkdownExport(try Samples.document()).files(named: "page.md")
    #expect(files.count == 1)
    let page = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(page.contains("see [curves](#cell-curves)"))
    #expect(page.contains("`{swift} percent(accuracy)`"))
  }

  /// If this fails, a page made for readers contains the author's private remarks, or its links lead beside it.
  @Test func commentsVanishAndLinksOfEveryKindAreAdjusted() throws {
    let text = """
      ---
      title: The $L_2$ norm
      subtitle: S
      abstract: A *b*<!-- SECRET -->
      date: today
      ---
      a <!-- SECRET --> b `<!-- kept -->`[^1]

      <!-- SECRET
      more SECRET
      -->

      ```text
      <!-- kept -->
      ```

      <img src="c.png"> <a href='https://d.example'>e</a> [f] ![g](h.png) $x_1$

      [f]: i.md
      [j]: https://k.example

      [^1]: `{swift} 1`
      """
    let document = try #require(DocumentReader.read(bytes: text.utf8, name: "n.md").0)
    let page = String(
      decoding: MarkdownExport(document, linkPrefix: "../").files(named: "p.md")[0].bytes, as: UTF8.self)
    #expect(
      page == """
        # The $L_2$ norm

        **S**

        A *b*

        a  b `<!-- kept -->`[^1]

        ```text
        <!-- kept -->
        ```

        <img src="../c.png"> <a href='https://d.example'>e</a> [f] ![g](../h.png) $x_1$

        [f]: ../i.md
        [j]: https://k.example

        [^1]: `{swift} 1`

        """)
  }
}
