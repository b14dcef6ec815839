/// QR002: a notebook parameter that nothing uses.
struct UnusedParameter: NotebookWarning {
  let code = "QR002"
  let title = "unused parameter"
  let what = "The parameters cell declares a name that neither later code nor the prose uses."
  let why = "Overriding the parameter with '-p' has no effect."
  let remedy = "Use the parameter, or remove it from the parameters cell."
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
  var alternatives: [String] {
    [example.replacing("`{swift} epochs` epochs", with: "`{swift} epochs` epochs, width `{swift} width`")]
  }

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.parameters.filter { notebook.reads[$0.range.start] == nil }.map {
      Finding(
        message: "parameter '\($0.name)' is never used", range: $0.range,
        notes: ["'-p \($0.name)=…' has no effect"])
    }
  }
}
