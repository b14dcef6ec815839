import Testing

@testable import NotebookRunner

/// Cases in which earlier results are not used although the notebook has not changed.
@Suite struct CacheOptionTests {
  @Test func cacheFalseRunsTheCellEveryTime() throws {
    let text = smallNotebook.replacingOccurrences(
      of: "//| label: data", with: "//| label: data\n//| cache: false")
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    // The data and the model are equal, so the training is restored.
    #expect(try bench.ranAgain() == ["data"])
    #expect(bench.display.lines.contains { $0.hasPrefix("  run      data") && $0.hasSuffix("cache: false") })
  }

  @Test func cacheFalseTrainsEveryEpochAgain() throws {
    let text = smallNotebook.replacingOccurrences(
      of: "//| label: training", with: "//| label: training\n//| cache: false")
    let bench = try NotebookBench(text)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let report = bench.report
    // The history has different times, so its plot is drawn again.
    #expect(try bench.ranAgain() == ["training", "curves"])
    #expect(bench.display.lines.count { $0.contains("Epoch") } == 2, "\(bench.display.lines)")
    #expect(try bench.storeFiles().allSatisfy { !$0.contains("/records/training/") })
    #expect(timeless(bench.report) == timeless(report))
  }

  @Test func anotherBuildUsesNoResultOfThisOne() throws {
    let bench = try NotebookBench(smallNotebook)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    var options = bench.options()
    options.sourceFingerprint = "another build"
    let steps = ["parameters", "data", "training", "curves"]
    #expect(try bench.ranAgain(options) == steps)
    let reasons = bench.display.lines.filter { $0.hasSuffix("Quire's code changed") }
    #expect(!reasons.isEmpty, "\(bench.display.lines)")
    // The results of each build are still available to it.
    #expect(try bench.ranAgain(options) == [])
    #expect(try bench.ranAgain() == [])
  }
}
