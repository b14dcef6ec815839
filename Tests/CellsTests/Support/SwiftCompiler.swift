import Foundation

/// The Swift compiler on the machine, to compare cells with.
enum SwiftCompiler {
  /// `nil` where there is none.
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
    /// Types only.
    case typecheck
    /// What is found after types are right: missing returns, literals that overflow.
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

/// Cells as the sources of one Swift module, a function each, so that one call of the compiler does for all.
struct CompiledCells {
  let codes: [String]
  /// Swift that stands for the test's catalogue.
  static let host =
    (try? String(contentsOf: Corpus.folder.appendingPathComponent("host.swift"), encoding: .utf8)) ?? ""

  init(_ codes: [String]) { self.codes = codes }

  private static func name(_ index: Int) -> String { "sample\(index).swift" }

  private func function(_ index: Int) -> String {
    "import Foundation\nfunc sample\(index)() {\n\(codes[index])\n}\n"
  }

  private func files(_ indices: [Int]) -> [String: String] {
    var files = ["host.swift": Self.host]
    for index in indices { files[Self.name(index)] = function(index) }
    return files
  }

  /// The first error of each cell that the compiler rejects, by the cell's index.
  func rejected() throws -> [Int: String] {
    var found: [Int: String] = [:]
    for mode in [SwiftCompiler.Mode.typecheck, .flow] {
      let rest = codes.indices.filter { found[$0] == nil }
      if rest.isEmpty { break }
      let errors = try SwiftCompiler.errors(in: files(rest), mode)
      for index in rest { found[index] = errors[Self.name(index)]?.first }
    }
    return found
  }

  /// The error of a cell as a program of its own, where its statements are of the top level; `nil` where it compiles.
  func rejectedAlone(_ index: Int) throws -> String? {
    let files = ["main.swift": "import Foundation\n\(codes[index])\n", "host.swift": Self.host]
    return try SwiftCompiler.errors(in: files, .flow).first?.value.first
  }

  /// What each of the cells prints, as one compiled program.
  func outputs(_ indices: [Int]) throws -> [Int: String] {
    var files = files(indices)
    files["main.swift"] = indices.map { "print(\"\\u{1}\($0)\")\nsample\($0)()\n" }.joined()
    let output = try SwiftCompiler.output(of: files)
    var out: [Int: String] = [:]
    for part in output.components(separatedBy: "\u{1}").dropFirst() {
      let lines = part.components(separatedBy: "\n")
      guard let index = Int(lines[0]) else { continue }
      out[index] = Self.unqualified(lines.dropFirst().joined(separator: "\n"))
    }
    if out.isEmpty { throw Failure(description: String(output.suffix(2_000))) }
    return out
  }

  /// What one cell prints as a program of its own.
  func outputAlone(_ index: Int) throws -> String {
    let files = ["main.swift": "import Foundation\n\(codes[index])\n", "host.swift": Self.host]
    return Self.unqualified(try SwiftCompiler.output(of: files))
  }

  /// Inside collections Swift prints a struct's name with the module and the function around it.
  private static func unqualified(_ text: String) -> String {
    if !text.contains("main.") && !text.contains("(unknown context") { return text }
    return text.replacing(/(main\.)?\(unknown context at \$[0-9a-f]+\)\.|main\./, with: "")
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
