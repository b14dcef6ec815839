/// QR002: a notebook parameter that nothing uses.
struct UnusedParameter: NotebookWarning {
  let code = "QR002"
  let title = "a parameter that is never used"
  let what = "The parameters cell declares a name that no later cell and no text reads."
  let why = "'-p' takes values for it, and they change nothing."
  let remedy = "Use the parameter where its value is meant, or take it out of the parameters cell."
  let example = """
    ```swift parameters
    let epochs = 10
    let width = 16
    ```
    A run takes `{swift} epochs` epochs.
    """
  let instead = """
    ```swift parameters
    let epochs = 10
    ```
    A run takes `{swift} epochs` epochs.
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.parameters.filter { notebook.reads[$0.range.start] == nil }.map {
      Finding(
        message: "parameter '\($0.name)' is never used", range: $0.range,
        notes: ["'-p \($0.name)=…' would change nothing"])
    }
  }
}
