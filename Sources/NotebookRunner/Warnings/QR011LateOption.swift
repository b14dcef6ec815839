/// QR011: a cell option that has no effect.
struct LateOption: ReportedWarning {
  let code = "QR011"
  let reportedAs = "late-option"
  let title = "a cell option that has no effect"
  let what = "A line '//| key: value' stands below the cell's first line of code."
  let why = "Options are the first lines of a cell; further down they are comments like any other."
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
