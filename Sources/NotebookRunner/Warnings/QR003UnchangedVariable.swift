import Diagnostics

/// QR003: a `var` that is never changed.
struct UnchangedVariable: NotebookWarning {
  let code = "QR003"
  let title = "a variable that is never changed"
  let what = "A name is declared with 'var', and nothing assigns to it or changes it."
  let why = """
    A reader looks for the place that changes it. In the parameters cell it is worse: '-p' sets only names that 'let'
    declares.
    """
  let remedy = "Write 'let' in place of 'var'; 'quire check --fix' does."
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
          message: "'\(declaration.name)' is never changed; 'let' would do", range: declaration.range,
          notes: cell.fence.isParameters && declaration.isGlobal
            ? ["'-p \(declaration.name)=…' sets only a name that 'let' declares"] : [],
          fixIts: [FixIt("replace 'var' with 'let'", keyword, "let", isCertain: true)])
      }
    }
  }
}
