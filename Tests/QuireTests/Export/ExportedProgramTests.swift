import Foundation
import Testing

@Suite struct ExportedProgramTests {
  /// A notebook exported to Swift compiles, and its program gives the results of the interpreted run, byte for byte
  /// except for times. Data sets are small and trainings short.
  @Test(arguments: ShippedNotebook.all)
  func aNotebookAndItsProgramGiveTheSameNumbers(notebook: ShippedNotebook) throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try notebook.write(into: folder)
    let program = try compiled(notebook.file, in: folder)

    let interpreted = try notebook.run(in: folder, output: "interpreted")
    #expect(interpreted.status == 0, "\(interpreted.output)\(interpreted.errors)")
    let compiled = try Executable.launch(
      program, ["--output", "compiled"] + notebook.shortTraining, in: folder)
    #expect(compiled.status == 0, "\(compiled.output)\(compiled.errors)")

    let stem = notebook.name
    let (one, other) = ("\(folder)/interpreted/\(stem)", "\(folder)/compiled/\(stem)")
    #expect(try metrics(one) == metrics(other))
    #expect(try shownValues(notebook, interpreted: one) == programValues(other))
    var compared: Set<String> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: one) where file != "run.json" {
      guard file.contains(".") else { continue }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(one)/\(file)"))
      let twin = FileManager.default.contents(atPath: "\(other)/\(file)")
      guard ["csv", "log"].contains(file.split(separator: ".").last) else {
        // Only the interpreter writes outputs for exports, and which notebook the folder belongs to.
        if !["outputs.json", ".notebook"].contains(file) { #expect(bytes == twin, "\(file)") }
        continue
      }
      compared.insert(file)
      #expect(try withoutTimes(bytes) == withoutTimes(#require(twin, "\(file)")), "\(file)")
    }
    if notebook.text.contains("train(") { #expect(compared.isSuperset(of: ["history.csv", "training.log"])) }
  }

  @Test func aProgramSpeaksOfTheNotebooksLines() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let notebook = """
      # Layers

      ```swift parameters
      let features = 3
      ```

      `{swift} features + 1` is one more.

      ```swift
      let model = buildModel("M") {
        AdaptiveAvgPool2d(1); Flatten()
        Linear(features, 10)
      }
      save(model, to: "m.safetensors")
      ```
      """
    try notebook.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    let program = try compiled("n.md", in: folder)

    // The compiler reports them too.
    let main = "\(folder)/program/Sources/Notebook/main.swift"
    let text = try String(contentsOfFile: main, encoding: .utf8)
    try text.replacing("Linear(features", with: "Linear(featurez").replacing(
      "  features + 1", with: "  features + x"
    )
    .write(toFile: main, atomically: true, encoding: .utf8)
    let messages = try ProgramCompiler().check(main).errors
    #expect(messages.contains("../n.md:12:10: error: cannot find 'featurez' in scope"), "\(messages)")
    #expect(messages.contains("../n.md:7:21: error: cannot find 'x' in scope"), "\(messages)")

    let fine = try Executable.launch(program, [], in: folder)
    #expect(fine.status == 0, "\(fine.errors)")
    #expect(fine.output.contains("line 7: features + 1 = 4"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/output/n/m.safetensors"))

    // A full disk is an error, for what cells print too.
    for arguments in ["", "--help"] {
      let full = try Executable.launch(
        "/bin/sh", ["-c", "exec '\(program)' \(arguments) > /dev/full"], in: folder)
      #expect(full.status == 1, "\(arguments)")
      #expect(full.errors.contains("error: cannot write to standard output: No space left on device\n"))
    }

    let wrong = try Executable.launch(program, ["-p", "features=4"], in: folder)
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("../n.md:12:3: error: Linear '2' expects 4 features"), "\(wrong.errors)")
    #expect(wrong.errors.contains("\n    Linear(features, 10)\n    ^"), "\(wrong.errors)")
    #expect(wrong.errors.contains("note: found while running line 10"), "\(wrong.errors)")

    for (arguments, words) in [
      (["-p", "feature=4"], "unknown parameter; the parameters are features"),
      (["-p", "features=many"], "'many' is not a value of type 'Int'"), (["--threads", "0"], "1…256"),
      (["--data", "absent"], "folder not found"),
    ] {
      let refused = try Executable.launch(program, arguments, in: folder)
      #expect(refused.status == 2, "\(arguments)")
      #expect(refused.errors.contains(words), "\(arguments): \(refused.errors)")
    }

    let own = Self.options(try Executable.launch(program, ["--help"], in: folder).output)
    let run = Self.options(try Executable.run(["run", "--help"]).output)
    for option in ["data", "output", "seed", "threads", "precision", "quiet"] {
      #expect(own[option] != nil && own[option] == run[option], "\(own), \(run)")
    }
  }

  /// The help of each option by its name: the same option reads the same in `quire run` and in a program.
  private static func options(_ help: String) -> [String: String] {
    let blocks = help.split(separator: "\n\n").joined(separator: "\n  ").replacing("\n  -h, ", with: "\n  --")
      .components(separatedBy: "\n  --")
    return Dictionary(
      blocks.map { block in
        let words = block.split(whereSeparator: \.isWhitespace).map(String.init)
        return (words.first ?? "", words.joined(separator: " "))
      }, uniquingKeysWith: { $1 })
  }

  @Test func theManifestFindsTheLibraryAndNothingElseIsOverwritten() throws {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "```swift\nlet a = 1\n```\n".write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    func export(_ arguments: String...) throws -> Executable.Result {
      try Executable.run(["export", "n.md", "--to", "swift"] + arguments, in: folder)
    }
    func manifest(_ place: String) throws -> String {
      try String(contentsOfFile: "\(folder)/\(place)/Package.swift", encoding: .utf8)
    }
    #expect(try export().output == "output/n-swift\n")
    let path = try #require(try manifest("output/n-swift").firstMatch(of: #/path: "([^"]*)"/#)?.1)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/output/n-swift/\(path)/Sources/QuireKit"))

    #expect(try export("--library", "https://example.org/tools/Quire.git").status == 0)
    let version = try Executable.run(["--version"], in: folder).output.split(separator: "\n")[0]
    #expect(
      try manifest("output/n-swift").contains(
        #".package(url: "https://example.org/tools/Quire.git", exact: "\#(version)")"#))
    #expect(try manifest("output/n-swift").contains(#"package: "quire""#))

    #expect(try export("--library", folder).errors.contains("not a checkout of Quire"))
    #expect(try export(".").errors.contains("the folder contains other files"))
    #expect(try export("n.md").errors.contains("this is the notebook itself"))
    #expect(try export(".").status == 2)
  }

  /// Exports a notebook in the folder to `program` and compiles it.
  private func compiled(_ name: String, in folder: String) throws -> String {
    let exported = try Executable.run(["export", name, "program", "--to", "swift"], in: folder)
    try #require(exported.status == 0, "\(exported.errors)")
    let program = "\(folder)/program/program"
    let result = try ProgramCompiler().link("\(folder)/program/Sources/Notebook/main.swift", to: program)
    try #require(result.status == 0, "\(result.output)\(result.errors)")
    return program
  }

  /// The metrics in run.json, without times and paths.
  private func metrics(_ folder: String) throws -> NSDictionary {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/run.json"))
    var record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    for key in ["provenance", "steps", "title", "verdict", "values"] { record[key] = nil }
    if var data = record["dataset"] as? [String: Any] {
      // It names the folder of images as the program finds it; the fingerprint is compared.
      data["source"] = nil
      record["dataset"] = data
    }
    let measured = ["seconds", "imagesPerSecond", "bestCheckpoint", "lastCheckpoint"]
    record["trainings"] = (record["trainings"] as? [[String: Any]] ?? []).map { training in
      training.filter { !measured.contains($0.key) }
    }
    return record as NSDictionary
  }

  /// The values in prose of both runs, without times.
  private func shownValues(_ notebook: ShippedNotebook, interpreted folder: String) throws -> [String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/outputs.json"))
    let record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let expressions = notebook.text.matches(of: #/`\{swift\} ([^`]*)`/#).map { $0.1 }
    let values = try #require(record["values"] as? [String])
    try #require(values.count == expressions.count)
    return zip(expressions, values).filter { !$0.0.contains("econds") }.map { $0.1 }
  }

  private func programValues(_ folder: String) throws -> [String] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/run.json"))
    let record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let values = try #require(record["values"] as? [[String: Any]])
    return values.filter { ($0["expression"] as? String)?.contains("econds") == false }
      .compactMap { $0["value"] as? String }
  }

  /// A log without `Time: 0.3s`, a table without its column of seconds.
  private func withoutTimes(_ data: Data) -> String {
    let text = String(decoding: data, as: UTF8.self)
    guard text.hasPrefix("epoch,") else { return text.replacing(#/Time: [0-9.]+s/#, with: "") }
    return text.split(separator: "\n").map { line in
      var cells = line.split(separator: ",")
      cells.remove(at: cells.count - 2)
      return cells.joined(separator: ",")
    }.joined(separator: "\n")
  }
}
