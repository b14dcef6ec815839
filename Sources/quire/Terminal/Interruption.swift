import Foundation
import NotebookRunner
import Synchronization

/// Ctrl-C and `kill`: the first asks the run to finish its batch and write the report so far; a second
/// SIGINT ends the process at once.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  /// The sweep that started this run; `nil` where a user did.
  private static let parent = ProcessInfo.processInfo.environment[ChildProcesses.parentVariable].flatMap(
    Int32.init)

  private static let tellsFirst = Atomic<Bool>(true)

  /// - Parameter tellsFirst: whether the first signal is answered with a line here.
  static func install(tellsFirst: Bool = true) {
    Self.tellsFirst.store(tellsFirst, ordering: .relaxed)
    // Not for the first time in a signal handler.
    _ = parent
    // Whoever started this program may have blocked the signals, as worker threads of Dispatch do.
    var stopping = sigset_t()
    sigemptyset(&stopping)
    sigaddset(&stopping, SIGINT)
    sigaddset(&stopping, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &stopping, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // Only what is safe in a signal handler: an atomic, write and _exit.
        let earlier = Interruption.received.exchange(number, ordering: .sequentiallyConsistent)
        if earlier == 0 {
          if Interruption.tellsFirst.load(ordering: .relaxed) {
            Interruption.say("\nStopping after this batch; Ctrl-C ends at once.\n")
          }
        } else if number == SIGINT {
          Interruption.say("\nEnded at once; the same command goes on from the last state that was kept.\n")
          _exit(130)
        }
      }
    }
    // A closed pipe and a file beyond the limit are errors of the write, not of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func say(_ text: StaticString) {
    // For its runs a sweep speaks.
    if parent == nil { _ = write(2, text.utf8Start, text.utf8CodeUnitCount) }
  }

  /// The signal that came, or `nil`.
  static var signalNumber: Int32? {
    let number = received.load(ordering: .relaxed)
    if number != 0 { return number }
    // Nobody waits for the result of a sweep that was killed.
    if let parent, getppid() != parent { return SIGTERM }
    return nil
  }
}
