import Foundation

/// What the Swift compiler says of cells: from the record where that knows them, else by calling it. They are the sources of
/// one Swift module, a function each, so that one call does for all.
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
    try Verdicts.shared.ofAll("error", codes, codes.indices) { try errors(of: $0) }
  }

  /// The error of a cell as a program of its own, where its statements are of the top level; `nil` where it compiles.
  func rejectedAlone(_ index: Int) throws -> String? {
    try Verdicts.shared.ofAll("error alone", codes, [index]) { _ in
      try errorAlone(index).map { [index: $0] } ?? [:]
    }[index]
  }

  /// What each of the cells prints, as one compiled program.
  func outputs(_ indices: [Int]) throws -> [Int: String] {
    try Verdicts.shared.ofAll("output", codes, indices) { try compiledOutputs($0) }
  }

  /// What one cell prints as a program of its own.
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

  /// Inside collections Swift prints a struct's name with the module and the function around it.
  private static func unqualified(_ text: String) -> String {
    if !text.contains("main.") && !text.contains("(unknown context") { return text }
    return text.replacing(/(main\.)?\(unknown context at \$[0-9a-f]+\)\.|main\./, with: "")
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
