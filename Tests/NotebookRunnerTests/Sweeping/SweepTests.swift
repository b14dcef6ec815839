import Foundation
import Neural
import Reporting
import Testing

@testable import NotebookRunner

@Suite struct SweepTests {
  @Test func everyRunHasItsFolderAndOnePageComparesThem() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(
      bench.sweep(["rate=0.5,0.01", "epochs=1,3", "note=<x>"]).exitCode == 0, "\(bench.display.problems)")
    let manifest = try #require(SweepManifest.read("\(bench.bench.folder)/output/n-sweep/sweep.json"))
    #expect(manifest.status == .finished)
    #expect(manifest.runs.map(\.status) == [.finished, .finished, .finished, .finished])
    #expect(manifest.runs.map { $0.settings.parameters["rate"] } == ["0.5", "0.5", "0.01", "0.01"])
    for run in manifest.runs {
      #expect(bench.bench.file("n-sweep/\(run.folder)/n.html")?.contains("Swept") == true)
      #expect(bench.bench.file("n-sweep/\(run.folder)/n/history.csv") != nil)
      #expect(bench.page.contains("href=\"./n-sweep/\(run.folder)/n.html\""))
    }
    // Parameters that differ are in the table, the others below it, escaped.
    #expect(
      bench.page.contains("<th scope=\"col\" class=\"r\">rate</th><th scope=\"col\" class=\"r\">epochs</th>"))
    #expect(!bench.page.contains(">note</th>"))
    #expect(bench.page.contains("<dt>note</dt><dd>&lt;x&gt;"))
    #expect(bench.page.components(separatedBy: "<tr class=\"marked\">").count == 2)
    #expect(bench.page.components(separatedBy: "<figure class=\"plot\">").count == 4)
    #expect(bench.page.contains("Best test accuracy by rate and epochs."))
    #expect(bench.page.contains("rate 0.5, epochs 3"))
    // There was no target, so the outcome is not "passed".
    #expect(bench.page.contains("<strong>Finished</strong>"))
    #expect(!bench.page.contains("Passed"))
  }

  @Test func theCommaSeparatedValuesAreTheHistorysOwn() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5,0.01", "note=\"a,b\""]).exitCode == 0, "\(bench.display.problems)")
    let lines = try #require(bench.bench.file("n-sweep/sweep.csv")).split(separator: "\n")
    #expect(
      lines.first.map(String.init)
        == "rate,note,status,epochs,best_test_accuracy,best_epoch,last_train_loss,last_test_loss,seconds,"
        + "model_parameters,folder,error")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("0.5,\"a,b\",finished,2,"))
    let manifest = try #require(SweepManifest.read("\(bench.bench.folder)/output/n-sweep/sweep.json"))
    let history = try #require(bench.bench.file("n-sweep/\(manifest.runs[0].folder)/n/history.csv"))
    let last = try #require(history.split(separator: "\n").last?.split(separator: ","))
    #expect(lines[1].contains(",\(last[1]),\(last[3]),"))
  }

  @Test func whatIsDoneIsNotDoneAgain() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5,0.01"]).exitCode == 0)
    #expect(bench.lines.map { $0.hasSuffix("(new)") } == [true, true])
    // The same values in another spelling, and one more.
    #expect(bench.sweep(["rate=0.50,1e-2,0.1"]).exitCode == 0)
    #expect(bench.lines.filter { $0.hasSuffix("(already finished)") }.count == 2)
    #expect(bench.lines.last?.hasPrefix("[3/3] rate=0.1: ") == true)
    // Another grid in between loses no results.
    #expect(bench.sweep(["rate=0.2"]).exitCode == 0)
    #expect(bench.sweep(["rate=0.5,0.01,0.1"]).exitCode == 0)
    #expect(bench.lines.allSatisfy { $0.hasSuffix("(already finished)") })
    // Another seed, a changed notebook and --fresh give other runs.
    #expect(bench.sweep(["rate=0.5"], seed: 2).exitCode == 0)
    #expect(bench.lines.last?.hasSuffix("(seed was 1; 1 of 2 steps restored from cache)") == true)
    try (sweptNotebook + "\nMore.\n").write(
      toFile: "\(bench.bench.folder)/n.md", atomically: true, encoding: .utf8)
    #expect(bench.sweep(["rate=0.5"], seed: 2).exitCode == 0)
    #expect(bench.lines.last?.hasSuffix("(notebook changed; all steps restored from cache)") == true)
    try sweptNotebook.replacing("Tiny", with: "Other").write(
      toFile: "\(bench.bench.folder)/n.md", atomically: true, encoding: .utf8)
    #expect(bench.sweep(["rate=0.5"], seed: 2).exitCode == 0)
    #expect(
      bench.lines.last?.hasSuffix("(notebook changed; 1 of 2 steps restored from cache)") == true,
      "\(bench.lines)")
    #expect(bench.sweep(["rate=0.5"], fresh: true, seed: 2).exitCode == 0)
    #expect(bench.lines.last?.hasSuffix("(--fresh)") == true)
  }

  @Test func aFailureStopsNoOtherRunAndIsShown() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5,1e39,0.01"]).exitCode == 1)
    #expect(bench.display.problems.contains("n.md:15:15: error: training stopped: the loss is not finite"))
    #expect(bench.display.problems.contains("1 of 3 runs failed:\n  rate=1e+39: "))
    #expect(bench.page.contains("1 of 3 runs failed"))
    #expect(bench.page.contains("the loss is not finite"))
    #expect(bench.page.contains("<td>failed</td>"))
    let manifest = try #require(SweepManifest.read("\(bench.bench.folder)/output/n-sweep/sweep.json"))
    #expect(manifest.runs.map(\.status) == [.finished, .failed, .finished])
    #expect(bench.sweep(["rate=0.5,1e39,0.01"]).exitCode == 1)
    #expect(bench.lines.last?.hasSuffix("(failed last time; 1 of 2 steps restored from cache)") == true)
  }

  @Test func everyCombinationIsRehearsedBeforeTheFirstRuns() throws {
    let bench = try SweepBench(sweptNotebook)
    let launcher = Endless {}
    #expect(bench.sweep(["rate=0.5,-1", "epochs=1,2,0"], launcher: launcher).exitCode == 2)
    #expect(
      bench.display.problems == """
        \(bench.bench.folder)/n.md:15:46: error: train: epochs must be in 1…100,000, found 0
          let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate))
                                                       ^~~~~~
          note: in 2 of 6 combinations, all with epochs=0
        \(bench.bench.folder)/n.md:15:84: error: sgd: learningRate must be at least 0, found -1.0
          let history = train(model, on: data, epochs: epochs, optimizer: .sgd(learningRate: rate))
                                                                                             ^~~~
          note: in 3 of 6 combinations, all with rate=-1.0
        2 errors; nothing was run
        """, "\(bench.display.problems)")
    #expect(launcher.count == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(bench.bench.folder)/output"))
    // Finished runs are not rehearsed again.
    #expect(bench.sweep(["rate=0.5"]).exitCode == 0)
    #expect(bench.sweep(["rate=0.5"], maxMemory: 50_000_000).exitCode == 0)
  }

  @Test func runsAtATimeShareTheMemoryInTheRehearsalToo() throws {
    let bench = try SweepBench(sweptNotebook)
    let launcher = Endless {}
    #expect(
      bench.sweep(["rate=0.5,0.1"], jobs: 2, maxMemory: 120_000_000, launcher: launcher).exitCode == 2)
    #expect(
      bench.display.problems.contains("the limit is 60 MB, --max-memory shared by 2 runs;"),
      "\(bench.display.problems)")
    #expect(bench.display.problems.contains("\n  note: in both combinations\n1 error; nothing was run"))
    #expect(launcher.count == 0)
    #expect(bench.sweep(["rate=0.5,0.1"], maxMemory: 120_000_000).exitCode == 0)
  }

  @Test func anInterruptionIsWrittenBeforeTheRunsAreWaitedFor() throws {
    let bench = try SweepBench(sweptNotebook)
    let folder = "\(bench.bench.folder)/output"
    let launcher = Endless {
      let manifest = SweepManifest.read("\(folder)/n-sweep/sweep.json")
      #expect(manifest?.status == .interrupted)
      #expect(manifest?.runs.map(\.status) == [.interrupted, .pending])
      let page = try? String(contentsOfFile: "\(folder)/n-sweep.html", encoding: .utf8)
      #expect(page?.contains("<strong>Interrupted</strong>, 0 of 2 runs finished") == true)
    }
    #expect(
      bench.sweep(["rate=0.5,0.1"], launcher: launcher, signal: { launcher.count > 0 ? SIGINT : nil })
        .exitCode == 130)
    #expect(launcher.count == 1)
    #expect(
      bench.display.lines.contains {
        $0.hasPrefix("Stopping: ") && $0.hasSuffix(" Press Ctrl-C again to quit now.")
      })
    // Before the first run there is nothing to wait for.
    #expect(bench.sweep(["rate=0.2"], signal: { SIGTERM }).exitCode == 143)
    #expect(bench.display.problems == "interrupted; nothing was run")
  }

  @Test func columnsHaveNamesOfTheirOwn() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5", "epochs=1"]).exitCode == 0)
    #expect(
      bench.bench.file("n-sweep/sweep.csv")?.hasPrefix("rate,parameter_epochs,status,epochs,best_") == true)
    #expect(SweepView.columns(of: ["lr", "seed"], beside: ["status"]) == ["lr", "seed"])
    // The notebook's own seed, and the sweep's.
    #expect(SweepView.columns(of: ["seed", "seed"], beside: ["status"]) == ["parameter_seed", "seed"])
    #expect(
      SweepView.columns(of: ["status", "parameter_status"], beside: ["status"]) == [
        "parameter_parameter_status", "parameter_status",
      ])
  }

  @Test func theVerdictNamesTheTarget() throws {
    let bench = try SweepBench(
      sweptNotebook.replacing("optimizer: .sgd(learningRate: rate)", with: "target: 0.995"))
    #expect(bench.sweep(["epochs=1,2"]).exitCode == 0, "\(bench.display.problems)")
    #expect(bench.page.contains("<strong>Target missed</strong>"))
    #expect(bench.page.contains(", missed the 99.5% target, embedded data"))
    #expect(bench.sweep(["epochs=1,2"], seeds: [1, 2]).exitCode == 0)
    #expect(bench.page.contains("mean of 2 seeds, missed the 99.5% target"))
  }

  @Test func aNotebookThatChangesMeanwhileIsNoResult() throws {
    let bench = try SweepBench(sweptNotebook)
    let path = "\(bench.bench.folder)/n.md"
    let launcher = InProcess {
      try? (sweptNotebook + "\nMore.\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(bench.sweep(["rate=0.5"], launcher: launcher).exitCode == 1)
    #expect(bench.display.problems.contains("the notebook changed during the sweep"))
  }

  @Test func seedsAreSummedUp() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5,0.01"], seeds: [1, 2, 3]).exitCode == 0, "\(bench.display.problems)")
    #expect(bench.lines.count == 6)
    #expect(bench.lines.contains { $0.hasPrefix("[2/6] rate=0.5, seed=2: ") })
    #expect(bench.page.contains(">Comparison by parameters</h2>"))
    #expect(bench.page.contains("3 of 3"))
    #expect(bench.page.contains("mean of 3 seeds"))
    let statistics = try #require(Statistics([0.1, 0.2, 0.3]))
    #expect(statistics.text(of: .accuracy) == "20.00% ± 10.00%")
    #expect(Statistics([0.5])?.loss == "0.5000")
    #expect(Statistics([]) == nil)
  }

  @Test func aDamagedManifestOrRecordIsNoTrap() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5"]).exitCode == 0)
    let folder = "\(bench.bench.folder)/output/n-sweep"
    try "{".write(toFile: "\(folder)/rate=0.5/n/run.json", atomically: true, encoding: .utf8)
    #expect(bench.sweep(["rate=0.5"]).exitCode == 0)
    #expect(bench.lines.last?.hasSuffix("(results missing; all steps restored from cache)") == true)
    try "[]".write(toFile: "\(folder)/sweep.json", atomically: true, encoding: .utf8)
    #expect(bench.sweep(["rate=0.5"]).exitCode == 0)
    #expect(bench.lines.last?.hasSuffix("(new; all steps restored from cache)") == true)
  }

  @Test func aSecondSweepOfTheSameFolderIsRefused() throws {
    let bench = try SweepBench(sweptNotebook)
    #expect(bench.sweep(["rate=0.5"]).exitCode == 0)
    let folder = SweepFolder(RunOptions(notebook: "n.md", output: "\(bench.bench.folder)/output"))
    let lock = try #require(folder.lock())
    #expect(bench.sweep(["rate=0.1"]).exitCode == 2)
    #expect(bench.display.problems.contains("another sweep is running in "))
    close(lock)
    #expect(bench.sweep(["rate=0.1"]).exitCode == 0)
  }

  @Test func historiesAreReadBackAndDamagedLinesLeftOut() {
    let rows = History.epochs(
      csv: "epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate,seconds,best\n"
        + "1,2.5,0.1,nan,0.2,0.01,1.5,true\n2,x,0.1,2,0.2,0.01,1.5,false\n3,1,1\n")
    #expect(rows.count == 1)
    #expect(rows.first?.evaluation.loss.isNaN == true && rows.first?.isBest == true)
  }
}
