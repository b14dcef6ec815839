import Diagnostics

/// Tries checked cells in order before they are run: faults are found that only values can show.
///
///     let rehearser = Rehearser(host: host)
///     for cell in cells { rehearser.rehearse(cell) }
///     rehearser.failures   // each located, as running would have found it
///
/// Cells are interpreted as ``Evaluator`` does it, but the host's rows are the ``RehearsalHost``'s to answer. What it
/// cannot know before the run is *unknown*, and so is whatever is computed from it. A statement that branches or
/// loops on something unknown is not entered, and what it might have assigned is unknown from there on: nothing is
/// reported that might not happen. A statement that fails is noted, and the rest goes on without its value, so that
/// faults that do not depend on one another are found together. Nothing is printed.
///
/// A cell that computes for long is left after ``stepsPerCell`` statements; its values are then unknown too.
public final class Rehearser: Sendable {
  /// Statements, turns of loops and calls that are tried in one cell.
  public static let stepsPerCell = 4_000

  private let rehearsal: Rehearsal
  let interpreter: Interpreter

  public init(host: any RehearsalHost) {
    let rehearsal = Rehearsal(host: host, steps: Self.stepsPerCell)
    self.rehearsal = rehearsal
    interpreter = Interpreter(
      globals: Globals(), print: { _ in }, shouldStop: { rehearsal.isSpent },
      meter: Meter(rehearsingUntil: { rehearsal.isSpent }), rehearsal: rehearsal)
  }

  /// What is wrong, in the order found; one failure a place.
  public var failures: [CellFailure] { rehearsal.failures }

  /// Where cells were left because they compute for too long.
  public var unfinished: [SourceRange] { rehearsal.unfinished }

  /// - Parameter mayFail: the cell's failures are expected, and left out.
  public func rehearse(_ cell: CheckedCell, mayFail: Bool = false) {
    guard cell.isRunnable else { return }
    let interpreter = interpreter
    let program = cell.program
    rehearsal.begin(mayFail: mayFail)
    withRoom {
      for (index, function) in program.functions {
        interpreter.globals[index].value = .function(interpreter.closure(function, captured: []))
      }
      var frame = Frame(localCount: program.localCount)
      // What is thrown here has been noted.
      _ = try? interpreter.run(program.statements, &frame)
    }
  }

  public func rehearse(_ expression: CheckedExpression) {
    guard expression.isRunnable else { return }
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
