import Foundation
import Testing

@testable import NotebookRunner

/// Errors that depend on values are found before anything runs, each at its place.
@Suite struct RehearsalFaultTests {
  private static let prelude = """
    let data = loadData(.synthetic(train: 100, test: 50), batchSize: 20)
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    """

  /// The problems that `check` finds in a cell, without the notebook's path; the cell starts on line 2.
  private func problems(_ cell: String) throws -> String {
    let bench = try NotebookBench("```swift\n\(cell)\n```\n")
    let report = NotebookRunner.check(bench.options())
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/output"), "check writes nothing")
    return report.rehearsed.joined(separator: "\n").replacingOccurrences(of: "\(bench.folder)/", with: "")
  }

  @Test(arguments: [
    (
      "let m = buildModel(\"M\") { Conv2d(3, 8, kernelSize: 3); Dropout2d(1.5) }",
      """
      n.md:2:66: error: Dropout2d: p must be at least 0 and below 1, found 1.5
        let m = buildModel("M") { Conv2d(3, 8, kernelSize: 3); Dropout2d(1.5) }
                                                                         ^~~
      """
    ),
    (
      "let p = 2.0\nlet list = [Augmentation.horizontalFlip(p: p)]",
      """
      n.md:3:44: error: horizontalFlip: p must be in 0…1, found 2.0
        let list = [Augmentation.horizontalFlip(p: p)]
                                                   ^
      """
    ),
    (
      "let data = loadData(.synthetic(train: 100, test: 50), augmentation: [.horizontalFlip(), .randomCrop(40, 40)])",
      """
      n.md:2:89: error: augmentation 2, RandomCrop: cannot crop 40×40 (height×width) from images of 32×32; \
      use a smaller crop (at least 1×1) or more padding before it
        let data = loadData(.synthetic(train: 100, test: 50), augmentation: [.horizontalFlip(), .randomCrop(40, 40)])
                                                                                                ^~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "let o = Optimizer.sgd(learningRate: 0.1, nesterov: true)",
      """
      n.md:2:52: error: SGD: nesterov requires momentum above 0, found 0; set momentum: 0.9 or remove nesterov
        let o = Optimizer.sgd(learningRate: 0.1, nesterov: true)
                                                           ^~~~
      """
    ),
    (
      "let s = Schedule.multiStep(milestones: [40, 30])",
      """
      n.md:2:40: error: MultiStepLR: milestones must be epochs in ascending order, at least 0; found [40, 30]
        let s = Schedule.multiStep(milestones: [40, 30])
                                               ^~~~~~~~
      """
    ),
    (
      "let data = loadData(.synthetic(train: 10, test: 10), batchSize: 20, dropLast: true)",
      """
      n.md:2:12: error: 10 training images do not fill a batch of 20 and dropLast is true; lower batchSize
        let data = loadData(.synthetic(train: 10, test: 10), batchSize: 20, dropLast: true)
                   ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "let data = loadData(.imageFolder(\"flowers\"))",
      """
      n.md:2:21: error: flowers not found; looked in flowers, data/flowers
        let data = loadData(.imageFolder("flowers"))
                            ^~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
  ])
  func eachIsLocated(cell: String, expected: String) throws {
    #expect(try problems(cell) == expected)
  }

  @Test(arguments: [
    (
      "train(model, on: data, epochs: -1)",
      """
      n.md:4:32: error: train: epochs must be in 1…100,000, found -1
        train(model, on: data, epochs: -1)
                                       ^~
      """
    ),
    (
      "train(model, on: data, epochs: 200_000)",
      """
      n.md:4:32: error: train: epochs must be in 1…100,000, found 200000
        train(model, on: data, epochs: 200_000)
                                       ^~~~~~~
      """
    ),
    (
      "train(model, on: data, epochs: 3, optimizer: .sgd(), schedule: .oneCycle(maxLR: 0.1))",
      """
      n.md:4:64: error: OneCycleLR cycles the momentum, but SGD has none; set momentum: 0.9 in the optimizer \
      or cycleMomentum: false in the schedule
        train(model, on: data, epochs: 3, optimizer: .sgd(), schedule: .oneCycle(maxLR: 0.1))
                                                                       ^~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "train(model, on: data, epochs: 3, schedule: .oneCycle(maxLR: 0.1, totalSteps: 14))",
      """
      n.md:4:45: error: OneCycleLR: totalSteps is 14, but the training has 15 batches; remove totalSteps to match \
      the training
        train(model, on: data, epochs: 3, schedule: .oneCycle(maxLR: 0.1, totalSteps: 14))
                                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "train(model, on: data, epochs: 50, schedule: .cosine(tMax: 30))",
      """
      n.md:4:46: warning: CosineAnnealingLR is shorter than the training: tMax is 30 epochs but the training has 50 \
      epochs, so the rate rises again after epoch 30 [QR018]
        train(model, on: data, epochs: 50, schedule: .cosine(tMax: 30))
                                                     ^~~~~~~~~~~~~~~~~
      """
    ),
    (
      "train(model, on: data, epochs: 2, schedule: .cyclic(baseLR: 1e-4, maxLR: 0.01))",
      """
      n.md:4:45: warning: CyclicLR is longer than the training: a cycle takes 4000 batches but the training has 10 [QR017]
        train(model, on: data, epochs: 2, schedule: .cyclic(baseLR: 1e-4, maxLR: 0.01))
                                                    ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "save(model, to: \"../w.safetensors\")",
      """
      n.md:4:17: error: to must be a path inside the results folder that ends in .safetensors or .onnx, found '../w.safetensors'
        save(model, to: "../w.safetensors")
                        ^~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "loadWeights(model, from: \"w.safetensors\")",
      """
      n.md:4:26: error: cannot open w.safetensors: No such file or directory
        loadWeights(model, from: "w.safetensors")
                                 ^~~~~~~~~~~~~~~
      """
    ),
    (
      "predict(model, [\"a.png\"], on: data)",
      """
      n.md:4:17: error: a.png: cannot read the image: No such file or directory
        predict(model, ["a.png"], on: data)
                        ^~~~~~~
      """
    ),
    (
      "let other = buildModel(\"O\", inputSize: 64) { Flatten(); Linear(12288, 10) }\nevaluate(other, on: data)",
      """
      n.md:5:1: error: the model expects images of 3×64×64 (channels×height×width), but the data has 3×32×32; \
      build the model with inputSize: 32
        evaluate(other, on: data)
        ^~~~~~~~~~~~~~~~~~~~~~~~~
      """
    ),
    (
      "let h = train(model, on: data, epochs: 1)\nmisclassified(evaluate(model, on: data), on: data, count: 999)",
      """
      n.md:5:59: error: misclassified: count must be in 1…100, found 999
        misclassified(evaluate(model, on: data), on: data, count: 999)
                                                                  ^~~
      """
    ),
  ])
  func eachOfTheStepsToo(cell: String, expected: String) throws {
    #expect(try problems(Self.prelude + "\n" + cell) == expected)
  }

  @Test func independentFaultsAreFoundTogether() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.synthetic(train: 100, test: 50), batchSize: 20)
      let model = buildModel("A") { Conv2d(3, 8, kernelSize: 0); Dropout2d(1.5) }
      ```

      ```swift
      let typo = trian(1)
      ```

      ```swift
      summary(model)
      train(model, on: data, epochs: 0)
      let other = buildModel("B") {
        Conv2d(3, 8, kernelSize: 3)
        Conv2d(9, 8, kernelSize: 3)
      }
      ```

      Text `{swift} [1][3]` and `{swift} typo`.

      ```swift
      for rate in [0.1, -0.1, -0.2] { let o = Optimizer.sgd(learningRate: rate) }
      loadWeights(other, from: "gone.safetensors")
      ```
      """)
    let report = NotebookRunner.check(bench.options())
    let places = report.rehearsed.map {
      $0.replacingOccurrences(of: "\(bench.folder)/n.md:", with: "").prefix { $0 != " " }
    }
    #expect(
      places == ["3:56:", "3:70:", "7:12:", "12:32:", "15:3:", "19:15:", "22:69:"], "\(report.rehearsed)")
    #expect(report.errors == 7)
    #expect(bench.run().exitCode == 2)
    #expect(bench.display.lines.isEmpty)
  }

  @Test func weightsAreComparedByNamesAndShapes() throws {
    let good = """
      let a = buildModel("A") { Conv2d(3, 4, kernelSize: 1) }
      save(a, to: "a.safetensors")
      """
    let bench = try NotebookBench("```swift\n\(good)\n```")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    try """
    ```swift
    let b = buildModel("B") { Conv2d(3, 5, kernelSize: 1) }
    loadWeights(b, from: "output/n/a.safetensors")
    ```
    """.write(toFile: "\(bench.folder)/n.md", atomically: true, encoding: .utf8)
    let report = NotebookRunner.check(bench.options())
    #expect(report.rehearsed.first?.contains("shapes differ: 0.weight expected [5, 3, 1, 1]") == true)
    #expect(report.rehearsed.first?.contains("n.md:3:22: error: ") == true, "\(report.rehearsed)")
  }

  @Test func dataIsFoundButNotRead() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.cifar10, batchSize: 64, dropLast: true, validation: 0.1)
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 100); LogSoftmax() }
      print([1][data.batchesPerEpoch - 703])
      train(model, on: data, epochs: 1)
      ```
      """)
    // Files of the right size whose first label is invalid: reading them would fail.
    let folder = "\(bench.folder)/cifar-10-batches-bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in (1...5).map({ "data_batch_\($0)" }) + ["test_batch"] {
      let path = "\(folder)/\(name).bin"
      try Data([0xFF]).write(to: URL(fileURLWithPath: path))
      #expect(truncate(path, 3073 * 10_000) == 0)
    }
    var options = bench.options()
    options.data = bench.folder
    let report = NotebookRunner.check(options)
    #expect(report.errors == 1, "\(report.rehearsed)")
    #expect(report.rehearsed.first?.contains("the model predicts 100 classes but the data has 10") == true)

    #expect(truncate("\(folder)/data_batch_3.bin", 3073) == 0)
    let cut = NotebookRunner.check(options)
    #expect(cut.rehearsed.first?.contains("data_batch_3.bin: truncated file: 3073 bytes") == true)
    #expect(cut.rehearsed.first?.contains("n.md:2:21: error: ") == true, "\(cut.rehearsed)")

    try FileManager.default.removeItem(atPath: "\(folder)/data_batch_3.bin")
    #expect(NotebookRunner.check(options).rehearsed.first?.contains("data_batch_3.bin is missing") == true)
  }

  @Test func aPlaceThatCannotBeWrittenIsSaidAndNothingIsMade() throws {
    let bench = try NotebookBench("```swift\nprint(1)\n```")
    try Data().write(to: URL(fileURLWithPath: "\(bench.folder)/output"))
    let report = NotebookRunner.check(bench.options())
    #expect(report.errors == 1)
    #expect(report.rehearsed.first?.contains("output is not a folder") == true, "\(report.rehearsed)")
  }
}
