import Cells
import Diagnostics
import Steps

@testable import NotebookRunner

extension FuzzTarget {
  /// A cell: highlighted, checked against the whole catalogue, and its problems rendered. Nothing runs.
  static let cells = FuzzTarget(name: "cells", maximumLength: 1024) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    expect(Highlighter.tokens(in: text).map(\.text).joined() == text, "colouring changed the text")
    var checker = Checker(catalogue: catalogue)
    let cell = checker.check(CellSource(text: text, file: "n.md"), parameterOverrides: ["x": "1"])
    let source = SourceText(name: "n.md", text: text)
    for problem in cell.diagnostics { _ = problem.rendered(in: source) }
  }

  private static let catalogue = Catalogue.quire(.idle)
}
