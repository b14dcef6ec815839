/// QR012: a cell that does not run because its language is not lower case.
struct LanguageCase: ReportedWarning {
  let code = "QR012"
  let reportedAs = "language-case"
  let title = "cell language not in lower case"
  let what = "A code block is marked 'Swift' or 'SWIFT', but only blocks marked 'swift' run."
  let why = "The report shows the code, but later cells cannot use the names that it declares."
  let remedy = "Write 'swift', or 'swift no-run' for code that should not run."
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
  var alternatives: [String] { [example.replacing("```Swift", with: "```swift no-run")] }
}
