import Foundation
import Steps
import Store
import Synchronization
import Testing

@testable import NotebookRunner

/// Trainings that are resumed after an interruption or with more epochs.
@Suite struct GoingOnTests {
  /// Stops the run at the n-th poll, which is between two batches.
  private func signal(after count: Int) -> @Sendable () -> Int32? {
    let asked = Mutex(0)
    return {
      asked.withLock { asked in
        asked += 1
        return asked > count ? 2 : nil
      }
    }
  }

  @Test(arguments: [18, 21, 25, 32]) func anInterruptedRunGoesOnByItself(_ count: Int) throws {
    let whole = try NotebookBench(smallNotebook)
    #expect(whole.run(["epochs=6"]).exitCode == 0)
    let bench = try NotebookBench(smallNotebook)
    var stops = 0
    while bench.run(["epochs=6"], signal: signal(after: count)).exitCode == 130 {
      #expect(bench.report.contains("Interrupted"))
      stops += 1
      if stops > 40 { break }
    }
    #expect(stops > 0)
    #expect(bench.display.problems == "")
    bench.expectResults(of: whole)
    #expect(timeless(bench.file("n/history.csv") ?? "-") != "-")
    #expect(bench.page.difference(from: whole.page).isEmpty, "\(bench.page.difference(from: whole.page))")
  }

  @Test func anInterruptedTrainingSaysHowFarItCameAndThatItGoesOn() throws {
    let bench = try NotebookBench(
      smallNotebook.replacingOccurrences(of: "target: 0.01", with: "target: 0.99"))
    var seen: Set<String> = []
    for count in stride(from: 4, through: 40, by: 2) {
      var options = bench.options("n.md", ["epochs=6"])
      options.fresh = true
      guard
        NotebookRunner.run(options, display: bench.display, signal: signal(after: count)).exitCode == 130,
        let line = bench.file("n/run.json")?.firstMatch(of: /"verdict" : "(.*)"/)
      else { continue }
      let sentence = String(line.1).replacing(/[0-9.]+%/, with: "x%")
      seen.insert(sentence)
      #expect(
        bench.report.contains(
          "<strong>Interrupted</strong>\(line.1.dropFirst("Interrupted".count))".replacing(
            "'", with: "&#39;")))
    }
    let going = "; run the same command again (without --fresh) to resume"
    #expect(seen.contains { $0 == "Interrupted in epoch 1 of 6\(going)" }, "\(seen)")
    #expect(
      seen.contains { $0 == "Interrupted after 2 of 6 epochs, best x% on the test images\(going)" }, "\(seen)"
    )
  }

  @Test func theReportTellsTheThreadsThatTrained() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(["epochs=2"]).exitCode == 0)
    #expect(bench.report.contains("<dt>Steps</dt><dd>All steps ran</dd>"))
    func one(_ epochs: Int) throws -> String {
      var options = bench.options("n.md", ["epochs=\(epochs)"])
      options.threads = 1
      _ = try bench.ranAgain(options)
      return try #require(bench.file("n/run.json"))
    }
    #expect(try one(2).contains("s on 2 threads,"))
    #expect(bench.report.contains("<small>2 threads</small>"))
    #expect(bench.report.contains("<dt>Steps</dt><dd>All 4 steps restored from cache</dd>"))
    let resumed = try one(5)
    #expect(!resumed.contains("thread"), "\(resumed)")
    #expect(bench.report.contains(">resumed after epoch 2, ran in "))
    #expect(
      bench.report.contains(
        "1 of 4 steps restored from cache, training resumed after epoch 2 of an earlier run</dd>"))
    var options = bench.options("n.md", ["epochs=3"])
    (options.threads, options.fresh) = (1, true)
    _ = try bench.ranAgain(options)
    #expect(bench.file("n/run.json")?.contains("s on 1 thread,") == true)
    #expect(bench.report.contains(", 1 thread, float32"))
  }

  @Test func moreEpochsGoOnFromTheLast() throws {
    let whole = try NotebookBench(smallNotebook)
    #expect(whole.run(["epochs=5"]).exitCode == 0)
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(["epochs=2"]).exitCode == 0)
    #expect(try bench.ranAgain(["epochs=5"]) == ["parameters", "training", "curves"])
    let lines = bench.display.lines
    #expect(
      lines.contains {
        $0.hasPrefix("  resume   training") && $0.hasSuffix("epochs changed 2 → 5; resuming after epoch 2")
      }, "\(lines)")
    #expect(lines.contains("Resumed after epoch 2 of 5"), "\(lines)")
    #expect(!lines.contains { $0.hasPrefix("Epoch  2/5") })
    bench.expectResults(of: whole)
    // Fewer epochs again, from the store; the longer training can still be resumed.
    #expect(try bench.ranAgain(["epochs=2"]) == [])
    #expect(try bench.ranAgain(["epochs=3"]).contains("training"))
    #expect(try bench.ranAgain(["epochs=6"]).contains("training"))
    #expect(bench.display.lines.contains("Resumed after epoch 5 of 6"), "\(bench.display.lines)")
  }

  @Test func aScheduleThatIsFittedToTheRunStartsAnewAndSaysSo() throws {
    let text = smallNotebook.replacingOccurrences(
      of: ".sgd(learningRate: rate)",
      with: ".sgd(learningRate: rate, momentum: 0.9), schedule: .oneCycle(maxLR: 0.1)")
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(try bench.ranAgain(["epochs=3"]).contains("training"))
    let lines = bench.display.lines
    #expect(
      lines.contains { $0.hasPrefix("  run      training") && $0.hasSuffix("epochs changed 2 → 3") },
      "\(lines)")
    #expect(lines.contains { $0.contains("training over") && $0.contains("OneCycleLR") }, "\(lines)")
  }

  @Test func whatAnInterruptedTrainingLeftStaysWithItsReport() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(["epochs=6"], signal: signal(after: 25)).exitCode == 130)
    var dryRun = bench.options("n.md", ["epochs=6"])
    dryRun.isDryRun = true
    #expect(try bench.ranAgain(dryRun) == [])
    let reason = "did not finish last time; resuming after"
    #expect(
      bench.display.lines.contains { $0.hasPrefix("  resume   training") && $0.contains(reason) },
      "\(bench.display.lines)")
    let store = Store(output: "\(bench.folder)/output")
    try store.collect(limit: 0)
    #expect(try store.contents().items.contains { $0.kind == .training && $0.isPinned })
    #expect(try bench.ranAgain(["epochs=6"]).contains("training"))
    #expect(bench.display.lines.contains { $0.hasPrefix("Resumed") }, "\(bench.display.lines)")
    // A training restored completely from the store stays there too.
    try store.collect(limit: 0)
    #expect(try bench.ranAgain(["epochs=6"]).contains("training"))
    #expect(bench.display.lines.contains { $0.hasPrefix("Restored all 6 epochs") })
    try store.collect(limit: 0)
    #expect(try store.contents().items.contains { $0.kind == .training && $0.isPinned })
    _ = try store.remove("n")
    #expect(try store.contents().items.isEmpty)
  }

  @Test func aRunThatIsKilledHasToldWhatItsTrainingLeft() throws {
    let text = smallNotebook.replacingOccurrences(
      of: "target: 0.01)", with: "target: 0.01, onEpoch: { epoch in print(epoch.epoch) })")
    let bench = try NotebookBench(text)
    var options = bench.options("n.md", ["epochs=2"])
    options.checkpointEvery = 1
    let display = WatchingDisplay(folder: bench.folder)
    #expect(NotebookRunner.run(options, display: display).exitCode == 0)
    #expect(display.seen.map(\.isPinned) == [true, true])
  }

  @Test func anInterruptedScheduleThatIsFittedToTheRunStartsAnewAndSaysSo() throws {
    let text = smallNotebook.replacingOccurrences(
      of: ".sgd(learningRate: rate)",
      with: ".sgd(learningRate: rate, momentum: 0.9), schedule: .oneCycle(maxLR: 0.1)")
    let bench = try NotebookBench(text)
    #expect(bench.run(["epochs=6"], signal: signal(after: 25)).exitCode == 130)
    #expect(try bench.ranAgain(["epochs=7"]).contains("training"))
    let lines = bench.display.lines
    #expect(lines.contains { $0.contains("training over") && $0.contains("OneCycleLR") }, "\(lines)")
  }

  @Test func anInterruptedFreshRunLosesNothingOfALongerOne() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(["epochs=5"]).exitCode == 0)
    var options = bench.options("n.md", ["epochs=6"])
    options.fresh = true
    #expect(NotebookRunner.run(options, display: bench.display, signal: signal(after: 25)).exitCode == 130)
    #expect(try bench.ranAgain(["epochs=7"]).contains("training"))
    #expect(bench.display.lines.contains("Resumed after epoch 5 of 7"), "\(bench.display.lines)")
    // A fresh training that gets further replaces it.
    options = bench.options("n.md", ["epochs=8"])
    options.fresh = true
    #expect(try bench.ranAgain(options).contains("training"))
    #expect(
      bench.display.lines.contains { $0.hasPrefix("  run      data") && $0.hasSuffix("--fresh") },
      "\(bench.display.lines)"
    )
    #expect(try bench.ranAgain(["epochs=9"]).contains("training"))
    #expect(bench.display.lines.contains("Resumed after epoch 8 of 9"), "\(bench.display.lines)")
    let whole = try NotebookBench(smallNotebook)
    #expect(whole.run(["epochs=9"]).exitCode == 0)
    bench.expectResults(of: whole)
  }

  @Test func aDamagedStateFallsBackToTheOneBeforeIt() throws {
    let whole = try NotebookBench(smallNotebook)
    #expect(whole.run(["epochs=4"]).exitCode == 0)
    let bench = try NotebookBench(smallNotebook)
    var options = bench.options("n.md", ["epochs=4"])
    options.checkpointEvery = 1
    _ = NotebookRunner.run(options, display: bench.display, signal: signal(after: 30))
    let states = try bench.storeFiles().filter { $0.contains("/training/") }
    #expect(states.count == 2)
    // The newer of the two states.
    let newest = try #require(
      states.max { a, b in
        let date = { (path: String) in
          (try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate]) as? Date
            ?? .distantPast
        }
        return date(a) < date(b)
      })
    var bytes = try #require(FileManager.default.contents(atPath: newest))
    bytes[bytes.count - 100] ^= 1
    try bytes.write(to: URL(fileURLWithPath: newest))
    #expect(try bench.ranAgain(options).contains("training"))
    #expect(
      bench.display.warnings.contains { $0.contains("using the previous state") },
      "\(bench.display.warnings)")
    #expect(bench.display.lines.contains { $0.hasPrefix("Resumed") }, "\(bench.display.lines)")
    bench.expectResults(of: whole)
  }

  @Test func whatAKilledRunLeftHalfWrittenIsClearedAway() throws {
    let bench = try NotebookBench(smallNotebook)
    let output = "\(bench.folder)/output"
    let left = ["n.html.tmp-aB3xYz", "n/history.csv.tmp-aB3xYz", "n/checkpoints/last.safetensors.tmp-000000"]
    let kept = ["m.html.tmp-aB3xYz", "n/history.csv.backup", "n/notes.tmp-long-ones"]
    try FileManager.default.createDirectory(
      atPath: "\(output)/n/checkpoints", withIntermediateDirectories: true)
    for name in left + kept { try "x".write(toFile: "\(output)/\(name)", atomically: true, encoding: .utf8) }
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(left.filter { bench.file($0) != nil } == [])
    #expect(kept.filter { bench.file($0) == nil } == [])
  }

  @Test func aTrainingWithinATrainingIsTrainedAnew() throws {
    let text = smallNotebook.replacingOccurrences(
      of: "target: 0.01)",
      with:
        "target: 0.01, onEpoch: { e in train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1)) })"
    )
    let whole = try NotebookBench(text)
    #expect(whole.run(["epochs=3"]).exitCode == 0, "\(whole.problems)")
    let bench = try NotebookBench(text)
    #expect(bench.run(["epochs=2"]).exitCode == 0)
    #expect(bench.run(["epochs=3"]).exitCode == 0)
    bench.expectResults(of: whole)
  }

  @Test func aDivergedTrainingKeepsItsLastGoodState() throws {
    let text = smallNotebook.replacingOccurrences(
      of: ".sgd(learningRate: rate)",
      with: ".sgd(learningRate: rate), schedule: .custom { step in step < 7 ? 0.01 : 1e30 }")
    let bench = try NotebookBench(text)
    #expect(bench.run(["epochs=6"]).exitCode == 1)
    #expect(bench.problems.contains("the loss is not finite at epoch 3"), "\(bench.problems)")
    #expect(bench.problems.contains("the last good weights are in"))
    #expect(bench.report.contains("the loss is not finite"))
    // After the fix, the notebook runs.
    try bench.edit("1e30", "0.01")
    #expect(try bench.ranAgain(["epochs=6"]).contains("training"))
  }

  @Test func theReportAndItsFilesCanBeReadAfterEveryEpoch() throws {
    let text = smallNotebook.replacingOccurrences(
      of: "target: 0.01)", with: "target: 0.01, onEpoch: { epoch in print(\"now\", epoch.epoch) })")
    let bench = try NotebookBench(text)
    let display = WatchingDisplay(folder: bench.folder)
    let outcome = NotebookRunner.run(bench.options("n.md", ["epochs=3"]), display: display)
    #expect(outcome.exitCode == 0)
    let seen = display.seen
    #expect(seen.count == 3)
    #expect(seen.allSatisfy { $0.isReadable })
    #expect(seen.map(\.csvLines) == [2, 3, 4])
    #expect(seen.first?.report.contains("<strong>Not finished</strong>: last updated 20") == true)
    #expect(seen.first?.report.contains("written while the run was in progress") == true)
    #expect(seen.allSatisfy { !$0.report.contains("still running") })
    #expect(!bench.report.contains("last updated"))
    #expect(seen.first?.report.contains("Epoch  1/3") == true)
  }
}

extension NotebookBench {
  /// The parts of the report, without times and this folder's path.
  fileprivate var page: [Substring] {
    timeless(report).replacingOccurrences(of: folder, with: "").split(separator: ">")
  }
}

/// Inspects the results on disk whenever a cell prints.
private final class WatchingDisplay: RunDisplay {
  struct Seen {
    var isReadable: Bool
    var csvLines: Int
    var report: String
    /// Whether the store keeps the training because of the report.
    var isPinned: Bool
  }

  private let folder: String
  private let state = Mutex<[Seen]>([])

  init(folder: String) { self.folder = folder }

  var seen: [Seen] { state.withLock { $0 } }

  func printed(_ text: String) {
    func file(_ name: String) -> String {
      (try? String(contentsOfFile: "\(folder)/output/\(name)", encoding: .utf8)) ?? ""
    }
    let record = try? JSONSerialization.jsonObject(with: Data(file("n/run.json").utf8)) as? [String: Any]
    let csv = file("n/history.csv").split(separator: "\n")
    let report = file("n.html")
    let one = Seen(
      isReadable: record?["status"] as? String == "running" && report.hasSuffix("</html>\n"),
      csvLines: csv.count, report: report,
      isPinned: (try? Store(output: "\(folder)/output").contents().items.contains {
        $0.kind == .training && $0.isPinned
      }) == true)
    state.withLock { $0.append(one) }
  }
  func stepStarted(_ title: String, position: Int, of count: Int) {}
  func stepEnded(_ title: String, seconds: Double, _ ending: StepEnding) {}
  func stepRestored(_ title: String, position: Int, of count: Int) {}
  func event(_ event: ProgressEvent) {}
  func problem(_ text: String) {}
  func warning(_ text: String) {}
  func plan(_ lines: [String]) {}
  func finished(report: String, verdict: String) {}
}
