import Foundation

/// Starts the runs of a sweep.
public protocol RunLauncher {
  /// Starts `quire` with these arguments and returns immediately.
  ///
  /// - Parameter errors: the file for its standard error.
  func launch(_ arguments: [String], errors: String) throws -> any LaunchedRun
}

/// A started run.
public protocol LaunchedRun: AnyObject {
  /// The exit code; `nil` while it runs, 128 + n if signal n ended it.
  var exitCode: Int32? { get }
  /// Asks the run to stop.
  func stop()
}

/// Starts runs as separate processes, so that a crash affects only one.
public struct ChildProcesses: RunLauncher {
  /// The environment variable with the parent's process id; a run stops when its parent has ended.
  public static let parentVariable = "QUIRE_PARENT"

  private let executable: String

  /// Creates a launcher.
  ///
  /// - Parameter executable: the path of `quire`.
  public init(executable: String) { self.executable = executable }

  public func launch(_ arguments: [String], errors: String) throws -> any LaunchedRun {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      [Self.parentVariable: "\(getpid())"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    guard FileManager.default.createFile(atPath: errors, contents: nil),
      let file = FileHandle(forWritingAtPath: errors)
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: errors]) }
    process.standardError = file
    try process.run()
    try? file.close()
    return Child(process)
  }

  private final class Child: LaunchedRun {
    private let process: Process

    init(_ process: Process) { self.process = process }

    var exitCode: Int32? {
      guard !process.isRunning else { return nil }
      let status = process.terminationStatus
      return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }

    // Not SIGINT: if Ctrl-C also reaches the run, a second SIGINT would end it without a report.
    func stop() { kill(process.processIdentifier, SIGTERM) }
  }
}
