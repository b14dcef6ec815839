import Neural
import Reporting

extension History {
  /// The history in the report's format.
  public var reportLog: TrainingLog { TrainingLog(rows: epochs, text: logText) }
}
