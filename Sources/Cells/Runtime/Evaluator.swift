import Diagnostics

/// Runs checked cells in order; what a cell binds, the next can use.
///
///     let evaluator = Evaluator { Swift.print($0, terminator: "") }
///     try evaluator.run(cell)
///
/// Cells must be run in the order they were checked in. Nothing in a cell can trap: overflow, an index out of
/// range or endless recursion end in a located ``CellFailure``.
public final class Evaluator: Sendable {
  let interpreter: Interpreter

  /// - Parameters:
  ///   - shouldStop: asked at every turn of a loop and every call; `true` ends the run with a failure whose
  ///     ``CellFailure/isCancelled`` is set.
  ///   - memoryLimit: bytes that one run may ask for in arrays and strings, whether or not it lets go of them again.
  ///   - print: receives what cells print, line ends included.
  public init(
    shouldStop: @escaping @Sendable () -> Bool = { false }, memoryLimit: Int = 3_200_000_000,
    print: @escaping @Sendable (String) -> Void
  ) {
    interpreter = Interpreter(
      globals: Globals(), print: print, shouldStop: shouldStop,
      meter: Meter(memoryLimit: memoryLimit, shouldStop: shouldStop))
  }

  /// Runs a cell from its first statement to its last.
  ///
  /// - Throws: ``CellFailure`` where a statement fails, and where the cell has errors of its own.
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

  /// The value of an inline expression.
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

  /// Runs the body with room on the stack and a meter that starts at nothing.
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
