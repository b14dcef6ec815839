import Foundation
import Reporting
import Synchronization

@testable import Steps

/// Records the messages of a run.
final class RecordingObserver: RunObserver {
  private let state = Mutex<(blocks: [ReportBlock], files: [String: [UInt8]])>(([], [:]))
  var blocks: [ReportBlock] { state.withLock { $0.blocks } }
  var files: [String: [UInt8]] { state.withLock { $0.files } }
  var shouldStop: Bool { false }

  func append(_ block: ReportBlock) { state.withLock { $0.blocks.append(block) } }
  func progress(_ event: ProgressEvent) {}
  func write(_ bytes: [UInt8], to name: String) throws { state.withLock { $0.files[name] = bytes } }

  /// A run that it observes, whose results are the same on every machine.
  var run: Run {
    Run(
      RunSettings(seed: 1, threads: 1, output: FileManager.default.temporaryDirectory.path), observer: self)
  }
}
