import Cells
import Diagnostics

/// QR006: a local name that shadows a global one.
struct HiddenName: NotebookWarning {
  let code = "QR006"
  let title = "shadowed name"
  let what = """
    A block, function or closure declares a name that already exists outside it, and later code reads the outer name.
    'if let x', 'let x = x' and parameters are not reported.
    """
  let why = "The inner name exists only in its block. Later code reads the outer value, which did not change."
  let remedy = "Assign to the outer variable without 'let', or rename the inner one."
  let example = """
    ```swift
    let accuracies = [0.6, 0.8]
    var best = 0.0
    for accuracy in accuracies {
      let best = max(accuracy, 0.5)
      print(best)
    }
    best += 0.01
    ```
    The best accuracy is `{swift} best`.
    """
  let instead = """
    ```swift
    let accuracies = [0.6, 0.8]
    var best = 0.0
    for accuracy in accuracies {
      best = max(accuracy, best)
    }
    ```
    The best accuracy is `{swift} best`.
    """
  var alternatives: [String] {
    [
      example.replacing(
        "let best = max(accuracy, 0.5)\n  print(best)",
        with: "let better = max(accuracy, 0.5)\n  print(better)")
    ]
  }

  func findings(in notebook: NotebookView) -> [Finding] {
    notebook.cells.flatMap { cell in
      cell.facts.declarations.compactMap { declaration -> Finding? in
        let place = declaration.range.start
        guard let outer = declaration.hides, !isCopy(declaration, of: outer, in: cell.facts),
          let read = notebook.reads[outer]?.first(where: { $0 > place })
        else { return nil }
        let name = declaration.name
        return Finding(
          message: "this '\(name)' shadows the one at line \(outer.line), which line \(read.line) reads",
          range: declaration.range,
          notes: [
            "this '\(name)' exists only in its block; to change the outer one, assign to it without 'let'"
          ])
      }
    }
  }

  /// `let x = x`, `if let x = x`: the outer name is read next to the inner one.
  private func isCopy(
    _ declaration: CellFacts.Declaration, of outer: SourceLocation, in facts: CellFacts
  ) -> Bool {
    let place = declaration.range.start
    return facts.uses.contains {
      $0.declared == outer && $0.range.start.line == place.line && $0.range.start >= place
    }
  }
}
