import Diagnostics

/// An error at run time, with its place in the cell.
public struct CellFailure: Error, Sendable, CustomStringConvertible {
  /// The place of the expression that failed.
  public var range: SourceRange
  /// The error message, without its place.
  public var message: String
  /// The error thrown by the host, if the host failed.
  public var underlying: (any Error)?
  /// Whether the run was cancelled; nothing is wrong with the cell.
  public var isCancelled = false
  /// In a rehearsal, whether a value is simply not known before the run; nothing is wrong.
  var isUnknown = false

  public var description: String { "\(range.start): error: \(message)" }

  /// The failure as a diagnostic with the code `cell-failed`.
  public var diagnostic: Diagnostic { Diagnostic(.error, message, at: range, code: "cell-failed") }
}
