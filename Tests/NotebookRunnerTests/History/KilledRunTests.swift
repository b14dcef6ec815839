import Foundation
import Store
import Support
import Testing

@testable import NotebookRunner

/// The records of killed runs and sweeps.
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

  /// If this fails, a program that reads run.json waits for a run that nobody continues.
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

  /// If this fails, a sweep whose machine lost power seems to run for ever.
  @Test("A killed sweep and its runs are interrupted")
  func sweep() throws {
    let folder = "\(output)/n-sweep"
    let run = try #require(bench.file("n/run.json"))
    try bench.write(Array(run.utf8), to: "output/n-sweep/1/n/run.json")
    let settings = RunIdentity(
      notebookSHA256: "", parameters: [:], seed: .max, precision: "float32", quire: "")
    let manifest = SweepManifest(
      notebook: "n.md", status: .running, parameters: [], seeds: [1, .max],
      runs: [
        SweepManifest.Run(folder: "1", status: .running, settings: settings),
        SweepManifest.Run(folder: "2", status: .pending, settings: settings),
      ], earlier: [])
    try bench.write(Array(JSON.text(manifest).utf8), to: "output/n-sweep/sweep.json")
    let lock = try #require(SweepFolder.lock(folder))
    KilledSweeps.settle(output: output)
    #expect(
      SweepManifest.read("\(folder)/sweep.json")?.status == .running, "a sweep in progress keeps its status")
    close(lock)
    KilledSweeps.settle(output: output)
    let settled = try #require(SweepManifest.read("\(folder)/sweep.json"))
    #expect(settled.status == .interrupted && settled.runs.map(\.status) == [.interrupted, .pending])
    #expect(settled.seeds == [1, .max])
    #expect(bench.file("n-sweep/1/n/run.json")?.contains("\"status\" : \"interrupted\"") == true)
  }
}
