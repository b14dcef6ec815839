import Foundation

/// Starts the runs of a sweep.
public protocol RunLauncher {
  /// Starts `quire` with these arguments and returns at once.
  ///
  /// - Parameter errors: the file that gets what it prints as errors.
  func launch(_ arguments: [String], errors: String) throws -> any LaunchedRun
}

/// A run that was started.
public protocol LaunchedRun: AnyObject {
  /// `nil` while it runs; 128 + n where signal n ended it.
  var exitCode: Int32? { get }
  /// Asks it to stop.
  func stop()
}

/// Runs as processes of their own, which a crash of one leaves alone.
public struct ChildProcesses: RunLauncher {
  /// The environment variable by which a run knows whose child it is; it stops when the parent is gone.
  public static let parentVariable = "QUIRE_PARENT"

  private let executable: String

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

    // Not SIGINT: where Ctrl-C reaches the run as well, a second one would end it without its report.
    func stop() { kill(process.processIdentifier, SIGTERM) }
  }
}
