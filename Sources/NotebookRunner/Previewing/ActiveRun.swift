import Cells
import Foundation
import Synchronization

/// A run of the preview, on its own thread.
final class ActiveRun: Sendable {
  /// The version that is run.
  let version: CheckedVersion
  private let isStopped = Atomic(false)

  /// Starts a run.
  ///
  /// - Parameters:
  ///   - signal: the signal that asks the program to stop; `nil` if there is none.
  ///   - whenEnded: called on the run's thread.
  init(
    _ options: RunOptions, _ version: CheckedVersion, _ control: RunControl, display: PreviewDisplay,
    signal: @escaping @Sendable () -> Int32?, whenEnded: @escaping @Sendable (RunOutcome) -> Void
  ) {
    self.version = version
    let thread = Thread { [self] in
      let outcome = withLargeStack {
        NotebookRun(options, display, { self.signal(or: signal) }, control: control).outcome()
      }
      whenEnded(outcome)
    }
    thread.name = "preview run"
    thread.start()
  }

  /// Asks the run to stop after the current batch.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Whether the run was asked to stop.
  var isStopping: Bool { isStopped.load(ordering: .relaxed) }

  private func signal(or outside: () -> Int32?) -> Int32? { isStopping ? SIGINT : outside() }
}
