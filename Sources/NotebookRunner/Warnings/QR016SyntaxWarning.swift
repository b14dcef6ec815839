/// QR016: a warning of the Swift parser.
struct SyntaxWarning: ReportedWarning {
  let code = "QR016"
  let reportedAs = "syntax"
  let title = "what the parser warns of"
  let what = """
    Swift's parser can read the cell, but finds a place in it odd, for example a non-breaking space that came in with
    text pasted from a page.
    """
  let why = "The code means something, though perhaps not what it looks like."
  let remedy = "The warning says what to write."
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
