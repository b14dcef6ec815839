import Foundation
import Reporting
import Synchronization

/// A notebook that is checked and run whenever it is saved, and whose page is kept on a board for tabs to show.
///
///     let preview = NotebookPreview(RunOptions(notebook: "n.md"), display: display) { nil }
///     preview.start()
///     for await _ in preview.board.changes() { send(preview.board.news(since: seen)) }
public final class NotebookPreview: Sendable {
  /// The state that tabs show.
  public let board = PreviewBoard()
  private let events = PreviewEvents()
  private let options: RunOptions
  private let worthAsking: Double
  private let display: any RunDisplay
  private let signal: @Sendable () -> Int32?

  /// Prepares a preview; nothing is read yet.
  ///
  /// - Parameters:
  ///   - options: the options of its runs.
  ///   - display: shows the runs on the terminal.
  ///   - signal: the signal that asks the program to end; `nil` if there is none.
  public convenience init(
    _ options: RunOptions, display: any RunDisplay, signal: @escaping @Sendable () -> Int32?
  ) {
    self.init(options, display: display, worthAsking: PreviewDecision.worthAsking, signal: signal)
  }

  /// - Parameter worthAsking: the seconds of a training from which the reader is asked before it is lost.
  init(
    _ options: RunOptions, display: any RunDisplay, worthAsking: Double,
    signal: @escaping @Sendable () -> Int32?
  ) {
    self.worthAsking = worthAsking
    self.options = options
    self.display = display
    self.signal = signal
  }

  /// Checks and runs the notebook, and watches it from now on, on threads of its own.
  public func start() {
    let thread = Thread { [self] in
      PreviewDirector(
        options, board: board, events: events, terminal: display, worthAsking: worthAsking, signal: signal
      ).direct()
    }
    thread.name = "preview"
    thread.start()
  }

  /// Passes on what a reader asks for.
  public func send(_ command: PreviewCommand) { events.add(.command(command)) }

  /// Stops the run, and returns when its results are written.
  public func end() {
    events.add(.end)
    events.waitForEnd()
  }

  /// The file with the port and the token of a notebook's last preview.
  public static func addressFile(of options: RunOptions) -> String {
    "\(options.output.isEmpty ? "." : options.output)/.quire/preview-\(options.name).json"
  }

  /// The files that the page may link to, by their path on the page: those in the run's folder.
  public var files: [String: String] {
    let folder = RunFolder(output: options.output, name: options.name)
    guard let found = FileManager.default.enumerator(atPath: folder.directory) else { return [:] }
    var files: [String: String] = [:]
    for case let name as String in found
    where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      files["/\(options.name)/\(name)"] = "\(folder.directory)/\(name)"
    }
    return files
  }
}

/// The events that a preview's director waits for.
final class PreviewEvents: Sendable {
  enum Event: Sendable {
    case parsed(number: Int, CheckedNotebook)
    case checked(CheckedVersion)
    case written(RunSnapshot, PageParts)
    case ended
    case command(PreviewCommand)
    case end
  }

  private let queue = Mutex<[Event]>([])
  private let arrival = DispatchSemaphore(value: 0)
  private let finish = DispatchSemaphore(value: 0)

  func add(_ event: Event) {
    queue.withLock { $0.append(event) }
    arrival.signal()
  }

  /// The events so far, after waiting a moment for one.
  func take(within milliseconds: Int) -> [Event] {
    _ = arrival.wait(timeout: .now() + .milliseconds(milliseconds))
    return queue.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }

  func finished() { finish.signal() }
  func waitForEnd() { finish.wait() }
}
