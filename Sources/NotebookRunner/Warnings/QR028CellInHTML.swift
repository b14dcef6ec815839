/// QR028: a cell within an element of raw HTML.
struct CellInHTML: ReportedWarning {
  let code = "QR028"
  let reportedAs = "cell-in-html"
  let title = "cell within raw HTML"
  let what = "An element of raw HTML, such as <details>, is open where a Swift cell begins."
  let why = "Cells are not part of raw HTML: the element ends before the cell, which is shown outside it."
  let remedy =
    "Close the element before the cell. To fold a cell's code, write '//| code-fold: true' in the cell."
  let example = """
    <details>
    <summary>The code</summary>

    ```swift
    print("a result")
    ```

    </details>
    """
  let instead = """
    ```swift
    //| code-fold: true
    //| code-summary: The code
    print("a result")
    ```
    """
  var alternatives: [String] {
    [
      "<details>\n<summary>The code</summary>\n\nIt prints.\n\n</details>\n\n```swift\nprint(\"a result\")\n```\n"
    ]
  }
}
