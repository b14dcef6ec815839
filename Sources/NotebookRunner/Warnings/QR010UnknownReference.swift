/// QR010: a reference to a label that no cell has.
struct UnknownReference: ReportedWarning {
  let code = "QR010"
  let reportedAs = "unknown-reference"
  let title = "a reference to a label that no cell has"
  let what = "The text says '@label', and no cell has that label."
  let why = "The page shows the text as it is, where a link to the figure or the cell was meant."
  let remedy = "Correct the label, or give the cell one: '//| label: curves'. '\\@' is never a reference."
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
}
