/// QR011: a cell option that has no effect.
struct LateOption: ReportedWarning {
  let code = "QR011"
  let reportedAs = "late-option"
  let title = "cell option without effect"
  let what = "A line '//| key: value' comes after the first line of code."
  let why =
    "Only the first lines of a cell are options. After the first line of code they are ordinary comments."
  let remedy = "Move the line to the top of the cell."
  let example = """
    ```swift
    print("one")
    //| echo: false
    ```
    """
  let instead = """
    ```swift
    //| echo: false
    print("one")
    ```
    """
}
