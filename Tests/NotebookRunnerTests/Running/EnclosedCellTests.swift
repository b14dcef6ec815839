import Foundation
import Reporting
import Testing

@testable import NotebookRunner

/// Cells within `<details>`, on the page and in the parts of a preview.
struct EnclosedCellTests {
  private static let notebook = """
    Before.

    <details>
    <summary>How</summary>

    ```swift
    //| label: first
    print("one")
    ```

    Between.

    ```swift
    //| label: second
    let list = [1, 2]
    print(list[count])
    ```

    </details>

    After.

    ```swift
    //| label: third
    print("three")
    ```

    """

  private func bench(count: Int) throws -> NotebookBench {
    try NotebookBench(
      "```swift\nvar count = 0\nfor _ in 0..<\(count) { count += 1 }\n```\n\n" + Self.notebook)
  }

  private func balance(_ html: String) -> Int {
    html.matches(of: /<details/).count - html.matches(of: /<\/details>/).count
  }

  /// If this fails, what the author folded is shown, or everything after it is folded too.
  @Test("A details element contains its cells")
  func page() throws {
    let bench = try bench(count: 1)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let page = bench.report
    let start = try #require(page.range(of: "<details>\n<summary>How</summary>"))
    let inside = page[start.upperBound...]
    let cells = ["id=\"cell-first\"", "Between.", "id=\"cell-second\"", "After.", "id=\"cell-third\""]
    let places = try cells.map { try #require(inside.range(of: $0)).lowerBound }
    #expect(places == places.sorted())
    #expect(balance(String(inside[..<places[2]])) == 0, "the cells' own folds end")
    #expect(balance(String(inside[..<places[3]])) == -1, "the element ends before what follows it")
    #expect(balance(page) == 0)
  }

  /// If this fails, the error that ended a run leaves the page with an open element.
  @Test("A run that stops within the element closes it")
  func stopped() throws {
    // The rehearsal does not count so far, so only the run fails.
    let bench = try bench(count: 300_000)
    #expect(bench.run().exitCode == 1)
    #expect(balance(bench.report) == 0)
    #expect(bench.report.contains("index 300000 is out of range"))
  }

  /// If this fails, a tab of the preview replaces half an element.
  @Test("A part of a preview holds whole elements")
  func parts() async throws {
    let bench = try bench(count: 1)
    let preview = NotebookPreview(bench.options(), display: bench.display, worthAsking: 1_000) { nil }
    preview.start()
    defer { preview.end() }
    for await _ in preview.board.changes()
    where (preview.board.news(since: 0)?.json ?? "").contains("\"outcome\":\"finished\"") { break }
    let page = preview.board.page
    #expect(page.order == ["step-1", "prose-1", "cell-third"])
    for (name, html) in page.parts { #expect(balance(html) == 0, "\(name)") }
    #expect(page.parts["prose-1"]?.contains("id=\"cell-second\"") == true)
  }
}
