import Foundation
import Testing

@testable import NotebookRunner

/// Whatever is wrong with a notebook or its environment, the result is a located error and an exit code.
@Suite struct BadInputTests {
  private func problems(_ text: String, exitCode: Int32 = 2, _ parameters: [String] = []) throws -> String {
    let bench = try NotebookBench(text)
    let outcome = bench.run(parameters)
    #expect(outcome.exitCode == exitCode, "\(bench.problems)")
    return bench.problems
  }

  @Test func aMissingNotebook() throws {
    let bench = try NotebookBench("")
    let outcome = NotebookRunner.run(bench.options("absent.md"), display: bench.display)
    #expect(outcome.exitCode == 2)
    #expect(bench.problems.hasPrefix("absent.md: error: "), "\(bench.problems)")
  }

  @Test func aFolderInsteadOfANotebook() throws {
    let bench = try NotebookBench("")
    let options = RunOptions(notebook: bench.folder, output: "\(bench.folder)/output")
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
  }

  @Test func bytesThatAreNotUTF8() throws {
    let bench = try NotebookBench("")
    try Data([0x23, 0x20, 0xFF, 0x0A]).write(to: URL(fileURLWithPath: "\(bench.folder)/n.md"))
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("UTF-8"), "\(bench.problems)")
  }

  @Test func anUnclosedFence() throws {
    #expect(try problems("Text\n\n```swift\nlet a = 1\n").contains("n.md:3:1: error: "))
  }

  @Test func frontMatterThatIsNotYAML() throws {
    #expect(try problems("---\ntitle: [unclosed\n---\n").contains("n.md:"))
  }

  @Test func unknownNamesAndLabelsAndTypes() throws {
    let text = try problems(
      """
      ```swift
      let a = loadDate(.cifar10)
      let b = loadData(.cifar10, batchsize: 3)
      let c: Modle = 3
      let d = loadData(.cifar11)
      let e: Int = "text"
      let f = 3
      let g: Double = f
      ```
      """)
    for expected in [
      "n.md:2:9: error: cannot find 'loadDate' in scope", "did you mean 'loadData'?", "n.md:3:", "batchSize",
      "n.md:4:8: error: cannot find type 'Modle' in scope", "n.md:5:", "cifar10", "n.md:6:14: error: ",
      "n.md:8:17: error: ",
    ] {
      #expect(text.contains(expected), "missing: \(expected)\n\(text)")
    }
  }

  @Test func anUnknownCellOption() throws {
    #expect(try problems("```swift\n//| labl: x\n```\n").contains("label"))
  }

  @Test func valuesOutOfRange() throws {
    for (cell, expected) in [
      ("loadData(.synthetic(), batchSize: 0)", "batchSize must be in 1…4096, found 0"),
      ("loadData(.synthetic(train: 0))", "0"),
      ("loadData(.synthetic(train: 20, test: 10), augmentation: [.horizontalFlip(p: 2)])", "2"),
      ("loadData(.synthetic(train: 20, test: 10), augmentation: [.randomCrop(40, 40)])", "40"),
      ("buildModel(\"m\", inputSize: 0) { ReLU() }", "inputSize"),
      ("buildModel(\"m\") { Conv2d(3, 5_000_000, kernelSize: 3) }", "outChannels must be in 1…1,048,576"),
      (
        "train(buildModel(\"m\") { Flatten(); Linear(3072, 10) }, on: loadData(.synthetic(train: 20, test: 10)), epochs: 1)",
        "loss .nll does not fit a model that ends in Linear; end the model in LogSoftmax()"
      ),
      ("buildModel(\"m\") { Dropout(1.5) }", "p must be at least 0 and below 1, found 1.5"),
      ("plot(.schedule(.step(stepSize: 0)))", "0"),
      ("showAugmentations(loadData(.synthetic(train: 20, test: 10)), count: 99)", "count"),
    ] {
      let text = try problems("```swift\n\(cell)\n```")
      #expect(text.contains("n.md:2:"), "\(text)")
      #expect(text.contains(expected), "\(cell): \(text)")
    }
  }

  @Test func runtimeMistakesInCells() throws {
    for cell in [
      "let a = [1, 2][5]", "let b = 1 / (1 - 1)", "let c = 9223372036854775807 + Int(1.0)",
      "func f(_ n: Int) -> Int { return f(n + 1) }\nlet d = f(0)", "let e = Int(1e300)",
    ] {
      #expect(try problems("```swift\n\(cell)\n```").contains("error: "))
    }
  }

  @Test func dataThatIsNotThere() throws {
    let bench = try NotebookBench("```swift\nlet data = loadData(.cifar10)\n```")
    var options = bench.options()
    options.data = "\(bench.folder)/nowhere"
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
    #expect(bench.problems.contains("folder not found"), "\(bench.problems)")
    options.data = bench.folder
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
    #expect(bench.problems.contains("CIFAR-10 not found"), "\(bench.problems)")
  }

  @Test func dataThatIsCutShort() throws {
    let bench = try NotebookBench("```swift\nlet data = loadData(.cifar10)\n```")
    let folder = "\(bench.folder)/cifar-10-batches-bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in [
      "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch",
    ] {
      try Data(count: 3073 * 2 + 7).write(to: URL(fileURLWithPath: "\(folder)/\(name).bin"))
    }
    var options = bench.options()
    options.data = bench.folder
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
    #expect(bench.problems.contains("data_batch_1.bin"), "\(bench.problems)")
  }

  @Test func aCheckpointOfAnotherModel() throws {
    let text = try problems(
      """
      ```swift
      let a = buildModel("A") { Conv2d(3, 4, kernelSize: 1) }
      let b = buildModel("B") { Conv2d(3, 5, kernelSize: 1); ReLU(); Conv2d(5, 5, kernelSize: 1) }
      save(a, to: "a.safetensors")
      loadWeights(b, from: "output/n/a.safetensors")
      ```
      """)
    #expect(text.contains("n.md:5:22: error: "), "\(text)")
    #expect(text.contains("0.weight"), "\(text)")
  }

  @Test func aCorruptPNG() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 20, test: 10), batchSize: 10)
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      predict(model, ["broken.png"], on: data)
      ```
      """)
    try Data([0x89, 0x50, 0x4E, 0x47, 1, 2, 3]).write(to: URL(fileURLWithPath: "\(bench.folder)/broken.png"))
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("broken.png"), "\(bench.problems)")
  }

  @Test func aPipeInsteadOfAFile() throws {
    let bench = try NotebookBench("")
    mkfifo("\(bench.folder)/pipe.md", 0o600)
    #expect(NotebookRunner.run(bench.options("pipe.md"), display: bench.display).exitCode == 2)
    mkfifo("\(bench.folder)/pipe.png", 0o600)
    let text =
      """
      let data = loadData(.synthetic(train: 20, test: 10), batchSize: 10)
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
      predict(model, ["pipe.png"], on: data)
      """
    try "```swift\n\(text)\n```".write(toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("pipe.png: cannot read the image: not a file"), "\(bench.problems)")
  }

  @Test func aReportThatCannotBeWrittenRunsNothing() throws {
    let bench = try NotebookBench("```swift\nprint(1)\n```")
    try FileManager.default.createDirectory(
      atPath: "\(bench.folder)/output/n.html", withIntermediateDirectories: true)
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("nothing was run"), "\(bench.problems)")
    #expect(bench.display.lines.isEmpty)
  }

  @Test func anOutputThatCannotBeWritten() throws {
    let bench = try NotebookBench("```swift\nprint(1)\n```")
    try Data().write(to: URL(fileURLWithPath: "\(bench.folder)/output"))
    #expect(bench.run().exitCode == 2)
    #expect(bench.problems.contains("cannot write the results"), "\(bench.problems)")
  }

  @Test func aLossThatIsNotFinite() throws {
    let text = try problems(
      smallNotebook.replacingOccurrences(of: "let rate = 0.01", with: "let rate = 1e30"), exitCode: 1)
    #expect(text.contains("the loss is not finite at epoch 1, batch "), "\(text)")
    #expect(text.contains("learning rate 1e+30"), "\(text)")
  }

  /// Every prefix of a valid notebook gives a result instead of a crash.
  @Test func everyTruncation() throws {
    let text = Array(smallNotebook)
    for length in stride(from: 0, to: text.count, by: 37) {
      let bench = try NotebookBench(String(text[..<length]))
      _ = NotebookRunner.check(bench.options())
    }
  }
}
