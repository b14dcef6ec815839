import Foundation
import Neural
import Support
import Synchronization
import Testing

@testable import NotebookRunner

/// Results that a second run of a notebook takes from the first.
@Suite struct CachingTests {
  @Test func anUnchangedNotebookRunsNothingAndGivesTheSameReport() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let report = bench.report
    #expect(try bench.ranAgain() == [])
    #expect(bench.display.lines.contains("Plan: restore all 4 steps from cache"))
    #expect(timeless(bench.report) == timeless(report))
  }

  @Test func proseCaptionsLayoutAndCommentsRunNothing() throws {
    let edits = [
      ("# Small", "# Smaller\n\nAnother paragraph."),
      ("There were", "Another value, `{swift} fixed(history.finalTestLoss * 2.0, 3)`, and there were"),
      ("How <it> went.", "Another caption."),
      ("let epochs = 2", "// a comment\nlet  epochs   =  2"),
      ("//| label: curves", "//| label: curves\n//| code-fold: false"),
      ("title: A small one", "title: Another title"),
    ]
    for (from, to) in edits {
      let bench = try NotebookBench(smallNotebook)
      #expect(bench.run().exitCode == 0)
      try bench.edit(from, to)
      #expect(try bench.ranAgain() == [], "\(from) → \(to)")
    }
  }

  @Test func aPlotThatWasEditedIsDrawnWithoutTraining() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    try bench.edit(
      "plot(.history(history))", "plot(.schedule(.step(stepSize: 2), epochs: history.epochCount))")
    #expect(try bench.ranAgain() == ["curves"])
    #expect(
      bench.display.lines.contains { $0.hasPrefix("  run      curves") && $0.hasSuffix("code changed") })
    #expect(bench.file("n/learning_rate.svg") != nil)
  }

  @Test func aLearningRateTrainsAgainAndNothingBeforeIt() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    #expect(try bench.ranAgain(["rate=0.02"]) == ["parameters", "training", "curves"])
    let plan = bench.display.lines
    #expect(plan.contains { $0.hasPrefix("  restore  data") }, "\(plan)")
    #expect(plan.contains { $0.contains("training") && $0.hasSuffix("rate changed 0.01 → 0.02") }, "\(plan)")
    #expect(plan.contains { $0.contains("curves") && $0.contains("'training' is re-run") }, "\(plan)")
    // After undoing the edit, the earlier results are still there.
    #expect(try bench.ranAgain() == [])
  }

  @Test func reasonsNameWhatChanged() throws {
    let text = smallNotebook.replacingOccurrences(of: "Conv2d(3, 4,", with: "Conv2d(3, width,")
      .replacingOccurrences(of: "Linear(4, 10)", with: "Linear(width, 10)")
      .replacingOccurrences(of: "BatchNorm2d(4)", with: "BatchNorm2d(width)")
      .replacingOccurrences(of: "let rate", with: "let width = 4\nlet rate")
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    func plan(_ parameters: [String] = []) throws -> [String: String] {
      _ = try bench.ranAgain(parameters)
      let lines = bench.display.lines.filter { $0.hasPrefix("  ru") || $0.hasPrefix("  res") }
      return Dictionary(
        uniqueKeysWithValues: lines.map { line in
          let words = line.split(separator: " ")
          return (String(words[1]), words[2...].joined(separator: " "))
        })
    }
    // The values are set by -p or in the text.
    var reasons = try plan(["width=5"])
    #expect(reasons["parameters"] == "width changed 4 → 5")
    #expect(reasons["data"] == "width changed 4 → 5")
    // Not 'parameters', which the training also reads, because it did not change for the training.
    #expect(reasons["training"] == "'data' is re-run")
    try bench.edit("let width = 4", "let width = 5")
    reasons = try plan()
    #expect(reasons["parameters"] == "width is still 5 but is now set elsewhere (notebook or -p)")
    try bench.edit("let width = 5", "let width = 6")
    #expect(try plan()["parameters"] == "width changed 5 → 6")
    // A step whose title is its first line.
    try bench.edit("//| label: curves\n//| fig-cap: \"How <it> went.\"\n", "print(1)\n")
    _ = try plan()
    try bench.edit("print(1)", "print(2)")
    #expect(try plan()["print(2)"] == "code changed")
  }

  @Test func aCopyOfANotebookIsToldWhatItTakesOver() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    try FileManager.default.copyItem(atPath: "\(bench.folder)/n.md", toPath: "\(bench.folder)/m.md")
    bench.display.clear()
    #expect(NotebookRunner.run(bench.options("m.md"), display: bench.display).exitCode == 0)
    #expect(
      bench.display.lines.contains { $0.hasPrefix("  restore  parameters") }, "\(bench.display.lines)")
  }

  @Test func anotherSeedOrPrecisionIsAnotherResult() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    var options = bench.options()
    options.seed = 9
    #expect(try bench.ranAgain(options).contains("training"))
    #expect(bench.display.lines.contains { $0.hasSuffix("the seed changed 1 → 9") }, "\(bench.display.lines)")
    options = bench.options()
    options.precision = .mixedBFloat16
    #expect(try bench.ranAgain(options).first == "training")
    // The number of threads changes no result.
    options = bench.options()
    options.threads = 1
    #expect(try bench.ranAgain(options) == [])
  }

  @Test func aStepIsKnownWhereverItStands() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    try bench.edit("# Small", "# Small\n\n```swift\nprint(\"first\")\n```")
    #expect(try bench.ranAgain() == ["print(\"first\")"])
  }

  @Test func freshRunsEverything() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    var options = bench.options()
    options.fresh = true
    #expect(try bench.ranAgain(options).count == 4)
    #expect(try bench.ranAgain() == [])
  }

  @Test func filesThatWereDeletedOrChangedComeBack() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    let folder = "\(bench.folder)/output/n"
    let names = [
      "history.csv", "train_history.png", "training.log", "checkpoints/best.safetensors",
      "checkpoints/last.safetensors",
    ]
    let before = names.map { FileManager.default.contents(atPath: "\(folder)/\($0)") }
    try FileManager.default.removeItem(atPath: "\(folder)/checkpoints")
    try FileManager.default.removeItem(atPath: "\(folder)/train_history.png")
    try "changed".write(toFile: "\(folder)/history.csv", atomically: true, encoding: .utf8)
    #expect(try bench.ranAgain() == [])
    #expect(names.map { FileManager.default.contents(atPath: "\(folder)/\($0)") } == before)
  }

  @Test func damagedResultsAreMadeAgainAndSaid() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0)
    let report = bench.report
    for file in try bench.storeFiles() {
      var bytes = try #require(FileManager.default.contents(atPath: file))
      guard bytes.count > 40 else { continue }
      bytes[bytes.count / 2] ^= 0x10
      try bytes.write(to: URL(fileURLWithPath: file))
    }
    #expect(try bench.ranAgain().count == 4)
    #expect(
      bench.display.warnings.contains { $0.contains("damaged (checksum)") }, "\(bench.display.warnings)")
    #expect(timeless(bench.report) == timeless(report))
    #expect(try bench.ranAgain() == [])
  }

  @Test func filesThatStepsReadCountWithTheirContent() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      ```
      ```swift
      loadWeights(model, from: "w.safetensors")
      ```
      """)
    let weights = "\(bench.folder)/w.safetensors"
    func write(_ seed: UInt64) throws {
      let model = try Model("M", seed: seed) {
        AdaptiveAvgPool2d(1)
        Flatten()
        Linear(3, 10)
        LogSoftmax()
      }
      try Checkpoint(of: model).write(to: weights)
    }
    try write(1)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    try write(1)
    #expect(try bench.ranAgain() == [])
    try write(2)
    #expect(try bench.ranAgain().count == 1)
    #expect(
      bench.display.lines.contains { $0.hasSuffix("w.safetensors changed") }, "\(bench.display.lines)")
  }

  @Test func anImageThatWasAddedIsLoadedAndTheTrainingSeesIt() throws {
    let bench = try NotebookBench(
      "```swift\nlet data = loadData(.imageFolder(\"pictures\", size: 8), batchSize: 2)\n```\n"
        + "```swift\nprint(data.trainCount + data.testCount)\n```\n"
        + "```swift\nprint(\"nothing to do with it\")\n```\n")
    func add(_ name: String, _ shade: UInt8) throws {
      let folder = "\(bench.folder)/pictures/\(name)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let image = try Image(
        ImageSize(8, 8), pixels: [UInt8](repeating: shade, count: 8 * 8 * 3))
      try image.png().withUnsafeBytes { try AtomicFile.write($0, to: "\(folder)/\(shade).png") }
    }
    for shade in 0..<10 { for name in ["a", "b"] { try add(name, UInt8(shade)) } }
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(try bench.ranAgain() == [])
    try add("a", 99)
    #expect(try bench.ranAgain().count == 2)
    #expect(bench.display.lines.contains { $0.hasSuffix("pictures changed") }, "\(bench.display.lines)")
  }

  @Test func aStepThatFailedIsTriedAgain() throws {
    let bench = try NotebookBench("```swift\n//| error: true\nlet list = [1]\nprint(list[3])\n```\n")
    #expect(bench.run().exitCode == 1)
    #expect(try bench.ranAgain().count == 1)
  }

  @Test func aSecondRunAtOnceIsTurnedAway() throws {
    let bench = try NotebookBench(smallNotebook)
    let other = NotebookBench(sharing: bench)
    let options = other.options()
    let display = other.display
    let second = Mutex<Int32?>(nil)
    // The second run starts when the first one polls for interruption between batches.
    let outcome = bench.run {
      if second.withLock({ $0 == nil }) {
        let code = NotebookRunner.run(options, display: display).exitCode
        second.withLock { $0 = code }
      }
      return nil
    }
    #expect(outcome.exitCode == 0)
    #expect(second.withLock { $0 } == 2)
    #expect(other.problems.contains("another run of this notebook"), "\(other.problems)")
  }
}

/// The text without the times and dates that differ between equal runs.
func timeless(_ text: String) -> String {
  let patterns = [
    #"Time: [0-9.]+s"#, #""seconds" : [-0-9.e]+"#, #""(started|ended)" : "[^"]*""#,
    #"<time[^>]*>[^<]*</time>"#,
    #"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z"#, #"[0-9.]+ (s|min|ms)\b"#, #"seconds&quot;:[0-9.e-]+"#,
    // The origin of a step's result, next to its duration.
    #"<span class="state [a-z]+">[^<]*</span>"#, #"class="cell [a-z ]+""#, #"<dt>Steps</dt><dd>.*?</dd>"#,
    // The same in the embedded run.json and history.csv.
    #""status" : "(ran|restored)""#, #""imagesPerSecond" : [-0-9.e]+"#, #",[0-9.]+,(true|false)"#,
  ]
  return patterns.reduce(text) {
    $0.replacingOccurrences(of: $1, with: "…", options: .regularExpression)
  }
}

extension NotebookBench {
  /// Replaces text in the notebook.
  func edit(_ old: String, _ new: String) throws {
    let path = "\(folder)/n.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The titles of the steps that another run does not restore.
  func ranAgain(_ options: RunOptions) throws -> [String] {
    display.clear()
    let outcome = NotebookRunner.run(options, display: display)
    #expect(outcome.exitCode <= 1, "\(problems)")
    return display.lines.filter { $0.hasPrefix("[") && !$0.hasSuffix(": restored") }
      .map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  func ranAgain(_ parameters: [String] = []) throws -> [String] { try ranAgain(options("n.md", parameters)) }

  func storeFiles() throws -> [String] {
    let store = "\(folder)/output/.quire"
    let found = try #require(FileManager.default.enumerator(atPath: store)).compactMap { $0 as? String }
    return found.map { "\(store)/\($0)" }.filter { path in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }
  }
}
