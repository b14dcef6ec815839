import Diagnostics

/// Checks cells one after the other, as parts of one Swift file: names that a cell declares are known to the next.
///
///     var checker = Checker(catalogue: catalogue)
///     let first = checker.check(CellSource(text: "let epochs = 10", file: "a.md", firstLine: 7))
///     first.diagnostics   // []
///
/// Nothing is run. Checking a cell again declares its names again: use a new checker for a changed notebook.
public struct Checker: Sendable {
  public let catalogue: Catalogue
  private let parsed: ParsedCells
  private var globals = GlobalScope()

  /// - Parameter parsed: the cells' texts, where they have been parsed already.
  public init(catalogue: Catalogue, parsed: ParsedCells = ParsedCells()) {
    self.catalogue = catalogue
    self.parsed = parsed
  }

  /// - Parameter parameterOverrides: `nil` for an ordinary cell; for the parameters cell what was given, by name.
  ///   Names that the cell does not declare are left to the caller, who knows where they come from.
  public mutating func check(
    _ cell: CellSource, parameterOverrides: [String: ParameterOverride]? = nil
  ) -> CheckedCell {
    let (catalogue, parsed, known) = (catalogue, parsed, globals)
    // The only holder changes names without copying them all.
    globals = GlobalScope()
    let (checked, after) = withLargeStack {
      var checker = CellChecker(catalogue: catalogue, globals: known, source: cell, parsed: parsed)
      let checked = checker.checkCell(cell, overrides: parameterOverrides)
      return (checked, checker.globals)
    }
    globals = after
    return checked
  }

  /// An inline expression: it can read what the cells before it declared, and declares nothing.
  public mutating func check(expression source: CellSource) -> CheckedExpression {
    let (catalogue, parsed, known) = (catalogue, parsed, globals)
    return withLargeStack {
      var checker = CellChecker(catalogue: catalogue, globals: known, source: source, parsed: parsed)
      return checker.checkExpression(source)
    }
  }
}
