import Reporting
import Steps

extension Run {
  /// A run that runs nothing, for checking and `describe`.
  static var idle: Run { Run(RunSettings(output: "."), observer: IdleObserver()) }
}

private struct IdleObserver: RunObserver {
  func append(_ block: ReportBlock) {}
  func progress(_ event: ProgressEvent) {}
  func write(_ bytes: [UInt8], to name: String) throws {}
  var shouldStop: Bool { false }
}
