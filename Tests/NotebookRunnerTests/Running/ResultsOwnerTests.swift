import Foundation
import Testing

@testable import NotebookRunner

/// Without these, a notebook replaces the results of another notebook of the same name without a word.
@Suite("Notebooks of one name")
struct ResultsOwnerTests {
  private let bench: NotebookBench

  init() throws {
    bench = try NotebookBench("", name: "unused.md")
    for folder in ["a", "b"] { try write("print(\"from \(folder)\")", "\(folder)/x.md") }
  }

  private func write(_ code: String, _ path: String) throws {
    let file = URL(fileURLWithPath: "\(bench.folder)/\(path)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("```swift\n\(code)\n```\n".utf8).write(to: file)
  }

  private func run(_ notebook: String) -> Int32 {
    bench.display.clear()
    return NotebookRunner.run(bench.options(notebook), display: bench.display).exitCode
  }

  @Test("The second is refused, with remedies, and changes nothing")
  func refused() throws {
    #expect(run("a/x.md") == 0)
    #expect(run("b/x.md") == 2)
    #expect(bench.problems.contains("output/x.html and output/x/ are the results of "), "\(bench.problems)")
    #expect(bench.problems.contains("a/x.md; use --output to choose another folder"))
    #expect(bench.file("x.html")?.contains("from a") == true)
    let check = NotebookRunner.check(bench.options("b/x.md"))
    #expect(check.problems.contains { $0.code == "environment" && $0.message.contains("a/x.md") })
  }

  @Test("The first can be run again")
  func again() {
    #expect(run("a/x.md") == 0)
    #expect(run("a/x.md") == 0)
    #expect(run("b/../a/./x.md") == 0)
  }

  @Test("With another results folder, both run")
  func otherOutput() {
    #expect(run("a/x.md") == 0)
    var options = bench.options("b/x.md")
    options.output = "\(bench.folder)/b/output"
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 0)
  }

  @Test("A notebook that was moved, or the results of a deleted one, are taken over")
  func moved() throws {
    #expect(run("a/x.md") == 0)
    try FileManager.default.createDirectory(atPath: "\(bench.folder)/c", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: "\(bench.folder)/a/x.md", toPath: "\(bench.folder)/c/x.md")
    #expect(run("c/x.md") == 0)
    #expect(bench.display.lines.contains { $0.hasSuffix(": restored") })
  }

  @Test("A project with its results can be moved or copied")
  func copied() throws {
    #expect(run("a/x.md") == 0)
    let copy = bench.folder + "-copy"
    try FileManager.default.copyItem(atPath: bench.folder, toPath: copy)
    defer { try? FileManager.default.removeItem(atPath: copy) }
    let options = RunOptions(notebook: "\(copy)/a/x.md", output: "\(copy)/output")
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 0)
  }

  @Test("A link to a notebook is the same notebook")
  func link() throws {
    #expect(run("a/x.md") == 0)
    try FileManager.default.removeItem(atPath: "\(bench.folder)/b/x.md")
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.folder)/b/x.md", withDestinationPath: "../a/x.md")
    #expect(run("b/x.md") == 0)
  }

  @Test("A sweep does not replace another notebook's sweep or results")
  func sweep() throws {
    for folder in ["a", "b"] {
      try Data("```swift parameters\nlet n = 1\n```\n".utf8).write(
        to: URL(fileURLWithPath: "\(bench.folder)/\(folder)/x.md"))
    }
    try write("print(1)", "c/x-sweep.md")
    #expect(run("c/x-sweep.md") == 0)
    let display = SweepRecorder()
    let options = SweepOptions(run: bench.options("a/x.md", ["n=1,2"]))
    let outcome = SweepRunner.run(options, display: display, launcher: InProcess())
    #expect(outcome.exitCode == 2)
    #expect(display.problems.contains("c/x-sweep.md; use --output"))
  }

  @Test("The report of another notebook is not opened by path")
  func open() throws {
    #expect(run("a/x.md") == 0)
    let output = "\(bench.folder)/output"
    #expect(try NotebookRunner.report(of: "\(bench.folder)/a/x.md", output: output) == "\(output)/x.html")
    #expect(try NotebookRunner.report(of: "x", output: output) == "\(output)/x.html")
    let error = #expect(throws: ReportProblem.self) {
      try NotebookRunner.report(of: "\(bench.folder)/b/x.md", output: output)
    }
    #expect(error?.description.contains("is the report of") == true)
  }

  @Test(
    "An export has only its own notebook's outputs, and replaces only its own exports",
    arguments: [
      ExportOptions.Format.ipynb, .markdown,
    ])
  func exports(format: ExportOptions.Format) throws {
    #expect(run("a/x.md") == 0)
    #expect(bench.export(format, of: "a/x.md").exitCode == 0)
    #expect(bench.export(format, of: "a/x.md").exitCode == 0)
    let second = bench.export(format, of: "b/x.md")
    #expect(second.exitCode == 2)
    #expect(second.problems.contains { $0.contains("is the export of") && $0.contains("a/x.md") })
    let other = bench.export(format, of: "b/x.md", to: "elsewhere")
    #expect(other.exitCode == 0)
    #expect(other.notes.contains { $0.contains("has the results of") })
  }

  @Test("A Swift package replaces only the package of the same notebook")
  func packages() {
    #expect(bench.export(.swift, of: "a/x.md").exitCode == 0)
    #expect(bench.export(.swift, of: "a/x.md").exitCode == 0)
    let second = bench.export(.swift, of: "b/x.md")
    #expect(second.exitCode == 2)
    #expect(second.problems.contains { $0.contains("has the export of") && $0.contains("a/x.md") })
    #expect(bench.export(.swift, of: "b/x.md", to: "elsewhere").exitCode == 0)
  }

  @Test("An export does not replace a notebook or another file")
  func exportOverNotebook() throws {
    for (format, destination) in [(ExportOptions.Format.markdown, "b/x.md"), (.ipynb, "b/x.md")] {
      let outcome = bench.export(format, of: "a/x.md", to: destination)
      #expect(outcome.exitCode == 2)
      #expect(outcome.problems.contains { $0.contains("'quire export' did not write it") })
    }
    #expect(try String(contentsOfFile: "\(bench.folder)/b/x.md", encoding: .utf8).contains("from b"))
  }
}
