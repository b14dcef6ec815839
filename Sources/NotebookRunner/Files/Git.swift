import Foundation

/// Runs Git in a folder.
struct Git {
  let folder: String
  /// Variables in addition to those of this process.
  var environment: [String: String] = [:]

  /// The output of a command, without spaces and line ends around it; `nil` if it fails or Git is not installed.
  func answer(_ arguments: [String]) -> String? {
    guard let result = launch(arguments, input: nil), result.status == 0 else { return nil }
    return result.output
  }

  /// The output of a command.
  ///
  /// - Parameter input: the bytes of its standard input.
  /// - Throws: ``GitFailure`` with Git's message.
  @discardableResult
  func run(_ arguments: [String], input: [UInt8]? = nil) throws -> String {
    guard let result = launch(arguments, input: input) else {
      throw GitFailure(command: arguments[0], message: "Git is not installed")
    }
    guard result.status == 0 else {
      throw GitFailure(command: arguments[0], message: result.errors)
    }
    return result.output
  }

  private func launch(_ arguments: [String], input: [UInt8]?) -> (
    status: Int32, output: String, errors: String
  )? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "--no-optional-locks", "-C", folder] + arguments
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    // Files cannot fill up as pipes do.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("quire-git-\(UUID())")
    guard (try? FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)) != nil
    else {
      return nil
    }
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
    do {
      for file in files { try Data(file == files[0] ? input ?? [] : []).write(to: file) }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
    } catch {
      return nil
    }
    process.waitUntilExit()
    func text(_ file: URL) -> String {
      String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    return (process.terminationStatus, text(files[1]), text(files[2]))
  }
}

/// A Git command that failed.
struct GitFailure: Error, CustomStringConvertible {
  let command: String
  let message: String

  var description: String { "error: 'git \(command)' failed: \(message)" }
}
