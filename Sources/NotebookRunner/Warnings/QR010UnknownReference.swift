/// QR010: a reference to a label that no cell has.
struct UnknownReference: ReportedWarning {
  let code = "QR010"
  let reportedAs = "unknown-reference"
  let title = "unknown reference"
  let what = "The prose contains '@label', but no cell has that label."
  let why = "The report shows the plain text instead of a link to the figure or cell."
  let remedy = "Correct the label, or add one to the cell: '//| label: curves'. Write '\\@' for a plain @."
  let example = """
    ```swift
    //| label: training-curves
    print("a figure")
    ```
    See @training-curve.
    """
  let instead = """
    ```swift
    //| label: training-curves
    print("a figure")
    ```
    See @training-curves.
    """
  var alternatives: [String] {
    [
      example.replacing("label: training-curves", with: "label: training-curve"),
      example.replacing("@training-curve.", with: "\\@training-curve."),
    ]
  }
}
