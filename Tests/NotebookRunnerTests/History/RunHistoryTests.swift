import Foundation
import Testing

@testable import NotebookRunner

/// Without these, a past run is lost with its report, or nobody knows what changed since.
@Suite("Past runs")
struct RunHistoryTests {
  private static let notebook = """
    ---
    title: Two layers
    tags: [toy, test]
    seed: 3
    ---

    Some words.

    ```swift parameters
    let epochs = 1
    ```

    ```swift
    //| label: training
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = buildModel("net") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: epochs)
    results(history)
    ```

    """
  private let bench: NotebookBench

  init() throws { bench = try NotebookBench(Self.notebook) }

  private var output: String { "\(bench.folder)/output" }
  private var runs: [PastRun] { NotebookRunner.history(of: "n.md", output: output) }

  private func run(_ parameters: [String] = [], seed: UInt64? = nil) {
    var options = bench.options("n.md", parameters)
    options.seed = seed
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 0, "\(bench.problems)")
  }

  private func edit(_ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: "\(bench.folder)/n.md", encoding: .utf8)
    #expect(text.contains(old))
    try bench.write(Array(text.replacingOccurrences(of: old, with: new).utf8), to: "n.md")
  }

  @Test("Every run is listed with its best metric and what changed, and outlives its report")
  func listed() throws {
    run()
    run(["epochs=2"])
    try edit("Linear(3, 10)", "Linear(3, 10, bias: false)")
    try edit("Some words.", "Other words.")
    run(["epochs=2"], seed: 4)
    try FileManager.default.removeItem(atPath: "\(output)/n.html")
    try FileManager.default.removeItem(atPath: "\(output)/n")
    #expect(runs.map(\.number) == [1, 2, 3])
    #expect(runs.map(\.changes) == [[], ["epochs 1 → 2"], ["cell 'training'", "prose", "seed 3 → 4"]])
    #expect(runs.allSatisfy { $0.status == "finished" && $0.best?.contains("% at epoch ") == true })
    #expect(NotebookRunner.notebooksWithHistory(output: output) == ["n"])
  }

  @Test("A run that only restores the last one adds nothing, and a failed one is listed")
  func repeated() throws {
    run()
    run()
    #expect(runs.count == 1)
    try edit("results(history)", "results(history)\nprecondition(history.bestTestAccuracy > 2, \"no\")")
    #expect(NotebookRunner.run(bench.options(), display: bench.display).exitCode == 1)
    #expect(runs.map(\.status) == ["finished", "failed"])
  }

  @Test("Damaged entries are left out, and a missing history is empty")
  func damaged() throws {
    #expect(runs.isEmpty)
    run()
    run(["epochs=2"])
    for text in ["", "{", "[[[[", String(repeating: "[", count: 100_000)] {
      try bench.write(Array(text.utf8), to: "output/.quire/history/n/1.json")
      #expect(runs.map(\.number) == [2])
    }
  }

  @Test("The list of reports shows title, outcome and tags, and leaves a page of the user's alone")
  func index() throws {
    run()
    let page = try #require(bench.file("index.html"))
    for text in ["<a href=\"./n.html\"", "Two layers", "toy, test", "1 report"] {
      #expect(page.contains(text), "\(text)")
    }
    try bench.write(Array("<!doctype html><p>mine".utf8), to: "output/index.html")
    run(["epochs=2"])
    #expect(bench.file("index.html") == "<!doctype html><p>mine")
  }

  @Test("A comparison shows what differs and marks the best run, for reports and for past runs")
  func compared() throws {
    run()
    let copy = "\(bench.folder)/first.html"
    try FileManager.default.copyItem(atPath: "\(output)/n.html", toPath: copy)
    try edit("Linear(3, 10)", "Linear(3, 10, bias: false)")
    run(["epochs=3"])
    let page = "\(bench.folder)/comparison.html"
    for references in [["n#1", "n#2"], [copy, "\(output)/n.html"], [copy, "n"]] {
      try NotebookRunner.compare(references, to: page, output: output)
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("(best)"))
      #expect(html.contains("<td>epochs</td><td>1</td><td>3</td>"), "\(references)")
      #expect(html.contains("- let model"), "\(references)")
      #expect(html.components(separatedBy: "<svg").count >= 3)
      #expect(!html.contains(bench.folder))
    }
  }

  @Test("A comparison of evaluated runs shows both confusion matrices and where they differ")
  func confusion() throws {
    try edit("results(history)", "let evaluation = evaluate(model, on: data)")
    try edit("epochs: epochs)", "epochs: epochs, optimizer: .sgd(learningRate: 2))")
    run()
    let page = "\(bench.folder)/comparison.html"
    try NotebookRunner.compare(["n#1", "n#1"], to: page, output: output)
    let same = try String(contentsOfFile: page, encoding: .utf8)
    #expect(same.components(separatedBy: "<table class=\"confusion\">").count == 3)
    #expect(!same.contains("The largest differences"))
    run(["epochs=8"])
    try NotebookRunner.compare(["n#1", "n#2"], to: page, output: output)
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("The largest differences") && html.contains("<th scope=\"col\">n #2</th>"))
    #expect(html.contains("n #1: the test images, weights after epoch 1"))
  }

  @Test("Runs that differ in the seed only get a mean")
  func seeds() throws {
    for seed in [1, 2] as [UInt64] { run(seed: seed) }
    let page = "\(bench.folder)/comparison.html"
    try NotebookRunner.compare(["n#1", "n#2"], to: page, output: output)
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("mean ± standard deviation"))
    try NotebookRunner.compare(["n#1", "n#1"], to: page, output: output)
    #expect(try !String(contentsOfFile: page, encoding: .utf8).contains("mean ± standard deviation"))
  }

  @Test("What is not a run is refused in words")
  func refused() throws {
    run()
    let page = "\(bench.folder)/comparison.html"
    #expect(throws: ComparisonProblem.tooFew(1)) {
      try NotebookRunner.compare(["n"], to: page, output: output)
    }
    #expect(throws: ComparisonProblem.noHistory("m#1")) {
      try NotebookRunner.compare(["n", "m#1"], to: page, output: output)
    }
    for reference in ["n#2", "n#", "n#x", "n#1#1", "n#-1", "n#99999999999999999999"] {
      #expect(throws: ComparisonProblem.noRun(reference, known: [1])) {
        try NotebookRunner.compare(["n", reference], to: page, output: output)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: page))
  }

  @Test("Differences keep their neighbours, and long shared parts are left out")
  func diff() {
    let old = (1...20).map { "line \($0)" }
    var new = old
    new[9] = "changed"
    #expect(
      LineDiff.text(old, new) == [
        "…", "  line 7", "  line 8", "  line 9", "- line 10", "+ changed", "  line 11", "  line 12",
        "  line 13", "…",
      ])
    #expect(LineDiff.text([], ["a"]) == ["+ a"])
    #expect(LineDiff.text(["a"], []) == ["- a"])
  }
}
