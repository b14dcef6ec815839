import Foundation
import Testing

@testable import NotebookRunner

/// The options of a training as notebooks use them: mistakes are found before the run, at the argument, and what was
/// chosen shows in the report.
@Suite struct TrainingOptionTests {
  private static let beginning = """
    ```swift
    //| label: data
    let data = loadData(.synthetic(train: 60, test: 30), batchSize: 20)
    let model = buildModel("Tiny", initialisation: .kaimingNormal()) {
      Block("body") { Conv2d(3, 4, kernelSize: 3, stride: 4); BatchNorm2d(4); ReLU(); AdaptiveAvgPool2d(1); Flatten() }
      Block("head") { Linear(4, 10); LogSoftmax() }
    }
    ```

    """

  private static func notebook(_ argument: String, before: String = "") -> String {
    beginning + """
      ```swift
      //| label: training
      \(before)
      let history = train(model, on: data, epochs: 2,
        \(argument))
      print(history.bestEpoch)
      ```
      """
  }

  /// A mistake, words of its message, and the text under the caret.
  struct Mistake: Sendable, CustomTestStringConvertible {
    var argument: String
    var before = ""
    var words: String
    var place: String
    var testDescription: String { before + argument }
  }

  @Test(
    arguments: [
      Mistake(
        argument: "groups: [ParameterGroup(\"haed\", learningRate: 0.1)]",
        words: "no parameter of Tiny matches 'haed'; available names: 'body', 'head'", place: "[Param"),
      Mistake(
        argument: "groups: [ParameterGroup(\"body.9\")]", words: "available names: 'body.0', 'body.1'",
        place: "[Param"),
      Mistake(
        argument: "groups: [ParameterGroup(\"head\"), ParameterGroup(\"*.bias\")]",
        words: "parameter 'head.0.bias' belongs to the groups 'head' and '*.bias'", place: "[Param"),
      Mistake(
        argument: "groups: [ParameterGroup(\"head\", learningRate: -1)]", words: "learningRate", place: "-1"),
      Mistake(
        argument:
          "optimizer: .sgd(learningRate: 0, momentum: 0.9), schedule: .oneCycle(maxLR: 1), groups: [ParameterGroup(\"head\", learningRate: 1)]",
        words: "group 'head' keeps its ratio to that rate, which is 0", place: ".oneCycle"),
      Mistake(
        argument: "averaging: .swa(fromEpoch: 3)",
        words: "fromEpoch must be an epoch of the training, in 1…2, found 3", place: ".swa"),
      Mistake(argument: "averaging: .swa(fromEpoch: 0)", words: "fromEpoch must be", place: "0"),
      Mistake(argument: "averaging: .ema(decay: 1)", words: "decay must be", place: "1"),
      Mistake(argument: "accumulate: 0", words: "accumulate must be", place: "0"),
      Mistake(
        argument: "schedule: .warmup(epochs: 0, then: .constant)", words: "epochs must be", place: "0"),
      Mistake(
        argument: "schedule: .warmup(batches: 4, from: 2, then: .constant)", words: "from must be", place: "2"
      ),
      Mistake(
        argument: "optimizer: .sgd(), schedule: .warmup(epochs: 1, then: .oneCycle(maxLR: 0.1))",
        words: "OneCycleLR cycles the momentum, but SGD has none", place: ".warmup"),
      Mistake(
        argument: "target: 0.5", before: "freeze(model, [\"bodi\"])",
        words: "no parameter of Tiny matches 'bodi'", place: "[\"bodi"),
      Mistake(
        argument: "target: 0.5", before: "freeze(model, [\"body\", \"head\"])",
        words: "all parameters of Tiny are frozen", place: "model, on"),
    ]) func `mistakes are found before the run, at the argument`(mistake: Mistake) throws
  {
    let text = Self.notebook(mistake.argument, before: mistake.before)
    let errors = try NotebookBench(text).check().problems.filter { $0.severity == .error }
    let error = try #require(errors.first)
    #expect(errors.count == 1, "\(errors.map(\.message))")
    #expect(error.message.contains(mistake.words), "\(error.message)")
    let lines = text.components(separatedBy: "\n")
    let start = try #require(error.range?.start)
    let rest = lines[start.line - 1].dropFirst(start.column - 1)
    #expect(rest.hasPrefix(mistake.place), "\(error.message): \(rest)")
  }

  @Test func `a schedule after a warm-up is compared with what the warm-up leaves`() throws {
    func remarks(_ schedule: String) throws -> [String] {
      try NotebookBench(Self.notebook("schedule: \(schedule)")).check().problems.map(\.message)
    }
    #expect(try remarks(".warmup(epochs: 1, then: .cosine(tMax: 1))").isEmpty)
    #expect(
      try remarks(".warmup(epochs: 1, then: .cosine(tMax: 2))").contains {
        $0.contains("tMax is 2 epochs but the training has 1 epoch after the warm-up")
      })
    #expect(
      try remarks(".warmup(batches: 6, then: .constant)").contains {
        $0.contains("the warm-up has 6 batches but the training has 6 batches, so ConstantLR never begins")
      })
  }

  @Test func `averaged weights are named in the report, and restored from the cache`() throws {
    let bench = try NotebookBench(
      Self.notebook("averaging: .ema(decay: 0.5)")
        + "\n```swift\nconfusionMatrix(evaluate(model, on: data))\n```\n")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("30 test images, averaged weights (EMA) after"))
    let report = bench.report
    #expect(try bench.ranAgain() == [])
    #expect(timeless(bench.report) == timeless(report))
  }

  @Test func `frozen layers stay frozen when earlier cells come from the cache`() throws {
    let text =
      Self.beginning + """
        ```swift
        //| label: freezing
        freeze(model, ["body"])
        ```
        ```swift
        //| label: training
        let history = train(model, on: data, epochs: 1, optimizer: .sgd(learningRate: RATE))
        save(model, to: "w.safetensors")
        ```
        """
    let bench = try NotebookBench(text.replacingOccurrences(of: "RATE", with: "0.1"))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("50 of 170 parameters are trained"))
    try text.replacingOccurrences(of: "RATE", with: "0.2").write(
      toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let fresh = try NotebookBench(text.replacingOccurrences(of: "RATE", with: "0.2"))
    #expect(fresh.run().exitCode == 0, "\(fresh.problems)")
    #expect(
      FileManager.default.contents(atPath: "\(bench.folder)/output/n/w.safetensors")
        == FileManager.default.contents(atPath: "\(fresh.folder)/output/n/w.safetensors"))
  }
}
