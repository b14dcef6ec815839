import Diagnostics

/// QR003: a `var` that is never changed.
struct UnchangedVariable: NotebookWarning {
  let code = "QR003"
  let title = "variable never changed"
  let what = "A variable is declared with 'var' but never changed."
  let why = """
    Readers look for the code that changes it. In the parameters cell, '-p' can override only constants declared
    with 'let'.
    """
  let remedy = "Replace 'var' with 'let'; 'quire check --fix' does this."
  let example = """
    ```swift parameters
    var epochs = 10
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
    notebook.cells.flatMap { cell in
      cell.facts.declarations.compactMap { declaration -> Finding? in
        guard let keyword = declaration.keyword, !notebook.changed.contains(declaration.range.start),
          notebook.reads[declaration.range.start] != nil
        else { return nil }
        return Finding(
          message: "'\(declaration.name)' is never changed; consider 'let'", range: declaration.range,
          notes: cell.fence.isParameters && declaration.isGlobal
            ? ["'-p \(declaration.name)=…' can override only a 'let' constant"] : [],
          fixIts: [FixIt("replace 'var' with 'let'", keyword, "let", isCertain: true)])
      }
    }
  }
}
