import Foundation
import Neural
import Testing

@testable import NotebookRunner

/// Photographs of different sizes in a notebook: mistakes are reported before the run, and images are decoded once.
@Suite struct PhotographRunTests {
  private func bench(_ text: String) throws -> NotebookBench {
    let bench = try NotebookBench(text)
    for name in ["cat", "dog"] {
      for index in 1...3 {
        let image = try Image(ImageSize(10 + index, 20 - index), color: RGB(UInt8(60 * index), 9, 9))
        try bench.write(image.png(), to: "pets/\(name)/\(index).png")
      }
    }
    return bench
  }

  private static let notebook = """
    ```swift parameters
    let batch = 2
    ```

    ```swift
    let data = loadData(.imageFolder("pets", prepare: [.smallestMaxSize(8), .centerCrop(6, 8)]), batchSize: batch)
    ```

    """

  @Test func `a second run finds the prepared images, and a fresh one decodes them again`() throws {
    let bench = try bench(Self.notebook)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.display.imagesRead == 6)
    // The step runs again, because its batch size is another one.
    bench.display.clear()
    #expect(bench.run(["batch=1"]).exitCode == 0, "\(bench.problems)")
    #expect(bench.display.imagesRead == 0)
    #expect(bench.report.contains("6 batches of 1") || bench.report.contains("4 batches of 1"))
    var options = bench.options()
    options.fresh = true
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 0)
    #expect(bench.display.imagesRead == 6)
  }

  @Test func `a cell that is not cached saves no images`() throws {
    let bench = try bench(Self.notebook.replacing("let data", with: "//| cache: false\nlet data"))
    for _ in 1...2 {
      bench.display.clear()
      #expect(bench.run().exitCode == 0, "\(bench.problems)")
      #expect(bench.display.imagesRead == 6)
    }
  }

  @Test(arguments: [
    (
      "[.smallestMaxSize(8), .centerCrop(6, 9)]",
      "n.md:6:73: error: centerCrop(6, 9): images may be smaller than the crop: here they have at least 8×8 pixels"
    ),
    ("[.smallestMaxSize(8)]", "n.md:6:52: error: after smallestMaxSize(8), images may have different sizes"),
    ("[]", "n.md:6:51: error: the list is empty, so images may have different sizes"),
    ("[.resize(8, 0)]", "n.md:6:63: error: resize: width must be in 1…1024, found 0"),
  ])
  func `a preparation that does not make images equally large is reported at its place`(
    list: String, expected: String
  ) throws {
    let bench = try bench(Self.notebook.replacing("[.smallestMaxSize(8), .centerCrop(6, 8)]", with: list))
    let problems = bench.check().rehearsed.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
    #expect(problems.hasPrefix(expected), "\(problems)")
  }

  /// Photographs are rarely square.
  @Test func `a model for images that are not square trains, evaluates and predicts`() throws {
    let bench = try bench(
      Self.notebook + """
        ```swift
        let model = buildModel("M", inputSize: 6, inputWidth: 8) {
          Conv2d(3, 4, kernelSize: 3, stride: 2, padding: 1); BatchNorm2d(4); ReLU()
          Flatten(); Linear(48, data.classNames.count); LogSoftmax()
        }
        summary(model)
        let field = receptiveField(model)
        let history = train(model, on: data, epochs: 1)
        let evaluation = evaluate(model, on: data)
        misclassified(evaluation, on: data)
        showAugmentations(data, count: 2)
        learnedFilters(model)
        predict(model, ["pets/cat/1.png"], on: data)
        ```

        """)
    #expect(bench.check().rehearsed.isEmpty, "\(bench.check().rehearsed)")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("3×6×8"))
    let wrong = try self.bench(
      Self.notebook + """
        ```swift
        let model = buildModel("M", inputSize: 8, inputWidth: 6) { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 2); LogSoftmax() }
        let history = train(model, on: data, epochs: 1)
        ```

        """)
    let problems = wrong.check().rehearsed.joined(separator: "\n")
    #expect(problems.contains("3×8×6") && problems.contains("3×6×8"), "\(problems)")
  }
}
