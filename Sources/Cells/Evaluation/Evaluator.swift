import Diagnostics

/// Runs checked cells in order; what a cell binds, the next can use.
///
///     let evaluator = Evaluator(print: { Swift.print($0, terminator: "") })
///     try evaluator.run(cell)
///
/// Cells must be run in the order they were checked in. Nothing in a cell can trap: overflow, an index out of
/// range or endless recursion end in a located ``CellFailure``.
public final class Evaluator: Sendable {
  private let print: @Sendable (String) -> Void
  private let shouldStop: @Sendable () -> Bool

  /// - Parameters:
  ///   - shouldStop: asked at every turn of a loop and every call; `true` ends the run with a cancelled failure.
  ///   - print: receives what cells print, line ends included.
  public init(
    shouldStop: @escaping @Sendable () -> Bool = { false }, print: @escaping @Sendable (String) -> Void
  ) {
    self.shouldStop = shouldStop
    self.print = print
  }

  public func run(_ cell: CheckedCell) throws(CellFailure) {}
  public func evaluate(_ expression: CheckedExpression) throws(CellFailure) -> Value { .void }
}
