import Foundation
import Store
import Testing

/// A temporary output folder with a store, removed with the value.
final class Scratch {
  let output: String
  let store: Store

  init() throws {
    output = FileManager.default.temporaryDirectory.appendingPathComponent("quire-store-\(UUID())").path
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    store = Store(output: output)
  }

  deinit { try? FileManager.default.removeItem(atPath: output) }

  /// The same store as seen by another process.
  var again: Store { Store(directory: store.directory) }

  /// All files of the store by path, except locks and clock.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for folder in ["objects", "records"] {
      let root = "\(store.directory)/\(folder)"
      for case let path as String in FileManager.default.enumerator(atPath: root) ?? .init() {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory),
          !isDirectory.boolValue
        else { continue }
        files["\(root)/\(path)"] = try bytes("\(root)/\(path)")
      }
    }
    return files
  }

  /// The only file whose path has this suffix.
  func file(_ suffix: String) throws -> String {
    try #require(try files().keys.first { $0.hasSuffix(suffix) }, "no file \(suffix)")
  }
}

func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

func put(_ bytes: [UInt8], at path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Another process that uses a store: Tests/StoreProbe.
struct Probe {
  let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  /// - Parameter shell: a command that `sh` runs first, for example `ulimit -f 100`.
  init(_ directory: String, _ arguments: [String], shell: String = "true") throws {
    let places = [CommandLine.arguments[0], Bundle.main.bundlePath]
      .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("StoreProbe").path }
    let path = try #require(
      places.first { FileManager.default.isExecutableFile(atPath: $0) }, "no StoreProbe in \(places)")
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(shell) && exec \"$0\" \"$@\"", path, directory] + arguments
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Waits for its next lines.
  func read() -> String { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }

  /// Waits until it ends.
  func finish() -> (status: Int32, output: String, errors: String) {
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, problems)
  }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
