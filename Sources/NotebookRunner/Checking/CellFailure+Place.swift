import Cells
import Diagnostics
import Neural

extension CellFailure {
  /// Whether the user asked to stop; nothing is wrong.
  var isInterruption: Bool {
    if isCancelled { return true }
    if let error = underlying as? TrainingError, case .interrupted = error.fact { return true }
    return false
  }

  /// The failure at the place of its cause: a layer that does not fit is reported at its own line.
  ///
  /// - Parameter action: the operation in progress at the line of the call.
  func located(in file: String, during action: String = "running") -> Diagnostic {
    guard let origin = (underlying as? any Problem)?.origin, origin.file == file else { return diagnostic }
    let place = SourceRange(SourceLocation(file: file, line: origin.line, column: origin.column))
    return Diagnostic(
      .error, message, at: place, code: "cell-failed",
      notes: ["found while \(action) line \(range.start.line)"]
    )
  }
}
