import Foundation
import Store
import Testing

@testable import NotebookRunner

/// What a killed run leaves.
struct KilledRunTests {
  private let bench: NotebookBench
  private var output: String { "\(bench.folder)/output" }

  init() throws {
    bench = try NotebookBench("```swift\nprint(\"a\")\n```\n")
    #expect(bench.run().exitCode == 0)
    // As it was while the step ran.
    var record = try #require(bench.file("n/run.json"))
    record = record.replacing("\"status\" : \"finished\"", with: "\"status\" : \"running\"")
      .replacing("\"status\" : \"ran\"", with: "\"status\" : \"running\"")
      .replacing(
        "\"verdict\" : \"Finished: 1 step\"",
        with:
          "\"updated\" : \"2026-11-30T14:03:10Z\",\n  \"verdict\" : \"Not finished: last updated 2026-11-30\""
      )
    try bench.write(Array(record.utf8), to: "output/n/run.json")
  }

  private func record() throws -> RunRecord {
    try JSONDecoder().decode(RunRecord.self, from: Data((bench.file("n/run.json") ?? "").utf8))
  }

  /// If this fails, whoever reads run.json waits for a run that nobody continues.
  @Test("The next command that reads the folder says that the run was interrupted")
  func settled() throws {
    #expect(try record().status == .running)
    _ = NotebookRunner.history(of: "n.md", output: output)
    let record = try record()
    #expect(record.status == .interrupted)
    #expect(record.steps.map(\.status) == ["interrupted"])
    #expect(record.updated == "2026-11-30T14:03:10Z")
    #expect(record.verdict == "Killed: last updated 2026-11-30")
    #expect(
      NotebookRunner.noteOnUnfinishedRun("\(output)/n.html")
        == "the run was killed; last updated 2026-11-30 14:03:10 UTC")
  }

  /// If this fails, a run that is in progress is called interrupted.
  @Test("A run in progress keeps its status")
  func running() throws {
    let lock = try Store(output: output).lock(notebook: "n")
    defer { lock.release() }
    _ = NotebookRunner.history(of: "n.md", output: output)
    #expect(try record().status == .running)
  }
}
