import Diagnostics

/// Runs checked cells in order. Each cell can use the names bound by earlier ones.
///
///     let evaluator = Evaluator { Swift.print($0, terminator: "") }
///     try evaluator.run(cell)
///
/// Run cells in the order in which they were checked. Nothing in a cell can trap: overflow, an index out of range
/// or endless recursion throw a located ``CellFailure``.
public final class Evaluator: Sendable {
  let interpreter: Interpreter

  /// Creates an evaluator that has run no cells.
  ///
  /// - Parameters:
  ///   - shouldStop: called on every loop iteration and function call; returning `true` ends the run with a failure
  ///     whose ``CellFailure/isCancelled`` is set.
  ///   - memoryLimit: the number of bytes that one run may allocate for arrays and strings, including those freed
  ///     again.
  ///   - print: receives the text that cells print, with line ends.
  public init(
    shouldStop: @escaping @Sendable () -> Bool = { false }, memoryLimit: Int = 3_200_000_000,
    print: @escaping @Sendable (String) -> Void
  ) {
    interpreter = Interpreter(
      globals: Globals(), print: print, shouldStop: shouldStop,
      meter: Meter(memoryLimit: memoryLimit, shouldStop: shouldStop))
  }

  /// Runs all statements of a cell.
  ///
  /// - Throws: ``CellFailure`` if a statement fails or if the cell did not pass checking.
  public func run(_ cell: CheckedCell) throws(CellFailure) {
    try refuse(cell.diagnostics)
    let interpreter = interpreter
    let program = cell.program
    let result = metered { () -> Result<Void, CellFailure> in
      Result { () throws(CellFailure) in
        for (index, function) in program.functions {
          interpreter.globals[index].value = .function(interpreter.closure(function, captured: []))
        }
        var frame = Frame(localCount: program.localCount)
        _ = try interpreter.run(program.statements, &frame)
      }
    }
    try result.get()
  }

  /// Evaluates an inline expression.
  ///
  /// - Throws: ``CellFailure`` if the evaluation fails or if the expression did not pass checking.
  public func evaluate(_ expression: CheckedExpression) throws(CellFailure) -> Value {
    try refuse(expression.diagnostics)
    let interpreter = interpreter
    let program = expression.program
    let result = metered { () -> Result<Value, CellFailure> in
      Result { () throws(CellFailure) in
        var frame = Frame(localCount: program.localCount)
        if case .giveBack(let value) = try interpreter.run(program.statements, &frame) { return value }
        return .void
      }
    }
    return try result.get()
  }

  /// Runs the body on a large stack, with a new meter.
  private func metered<R>(_ body: @escaping () -> R) -> R {
    let meter = interpreter.meter
    meter.begin()
    return withLargeStack { Meter.$current.withValue(meter, operation: body) }
  }

  private func refuse(_ diagnostics: [Diagnostic]) throws(CellFailure) {
    guard let error = diagnostics.first(where: { $0.severity == .error }) else { return }
    let range = error.range ?? SourceRange(SourceLocation(file: "", line: 1, column: 1))
    throw CellFailure(range: range, message: error.message, underlying: error)
  }
}
