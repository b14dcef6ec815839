/// QR012: a cell that does not run because its language is not lower case.
struct LanguageCase: ReportedWarning {
  let code = "QR012"
  let reportedAs = "language-case"
  let title = "a cell that is shown, not run, for the case of its language"
  let what = "A fence is marked 'Swift' or 'SWIFT'; only 'swift' marks a cell that is run."
  let why = "The code is on the page, but nothing below can use what it binds."
  let remedy = "Write 'swift', or 'swift no-run' for code that is only shown."
  let example = """
    ```Swift
    print("one")
    ```
    """
  let instead = """
    ```swift
    print("one")
    ```
    """
}
