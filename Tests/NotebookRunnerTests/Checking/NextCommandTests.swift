import Foundation
import Testing

@testable import NotebookRunner

/// The last line after errors: the one command to run next.
struct NextCommandTests {
  /// If this fails, a beginner reads a list of errors and does not know that Quire can mend them.
  @Test("An error with a certain fix leads to --fix")
  func fixable() throws {
    let bench = try NotebookBench("```swift\nlet loss = .crossEntropy\nprnt(1)\n```\n")
    #expect(bench.check().next == "quire check --fix \(bench.folder)/n.md")
    #expect(bench.run().next == "quire check --fix \(bench.folder)/n.md")
  }

  /// If this fails, a command is suggested that changes nothing.
  @Test(
    "A check has nothing to suggest about errors without a fix, or without errors; a run leads to the check")
  func notFixable() throws {
    let bench = try NotebookBench("```swift\nlet x: Int = \"a\"\nprint(x)\n```\n")
    #expect(bench.check().next == nil)
    #expect(bench.run().next == "quire check \(bench.folder)/n.md")
    let fine = try NotebookBench("```swift\nprint(1)\n```\n")
    #expect(fine.check().next == nil)
    #expect(fine.run().next == nil)
  }

  /// If this fails, the way to the data is hidden among other errors.
  @Test("A missing data set leads to its download")
  func missingData() throws {
    let bench = try NotebookBench(
      "```swift\nprnt(1)\nlet data = loadData(.imageFolder(\"absent\"), batchSize: 2)\nprint(data)\n```\n")
    #expect(bench.check().next?.hasPrefix("quire check --fix ") == true)
    var options = bench.options()
    options.command = ["/usr/bin/quire", "run", "n.md", "--fresh", "-p", "names=a b"]
    #expect(NextCommand.afterStop(options) == "quire run n.md -p 'names=a b'")
    let missing = "cifar10 not found in data; get it with: quire data fetch cifar10"
    #expect(NextCommand.afterStop(options, failure: missing) == "quire data fetch cifar10")
  }

  /// If this fails, a user whose step failed does not know how to resume.
  @Test("A failed step and an interruption lead to the same command")
  func stopped() throws {
    // The rehearsal does not count so far, so only the run fails.
    let bench = try NotebookBench(
      "```swift\nvar count = 0\nfor _ in 0..<300_000 { count += 1 }\nprint([1][count])\n```\n")
    #expect(bench.run().next == "quire run \(bench.folder)/n.md")
    let slow = try NotebookBench(smallNotebook)
    let outcome = slow.run(signal: { SIGINT })
    #expect(outcome.exitCode == 130 && outcome.next == "quire run \(slow.folder)/n.md")
  }

  /// If this fails, an editor that reads the JSON knows less than the terminal.
  @Test("The JSON of a check has the numbers that the text form prints")
  func numbers() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.imageFolder("pictures"), batchSize: 2)
      let model = buildModel("net") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 2); LogSoftmax() }
      let history = train(model, on: data, epochs: 3)
      results(history)
      ```
      """)
    try bench.writeImages(
      "pictures/train/a/1.png pictures/train/a/2.png pictures/train/b/1.png pictures/test/a/1.png pictures/test/b/1.png"
    )
    try bench.write([0], to: "pictures/train/a/notes.txt")
    var report = bench.check()
    #expect(
      report.facts.data.map(\.training) == [3] && report.facts.data.map(\.test) == [2], "\(report.rendered)")
    #expect(report.facts.data.map(\.classes) == [2] && report.facts.data.map(\.skipped) == [1])
    report.facts.trainings = report.facts.trainings.map { training in
      var training = training
      #expect(training.workingMemory > 0 && training.memory > training.dataMemory && training.disk > 0)
      (training.workingMemory, training.dataMemory, training.memory, training.disk) = (1, 2, 3, 4)
      return training
    }
    #expect(
      report.json.contains(
        """
          "trainings" : [
            {
              "batchesPerEpoch" : 2,
              "dataMemory" : 2,
              "disk" : 4,
              "epochs" : 3,
              "line" : 4,
              "memory" : 3,
              "model" : "net",
              "parameters" : 8,
              "workingMemory" : 1
            }
          ],
        """), "\(report.json)")
  }
}
