/// QR028: a cell within an element of raw HTML.
struct CellInHTML: ReportedWarning {
  let code = "QR028"
  let reportedAs = "cell-in-html"
  let title = "cell within raw HTML"
  let what =
    "An element of raw HTML that does not end, or that cannot contain cells, is open where a Swift cell begins."
  let why = "The element ends before the cell, so the cell is shown outside it."
  let remedy = "Write the element's end tag after the cell, or before it."
  let example = """
    <details>
    <summary>The code</summary>

    ```swift
    print("a result")
    ```
    """
  let instead = """
    <details>
    <summary>The code</summary>

    ```swift
    print("a result")
    ```

    </details>
    """
  var alternatives: [String] {
    [
      "<details>\n<summary>The code</summary>\n\nIt prints.\n\n</details>\n\n```swift\nprint(\"a result\")\n```\n"
    ]
  }
}
