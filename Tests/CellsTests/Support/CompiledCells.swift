import Foundation

/// The Swift compiler's verdicts on cells: recorded ones if available, otherwise by calling the compiler. All cells
/// are compiled as functions of one module, in a single call.
struct CompiledCells {
  let codes: [String]
  /// Swift declarations equivalent to the tests' catalogue.
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

  /// The first error of each rejected cell, by the cell's index.
  func rejected() throws -> [Int: String] {
    try Verdicts.shared.ofAll("error", codes, codes.indices) { try errors(of: $0) }
  }

  /// The error of a cell compiled as its own program, whose statements are top-level code; `nil` if it compiles.
  func rejectedAlone(_ index: Int) throws -> String? {
    try Verdicts.shared.ofAll("error alone", codes, [index]) { _ in
      try errorAlone(index).map { [index: $0] } ?? [:]
    }[index]
  }

  /// The output of each cell, compiled as one program.
  func outputs(_ indices: [Int]) throws -> [Int: String] {
    try Verdicts.shared.ofAll("output", codes, indices) { try compiledOutputs($0) }
  }

  /// The output of a cell compiled as its own program.
  func outputAlone(_ index: Int) throws -> String {
    try Verdicts.shared.ofAll("output alone", codes, [index]) { _ in [index: try compiledOutputAlone(index)]
    }[index] ?? ""
  }

  // MARK: Calling the compiler

  private func errors(of indices: [Int]) throws -> [Int: String] {
    var found: [Int: String] = [:]
    for mode in [SwiftCompiler.Mode.typecheck, .flow] {
      let rest = indices.filter { found[$0] == nil }
      if rest.isEmpty { break }
      let errors = try SwiftCompiler.errors(in: files(rest), mode)
      for index in rest { found[index] = errors[Self.name(index)]?.first }
    }
    return found
  }

  private func errorAlone(_ index: Int) throws -> String? {
    let files = ["main.swift": "import Foundation\n\(codes[index])\n", "host.swift": Self.host]
    return try SwiftCompiler.errors(in: files, .flow).first?.value.first
  }

  private func compiledOutputs(_ indices: [Int]) throws -> [Int: String] {
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

  private func compiledOutputAlone(_ index: Int) throws -> String {
    let files = ["main.swift": "import Foundation\n\(codes[index])\n", "host.swift": Self.host]
    return Self.unqualified(try SwiftCompiler.output(of: files))
  }

  /// Inside collections, Swift prints a struct's name with its module and enclosing function.
  private static func unqualified(_ text: String) -> String {
    if !text.contains("main.") && !text.contains("(unknown context") { return text }
    return text.replacing(/(main\.)?\(unknown context at \$[0-9a-f]+\)\.|main\./, with: "")
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
