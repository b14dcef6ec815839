import Diagnostics

/// Tries checked cells in order before they run, to find errors that depend on values.
///
///     let rehearser = Rehearser(host: host)
///     for cell in cells { rehearser.rehearse(cell) }
///     rehearser.failures   // each located as in a real run
///
/// Cells are interpreted as by ``Evaluator``, but the ``RehearsalHost`` answers calls of host rows. A value that it
/// cannot know before the run is *unknown*, and so is everything computed from it. A statement that branches or
/// loops on an unknown value is skipped, and the variables that it might assign become unknown. Nothing is reported
/// that might not happen. A failing statement is recorded, and the rehearsal continues without its value, so that
/// independent errors are found together. Nothing is printed.
///
/// A cell that takes more than ``stepsPerCell`` steps is abandoned; its values are then unknown too.
public final class Rehearser: Sendable {
  /// The maximum number of statements, loop iterations and calls rehearsed in one cell.
  public static let stepsPerCell = 4_000

  private let rehearsal: Rehearsal
  let interpreter: Interpreter

  /// Creates a rehearser that has rehearsed no cells.
  public init(host: any RehearsalHost) {
    let rehearsal = Rehearsal(host: host, steps: Self.stepsPerCell)
    self.rehearsal = rehearsal
    interpreter = Interpreter(
      globals: Globals(), print: { _ in }, shouldStop: { rehearsal.isSpent },
      meter: Meter(rehearsingUntil: { rehearsal.isSpent }), rehearsal: rehearsal)
  }

  /// The errors in the order found, one for each place.
  public var failures: [CellFailure] { rehearsal.failures }

  /// The places where cells were abandoned because they took too many steps.
  public var unfinished: [SourceRange] { rehearsal.unfinished }

  /// Rehearses the next cell. A cell with errors is rehearsed without its broken parts, whose values are unknown.
  ///
  /// - Parameter mayFail: whether failures are expected; they are then not recorded.
  public func rehearse(_ cell: CheckedCell, mayFail: Bool = false) {
    let interpreter = interpreter
    let program = cell.program
    rehearsal.begin(mayFail: mayFail)
    withRoom {
      for (index, function) in program.functions {
        interpreter.globals[index].value = .function(interpreter.closure(function, captured: []))
      }
      var frame = Frame(localCount: program.localCount)
      // Errors thrown here have already been recorded.
      _ = try? interpreter.run(program.statements, &frame)
    }
  }

  /// Rehearses an inline expression.
  public func rehearse(_ expression: CheckedExpression) {
    let interpreter = interpreter
    let program = expression.program
    rehearsal.begin(mayFail: false)
    withRoom {
      var frame = Frame(localCount: program.localCount)
      _ = try? interpreter.run(program.statements, &frame)
    }
  }

  private func withRoom(_ body: @escaping () -> Void) {
    interpreter.meter.begin()
    let meter = interpreter.meter
    withLargeStack { Meter.$current.withValue(meter, operation: body) }
  }
}
