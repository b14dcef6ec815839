import Foundation
import Testing

@testable import NotebookRunner

@Suite struct RunTests {
  @Test func aNotebookBecomesAReportWithItsFiles() throws {
    let bench = try NotebookBench(smallNotebook)
    let outcome = bench.run()
    #expect(outcome.exitCode == 0, "\(bench.problems)")
    let html = bench.report
    #expect(html.contains("A small one"))
    #expect(html.contains("There were 2 epochs and 170 parameters"))
    #expect(html.contains("Figure 1"))
    #expect(html.contains("How &lt;it&gt; went."))
    #expect(html.contains("href=\"#cell-curves\""))
    for name in [
      "n/run.json", "n/history.csv", "n/training.log", "n/train_history.svg",
      "n/checkpoints/best.safetensors",
    ] {
      #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/output/\(name)"), "\(name)")
    }
    #expect(bench.file("n/training.log")?.hasPrefix("Epoch  1/2 | Train: ") == true)
    let json = try #require(bench.file("n/run.json"))
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(record["status"] as? String == "finished")
    #expect((record["steps"] as? [[String: Any]])?.count == 4)
    #expect((record["parameters"] as? [String: String])?["epochs"] == "2")
  }

  @Test func twoRunsGiveTheSameWeightsAndHistory() throws {
    let a = try NotebookBench(smallNotebook)
    let b = try NotebookBench(smallNotebook)
    #expect(a.run().exitCode == 0)
    #expect(b.run().exitCode == 0)
    let path = "/output/n/checkpoints/last.safetensors"
    let first = FileManager.default.contents(atPath: a.folder + path)
    #expect(first != nil)
    #expect(first == FileManager.default.contents(atPath: b.folder + path))
  }

  @Test func aParameterIsOverriddenAndATypoIsNot() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(["epochs=1"]).exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("There were 1 epochs"))

    let typo = try NotebookBench(smallNotebook)
    #expect(typo.run(["epoch=1"]).exitCode == 2)
    #expect(
      typo.problems.hasPrefix(
        """
        n.md: error: -p epoch: the notebook has no parameter 'epoch'
          note: did you mean 'epochs'?
          note: the notebook's parameters are epochs, rate
        """), "\(typo.problems)")
    #expect(typo.file("n.html") == nil)

    let wrong = try NotebookBench(smallNotebook)
    #expect(wrong.run(["epochs=many"]).exitCode == 2)
    #expect(wrong.problems.contains("epochs"))
  }

  @Test func aFailingStepEndsTheReportWithItsError() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 20, test: 10), batchSize: 20)
      let tiny = buildModel("T") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      let history = train(tiny, on: data, epochs: 1)
      ```

      Before.

      ```swift
      let model = buildModel("M") {
        Conv2d(3, 8, kernelSize: 3)
        Conv2d(8 + history.epochCount, 8, kernelSize: 3)
      }
      ```

      After.
      """)
    #expect(bench.run().exitCode == 1)
    #expect(
      bench.problems.hasPrefix(
        """
        n.md:12:3: error: Conv2d '1' expects 9 input channels, found 8×30×30 (channels×height×width) from the layer before it
            Conv2d(8 + history.epochCount, 8, kernelSize: 3)
            ^
        """), "\(bench.problems)")
    #expect(bench.report.contains("Before."))
    #expect(!bench.report.contains("After."))
    #expect(bench.report.contains("expects 9 input channels"))
    #expect(bench.file("n/run.json")?.contains("\"status\" : \"failed\"") == true)
  }

  /// If this fails, readers of a failed run must search for the error, and do not know what is missing.
  @Test func aFailedReportLinksToTheStepAndCountsThoseAfterIt() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 60, test: 20), batchSize: 20)
      let model = buildModel("M") { Conv2d(3, 4, kernelSize: 8, stride: 8); Flatten(); Linear(64, 10) }
      let history = train(model, on: data, epochs: 2, optimizer: .sgd(learningRate: 0.01), loss: .crossEntropy())
      ```

      ```swift
      //| label: breaks
      print([1][history.epochCount])
      ```

      ```swift
      print("a")
      ```

      ```swift
      //| eval: false
      print("b")
      ```

      ```swift
      print("c")
      ```
      """)
    #expect(bench.run().exitCode == 1, "\(bench.problems)")
    #expect(bench.report.contains("<a href=\"#cell-breaks\">Go to the step</a>"), "\(bench.problems)")
    #expect(bench.report.contains("The error stopped the run: 2 steps not run"))
    #expect(bench.report.contains("aria-label=\"Step 1\""))
    #expect(bench.report.contains("<svg class=\"spark\""))
    #expect(bench.report.contains("aria-label=\"accuracy by epoch, from "))
  }

  @Test func errorTrueGoesOnAfterAFailure() throws {
    let bench = try NotebookBench(
      """
      ```swift
      //| error: true
      let wrong = [1][3]
      ```

      ```swift
      print("still here")
      ```
      """)
    #expect(bench.run().exitCode == 1)
    #expect(bench.report.contains("still here"))
  }

  @Test func nothingRunsWhileAnythingIsWrong() throws {
    let bench = try NotebookBench(
      """
      ```swift
      print("never")
      ```

      ```swift
      let a = trian(1)
      ```

      Later `{swift} missing`.
      """)
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("n.md:6:9: error: cannot find 'trian' in scope"))
    #expect(bench.problems.contains("did you mean 'train'?"))
    #expect(bench.problems.contains("n.md:9:16: error: cannot find 'missing' in scope"))
    #expect(bench.display.lines.isEmpty)
    #expect(bench.file("n.html") == nil)
  }

  @Test func withoutRealDataTheEmbeddedSetIsUsedLoudly() throws {
    let bench = try NotebookBench("```swift\nlet data = loadData(.cifar10)\n```")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.warnings.count { $0.contains("EMBEDDED") } == 1)
    // The check reports it too, but not before a run, which reports it itself.
    #expect(!bench.display.remarks.contains { $0.contains("EMBEDDED") })
    #expect(bench.check().problems.contains { $0.message.contains("EMBEDDED") })
    #expect(bench.report.contains("EMBEDDED"))
  }

  @Test func interruptingKeepsTheReportAndSaysSo() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run(signal: { 2 }).exitCode == 130)
    #expect(bench.report.contains("Interrupted here"))
    #expect(bench.report.contains("<span class=\"state interrupted\">interrupted after"))
    #expect(!bench.report.contains("failed after"))
    let record = bench.file("n/run.json") ?? ""
    #expect(
      record.components(separatedBy: "\"status\" : \"interrupted\"").count == 3, "run and step: \(record)")
  }

  @Test func trainingTwiceKeepsBothRunsFiles() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
      let a = buildModel("A") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10) }
      for rate in [0.1, 0.01] {
        let h = train(a, on: data, epochs: 1, optimizer: .sgd(learningRate: rate), loss: .crossEntropy())
        let e = evaluate(a, on: data)
        print("agree:", abs(e.loss - h.finalTestLoss) < 1e-5)
      }
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/output/n/checkpoints/last.safetensors"))
    #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/output/n/checkpoints-2/last.safetensors"))
    // `evaluate` gives the figures that training reported, also for models that end in logits.
    #expect(bench.display.lines.filter { $0.hasPrefix("agree") } == ["agree: true", "agree: true"])
  }

  @Test func runsOfALoopAreComparedInTheLoopsOrder() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
      var runs: [String: History] = [:]
      for rate in [0.1, 0.001, 0.01] {
        let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
        runs["rate \\(rate)"] = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: rate))
      }
      ```

      ```swift
      //| label: comparison
      //| fig-cap: "Three rates."
      compare(runs)
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("<b>Figure 1</b>. Three rates."))
    #expect(bench.file("n/comparison.svg")?.contains("rate 0.001") == true)
    let places = ["0.1", "0.001", "0.01"].map { bench.report.range(of: "<td>rate \($0)</td>")?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())

    let typo = try NotebookBench("```swift\ncompare([\"a\": histroy])\n```")
    #expect(typo.run().exitCode == 2)
    #expect(typo.problems.contains("n.md:2:15: error: cannot find 'histroy' in scope"), "\(typo.problems)")
  }

  @Test func pathsStartAtTheNotebooksFolderAndStayInTheOutput() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      save(model, to: "w.safetensors")
      loadWeights(model, from: "w.safetensors")
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    for path in ["../w.safetensors", "/tmp/w.safetensors", "run.json"] {
      let bad = try NotebookBench(
        "```swift\nsave(buildModel(\"M\") { ReLU() }, to: \"\(path)\")\n```")
      #expect(bad.run().exitCode == 2)
      #expect(bad.problems.contains("inside the results folder"), "\(bad.problems)")
    }
  }

  @Test func anOverrideIsSaidInTheReport() throws {
    let bench = try NotebookBench("```swift parameters\nlet epochs = 50\n```\n`{swift} epochs`")
    #expect(bench.run(["epochs=3"]).exitCode == 0)
    #expect(bench.report.contains("Set on the command line: epochs = 3"))
  }

  @Test func codeOptionsAreObeyed() throws {
    let bench = try NotebookBench(
      """
      ```swift
      //| echo: false
      print("shown output")
      ```

      ```swift
      //| output: false
      print("hidden " + "output")
      ```

      ```swift
      //| eval: false
      doesNotExist()
      ```

      ```swift no-run
      alsoNot()
      ```

      ```python
      print("python")
      ```
      """)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("shown output"))
    #expect(!bench.report.contains("hidden output"))
    #expect(bench.report.contains("doesNotExist"))
    #expect(bench.report.contains("alsoNot"))
  }
}
