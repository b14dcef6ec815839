import Foundation
import Testing

/// The real executable, run as by a user.
struct Executable {
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// It is next to the test bundle.
  static func path() throws -> String {
    let places = [CommandLine.arguments[0], Bundle.main.bundlePath]
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("quire").path }
    return try #require(
      places.first { FileManager.default.isExecutableFile(atPath: $0) }, "no executable in \(places)")
  }

  /// - Parameter environment: variables in addition to those of the tests.
  static func run(
    _ arguments: [String], in folder: String = repository, environment: [String: String] = [:]
  ) throws -> Result {
    try launch(path(), arguments, in: folder, environment: environment)
  }

  /// Runs with a limit on the size of files, which simulates a full disk.
  static func run(_ arguments: [String], fileLimitInBlocks limit: Int, in folder: String) throws -> Result {
    try launch("/bin/sh", ["-c", "ulimit -f \(limit); exec \"$0\" \"$@\"", path()] + arguments, in: folder)
  }

  static func launch(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "QUIRE_DATA" }
      .merging(environment) { $1 }
    // Files instead of pipes: a full pipe would block the program.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let out = scratch.appendingPathComponent("out")
    let err = scratch.appendingPathComponent("err")
    for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit ? process.terminationStatus : 1000 + process.terminationStatus
    return Result(
      status: status, output: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }

  static func scratchFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }
}
