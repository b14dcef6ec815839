import Diagnostics

/// A cell that failed while it ran: where, and why.
public struct CellFailure: Error, Sendable, CustomStringConvertible {
  /// The expression at fault.
  public var range: SourceRange
  public var message: String
  /// What the host threw, where the failure is the host's.
  public var underlying: (any Error)?
  /// The run was stopped; nothing is wrong with the cell.
  public var isCancelled = false
  /// In a rehearsal: nothing is wrong, a value is not known before the run.
  var isUnknown = false

  public var description: String { "\(range.start): error: \(message)" }

  /// As a problem of the notebook, with the code `cell-failed`.
  public var diagnostic: Diagnostic { Diagnostic(.error, message, at: range, code: "cell-failed") }
}
