/// QR016: a warning of the Swift parser.
struct SyntaxWarning: ReportedWarning {
  let code = "QR016"
  let reportedAs = "syntax"
  let title = "parser warning"
  let what = """
    Swift's parser accepts the cell but warns about something in it, for example a non-breaking space from pasted
    text.
    """
  let why = "The code may not mean what it looks like."
  let remedy = "Follow the advice in the warning."
  let example = """
    ```swift
    let rate =\u{A0}0.01
    print(rate)
    ```
    """
  let instead = """
    ```swift
    let rate = 0.01
    print(rate)
    ```
    """
}
