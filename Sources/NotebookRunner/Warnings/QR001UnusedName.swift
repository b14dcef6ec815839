/// QR001: a name that nothing uses.
struct UnusedName: NotebookWarning {
  let code = "QR001"
  let title = "a name that is never used"
  let what = """
    A value is bound to a name, and nothing reads the name: no cell below and no text. Parameters of functions and
    names that begin with an underscore are left alone.
    """
  let why = "Often the name was meant to be used and another one is, or a step's results are shown nowhere."
  let remedy = "Use the name, take it away, or write '_' for it: 'let _ = …', 'for _ in …'."
  let example = """
    ```swift
    let losses = [0.9, 0.7]
    let best = 0.7
    ```
    The loss came down to `{swift} best`.
    """
  let instead = """
    ```swift
    let losses = [0.9, 0.7]
    let best = losses.min() ?? 0
    ```
    The loss came down to `{swift} best`.
    """

  func findings(in notebook: NotebookView) -> [Finding] {
    let parameters = Set(notebook.parameters.map(\.name))
    return notebook.cells.flatMap(\.facts.declarations).compactMap { declaration in
      guard notebook.reads[declaration.range.start] == nil, !declaration.name.hasPrefix("_"),
        !declaration.name.hasPrefix("$"), !(declaration.isGlobal && parameters.contains(declaration.name))
      else { return nil }
      let isChanged = notebook.changed.contains(declaration.range.start)
      return Finding(
        message: isChanged
          ? "'\(declaration.name)' is given values but never read" : "'\(declaration.name)' is never used",
        range: declaration.range, notes: declaration.isGlobal ? ["no later cell and no text reads it"] : [])
    }
  }
}
