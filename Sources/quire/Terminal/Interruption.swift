import Foundation
import NotebookRunner
import Synchronization

/// Handles Ctrl-C, `kill`, and a terminal that is closed. The first signal asks the run to finish its batch and write
/// a partial report; a second SIGINT ends the process immediately.
enum Interruption {
  private static let received = Atomic<Int32>(0)
  /// The process id of the sweep that started this run; `nil` if a user started it.
  private static let parent = ProcessInfo.processInfo.environment[ChildProcesses.parentVariable].flatMap(
    Int32.init)

  private static let tellsFirst = Atomic<Bool>(true)

  /// Installs the signal handlers.
  ///
  /// - Parameter tellsFirst: whether the handler prints a message for the first signal.
  static func install(tellsFirst: Bool = true) {
    Self.tellsFirst.store(tellsFirst, ordering: .relaxed)
    // Initialise it here, not in a signal handler.
    _ = parent
    // The parent process may have blocked the signals, as worker threads of Dispatch do.
    var stopping = sigset_t()
    sigemptyset(&stopping)
    sigaddset(&stopping, SIGINT)
    sigaddset(&stopping, SIGTERM)
    sigaddset(&stopping, SIGHUP)
    pthread_sigmask(SIG_UNBLOCK, &stopping, nil)
    // `nohup` ignores the signal so that the run survives the terminal.
    var hangUp = sigaction()
    let isIgnored = sigaction(SIGHUP, nil, &hangUp) == 0 && isIgnoring(hangUp)
    for number in [SIGINT, SIGTERM] + (isIgnored ? [] : [SIGHUP]) {
      signal(number) { number in
        // Only async-signal-safe calls: an atomic, write and _exit.
        let earlier = Interruption.received.exchange(number, ordering: .sequentiallyConsistent)
        if earlier == 0 {
          if Interruption.tellsFirst.load(ordering: .relaxed) {
            Interruption.say("\nFinishing this batch. Press Ctrl-C again to quit now.\n")
          }
        } else if number == SIGINT {
          Interruption.say("\nQuit. Run the same command again to resume from the last checkpoint.\n")
          _exit(130)
        }
      }
    }
    // Writing to a closed pipe or beyond the size limit should fail, not end the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func isIgnoring(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #else
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }

  private static func say(_ text: StaticString) {
    // A sweep prints the message for its runs.
    if parent == nil { _ = write(2, text.utf8Start, text.utf8CodeUnitCount) }
  }

  /// The signal received, or `nil`.
  static var signalNumber: Int32? {
    let number = received.load(ordering: .relaxed)
    if number != 0 { return number }
    // If the sweep was killed, nothing needs this result.
    if let parent, getppid() != parent { return SIGTERM }
    return nil
  }
}
