import Cells
import Steps

/// QR001: a name that nothing uses.
struct UnusedName: NotebookWarning {
  let code = "QR001"
  let title = "unused name"
  let what = """
    A name is declared, but neither later code nor the prose uses it. Function parameters, names that start with an
    underscore and the history of a training are not reported.
    """
  let why = "Often a different name is used by mistake, or the result of a call is never shown."
  let remedy = "Use the name, remove its declaration, or replace it with '_': 'let _ = …', 'for _ in …'."
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
  var alternatives: [String] {
    [
      example.replacing("let losses = [0.9, 0.7]\n", with: ""),
      example.replacing("let losses", with: "let _"),
      example.replacing("let losses", with: "let _losses"),
    ]
  }

  func findings(in notebook: NotebookView) -> [Finding] {
    let parameters = Set(notebook.parameters.map(\.name))
    return notebook.cells.flatMap(\.facts.declarations).compactMap { declaration in
      guard notebook.reads[declaration.range.start] == nil, !declaration.name.hasPrefix("_"),
        !declaration.name.hasPrefix("$"), !(declaration.isGlobal && parameters.contains(declaration.name)),
        !isHistory(declaration)
      else { return nil }
      let isChanged = notebook.changed.contains(declaration.range.start)
      return Finding(
        message: isChanged
          ? "'\(declaration.name)' is assigned but never used" : "'\(declaration.name)' is never used",
        range: declaration.range, notes: declaration.isGlobal ? ["nothing after this cell uses it"] : [])
    }
  }

  /// A training's history keeps its results for later cells; QR005 asks for the name.
  private func isHistory(_ declaration: CellFacts.Declaration) -> Bool {
    guard case .call(let call) = declaration.value else { return false }
    return Step.called(by: call)?.isTraining == true
  }
}
