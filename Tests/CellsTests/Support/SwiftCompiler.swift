import Foundation

/// The Swift compiler on this machine, which cells are compared with.
enum SwiftCompiler {
  /// `nil` if there is none.
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/swiftc" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// The places and messages of the compiler's errors, by file name.
  ///
  /// - Parameter files: the sources of one module, by file name.
  static func errors(in files: [String: String], _ mode: Mode = .typecheck) throws -> [String: [String]] {
    try inFolder(of: files) { folder in
      let output = try run(
        path ?? "swiftc",
        mode.arguments + ["-suppress-warnings", "-wmo", "-module-name", "main"] + files.keys.sorted(),
        in: folder
      ).output
      var errors: [String: [String]] = [:]
      for line in output.components(separatedBy: "\n") {
        let parts = line.components(separatedBy: ": error: ")
        guard parts.count > 1, let place = parts.first?.components(separatedBy: "/").last else { continue }
        let file = place.components(separatedBy: ":")[0]
        guard files[file] != nil else { continue }
        errors[file, default: []].append("\(place): \(parts.dropFirst().joined(separator: ": error: "))")
      }
      return errors
    }
  }

  enum Mode {
    /// Finds type errors only.
    case typecheck
    /// Also finds errors that are reported after type checking: missing returns, literals that overflow.
    case flow

    var arguments: [String] { self == .typecheck ? ["-typecheck"] : ["-emit-sil", "-o", "/dev/null"] }
  }

  /// Compiles and runs a program.
  static func output(of files: [String: String]) throws -> String {
    try inFolder(of: files) { folder in
      let built = try run(
        path ?? "swiftc",
        ["-Onone", "-suppress-warnings", "-wmo", "-module-name", "main", "-o", "program"]
          + files.keys.sorted(),
        in: folder)
      if built.status != 0 { return built.output }
      return try run(folder.appendingPathComponent("program").path, [], in: folder).output
    }
  }

  /// `Swift version 6.3.1 (swift-6.3.1-RELEASE)`.
  static func version() throws -> String {
    let output = try run(path ?? "swiftc", ["--version"], in: FileManager.default.temporaryDirectory).output
    return output.components(separatedBy: "\n").first { $0.contains("Swift version") } ?? output
  }

  private static func inFolder<R>(of files: [String: String], _ body: (URL) throws -> R) throws -> R {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cells-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    return try body(folder)
  }

  private static func run(_ program: String, _ arguments: [String], in folder: URL) throws
    -> (status: Int32, output: String)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
