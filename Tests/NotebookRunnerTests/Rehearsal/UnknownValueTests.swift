import Foundation
import TestSupport
import Testing

@testable import NotebookRunner

/// Values that are unknown before the run cause no false alarms.
@Suite struct UnknownValueTests {
  private func problems(_ cell: String) throws -> [String] {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 100, test: 50), batchSize: 20)
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      let history = train(model, on: data, epochs: 1)
      \(cell)
      ```
      """)
    return NotebookRunner.check(bench.options()).rehearsed
  }

  @Test(arguments: [
    // Computed from unknown values.
    "print([1, 2][history.bestEpoch], 1 / (history.epochCount - 1))",
    // The branch is not entered, and variables that it might set are unknown.
    "var index = 0\nif history.bestTestAccuracy > 2 { print([1][5]); index = 9 }\nprint([1][index * 7])",
    "var n = 5\nwhile history.bestTestAccuracy < 0 { n = 0 }\nprint(1 / (n - 5))",
    "var n = 5\nfor record in history.epochs { n += record.epoch }\nprint([1][n])",
    "let x = history.stoppedEarly ? [1][5] : 1",
    "if history.stoppedEarly && [true][4] { }",
    // It is unknown whether the following code runs.
    "func pick() -> Int { if history.stoppedEarly { return 0 }; return [1][5] }\nprint([1][pick()])",
    "for i in 0..<3 { if history.stoppedEarly { break }; print([1][i]) }",
    "var steps = 0\nfor i in 0..<3 { if history.stoppedEarly { continue }; steps += i }\nprint([1][steps])",
    // Functions that are not called, and variables that they would change.
    "var n = 5\nfunc note(_ x: Double) { n = 0 }\nlet s = \"\\(history.bestTestAccuracy)\" + { note(1); return \"\" }()\nprint([1][n])",
    "var n = 5\nlet reset = { n = 0 }\nif history.stoppedEarly { reset() }\nprint([1][n])",
    // Functions that a step calls, perhaps often.
    "var n = 0\ntrain(model, on: data, epochs: 2, onEpoch: { _ in n += 1 })\nprint(1 / n)",
    "var n = 0\nlet count = { (epoch: EpochRecord) in n += 1 }\ntrain(model, on: data, epochs: 2, onEpoch: count)\nprint([1][n], 1 / n)",
    "var list = [1]\nlist.append(history.epochCount)\nprint(list[1], list[2])",
    // Weights that a skipped part may save.
    "if history.bestTestAccuracy > 0.1 { save(model, to: \"w.safetensors\") }\nloadWeights(model, from: \"w.safetensors\")",
    "func keep() { save(model, to: \"w.safetensors\") }\nif history.stoppedEarly { keep() }\nloadWeights(model, from: \"w.safetensors\")",
    // Files that the run creates.
    "loadWeights(model, from: \"checkpoints/best.safetensors\")\npredict(model, [\"output/n/train_history.png\"], on: data)",
    // Unknown arguments of a row with a range.
    "misclassified(evaluate(model, on: data), on: data, count: history.epochCount * 1000)",
  ])
  func noFalseAlarm(cell: String) throws {
    #expect(try problems(cell) == [])
  }

  @Test func whatIsKnownAfterSomethingUnknownIsStillChecked() throws {
    let found = try problems(
      """
      func report(_ h: History, _ index: Int) -> Int { print(h.bestTestAccuracy); return [1][index] }
      if history.stoppedEarly { print(1) }
      let n = report(history, 3)
      """)
    #expect(found.count == 1)
    #expect(found.first?.contains("index 3 is out of range for 1 element") == true)
  }

  @Test func aCellThatMayFailIsLeftAlone() throws {
    let bench = try NotebookBench("```swift\n//| error: true\nlet wrong = [1][3]\n```")
    #expect(NotebookRunner.check(bench.options()).rehearsed == [])
  }

  @Test(arguments: [
    "var n = 0\nwhile true { n += 1 }", "let n = (0..<5_000_000).map { $0 * $0 }.count\nprint([1][n])",
    "func f(_ n: Int) -> Int { n < 2 ? n : f(n - 1) + f(n - 2) }\nprint([1][f(40)])",
    "let big = Array(repeating: 1.0, count: 9_000_000)\nprint([1][big.count])",
  ])
  func aLongComputationIsLeft(cell: String) throws {
    let bench = try NotebookBench("```swift\n\(cell)\n```\n\n```swift\nprint([1][7])\n```")
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains("note: this takes too long to rehearse") == true)
    #expect(report.rehearsed.last?.contains("index 7 is out of range") == true)
  }

  @Test(arguments: [
    [], ["epochs=1"], ["epochs=7"], ["epochs=200"],
  ])
  func theShippedNotebooksHaveNoErrors(parameters: [String]) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let place = try TemporaryDirectory()
    try IDXFiles().write(to: place.file("fashion-mnist"))
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/notebooks").sorted()
    where name.hasSuffix(".md") {
      // Only this data set has no embedded substitute.
      let data = name == "fashion-mnist.md" ? place.path : nil
      let notebook = "\(root)/notebooks/\(name)"
      let known = NotebookRunner.parameters(of: notebook)
      let given = parameters.map(RunOptions.Parameter.init).filter { known.contains($0.name) }
      let options = RunOptions(
        notebook: notebook, parameters: given,
        data: data, output: NSTemporaryDirectory() + "quire-rehearsal")
      let report = NotebookRunner.check(options)
      #expect(report.errors == 0, "\(name): \(report.rehearsed)")
      #expect(report.trainings.count >= 1, "\(name)")
    }
  }
}
