import Diagnostics

/// Checks cells in order, as parts of one Swift file: each cell can use the names declared by earlier ones.
///
///     var checker = Checker(catalogue: catalogue)
///     let first = checker.check(CellSource(text: "let epochs = 10", file: "a.md", firstLine: 7))
///     first.diagnostics   // []
///
/// Nothing is run. Checking a cell again would declare its names twice: use a new checker for a changed notebook.
public struct Checker: Sendable {
  /// The catalogue that cells are checked against.
  public let catalogue: Catalogue
  private let parsed: ParsedCells
  private var globals = GlobalScope()

  /// Creates a checker with no cells checked yet.
  ///
  /// - Parameters:
  ///   - catalogue: what cells can use beyond Swift itself.
  ///   - parsed: cells that have already been parsed.
  public init(catalogue: Catalogue, parsed: ParsedCells = ParsedCells()) {
    self.catalogue = catalogue
    self.parsed = parsed
  }

  /// Checks the next cell.
  ///
  /// - Parameter parameterOverrides: `nil` for an ordinary cell; for the parameters cell, the overriding values by
  ///   name. Names that the cell does not declare are left to the caller, which knows where they came from.
  public mutating func check(
    _ cell: CellSource, parameterOverrides: [String: ParameterOverride]? = nil
  ) -> CheckedCell {
    let (catalogue, parsed, known) = (catalogue, parsed, globals)
    let (checked, after) = withLargeStack {
      var checker = CellChecker(catalogue: catalogue, globals: known, source: cell, parsed: parsed)
      var checked = checker.checkCell(cell, overrides: parameterOverrides)
      let trials = FixItTrials(
        check: {
          var trial = CellChecker(catalogue: catalogue, globals: known, source: $0)
          return trial.checkCell($0, overrides: parameterOverrides).diagnostics
        }, source: cell)
      checked.diagnostics = trials.working(checked.diagnostics)
      return (checked, checker.globals)
    }
    globals = after
    return checked
  }

  /// Checks an inline expression. It can read the names of the cells checked so far and declares none.
  public mutating func check(expression source: CellSource) -> CheckedExpression {
    let (catalogue, parsed, known) = (catalogue, parsed, globals)
    return withLargeStack {
      var checker = CellChecker(catalogue: catalogue, globals: known, source: source, parsed: parsed)
      var checked = checker.checkExpression(source)
      let trials = FixItTrials(
        check: {
          var trial = CellChecker(catalogue: catalogue, globals: known, source: $0)
          return trial.checkExpression($0).diagnostics
        }, source: source)
      checked.diagnostics = trials.working(checked.diagnostics)
      return checked
    }
  }
}
