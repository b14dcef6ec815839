import Testing

@testable import NotebookRunner

/// A training that does not fit into memory is reported before anything runs, at its call.
@Suite struct MemoryCheckTests {
  private func problems(_ bytes: Int, _ cells: String) throws -> String {
    let bench = try NotebookBench(cells)
    var options = bench.options()
    options.maxMemory = bytes
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
    #expect(bench.file("n.html") == nil)
    options.maxMemory = nil
    #expect(NotebookRunner.check(options).problems.allSatisfy { $0.severity != .error })
    return bench.problems
  }

  @Test func aTrainingIsToldWithItsPartsAndABatchThatFits() throws {
    let told = try problems(
      85_000_000,
      """
      ```swift
      let data = loadData(.synthetic(train: 600, test: 20), batchSize: 512)
      let model = buildModel("M") {
        Conv2d(3, 16, kernelSize: 3); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(16, 10); LogSoftmax()
      }
      train(model, on: data, epochs: 1)
      ```
      """)
    #expect(
      told.hasPrefix("n.md:6:1: error: the training needs ")
        && told.contains(" of memory (the program 72 MB, images 1.9 MB, working memory for batches of 512 ")
        && told.contains(
          "; the limit is 85 MB, --max-memory; use batchSize: 64, or raise the limit with --max-memory\n"
        ),
      "\(told)")
  }

  @Test func dataAndEvaluationsAreToldToo() throws {
    let data = try problems(
      100_000_000, "```swift\nlet data = loadData(.synthetic(train: 20_000, test: 10))\n```\n")
    #expect(
      data.hasPrefix(
        """
        n.md:2:12: error: the data needs 133 MB of memory (the program 72 MB, images 61.5 MB); the limit is 100 MB, \
        --max-memory; load fewer images or build a smaller model, or raise the limit with --max-memory
        """), "\(data)")
    let evaluation = try problems(
      120_000_000,
      """
      ```swift
      let data = loadData(.synthetic(train: 40, test: 4096), batchSize: 4096)
      let model = buildModel("M") {
        Conv2d(3, 16, kernelSize: 3); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(16, 10); LogSoftmax()
      }
      evaluate(model, on: data)
      ```
      """)
    #expect(evaluation.hasPrefix("n.md:6:1: error: the evaluation needs "), "\(evaluation)")
  }
}
