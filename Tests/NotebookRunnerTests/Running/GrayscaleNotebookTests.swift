import Foundation
import Testing

@testable import NotebookRunner

/// Grayscale images work in every step, and what does not fit them is found before anything runs.
@Suite struct GrayscaleNotebookTests {
  private func bench(_ cell: String) throws -> NotebookBench {
    let bench = try NotebookBench("```swift\n\(cell)\n```\n")
    try bench.writeImages("pets/cat/1.png pets/cat/2.png pets/cat/3.png pets/dog/1.png pets/dog/2.png")
    return bench
  }

  private func problems(_ cell: String) throws -> String {
    let bench = try bench(cell)
    return bench.check().rehearsed.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
  }

  private static let load = "loadData(.imageFolder(\"pets\", size: 8, colorMode: .grayscale), batchSize: 2"

  @Test(arguments: [
    (
      "let data = \(load), augmentation: [.horizontalFlip(), .hueSaturationValue()])",
      """
      n.md:2:123: error: augmentation 2, HueSaturationValue: hueShiftLimit must be 0 for grayscale images, which have \
      neither hue nor saturation, found 20.0
      """
    ),
    (
      "let data = \(load), augmentation: [.normalize()])",
      """
      n.md:2:104: error: augmentation 1, Normalize: mean must be one number in 0…1, as the images are grayscale, found \
      [0.4914, 0.4822, 0.4465]
      """
    ),
    (
      """
      let data = \(load))
      let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 2); LogSoftmax() }
      evaluate(model, on: data)
      """,
      """
      n.md:4:1: error: the model expects images of 3×32×32 (channels×height×width), but the data has 1×8×8; build the \
      model with inputSize: 8, inputChannels: 1
      """
    ),
    (
      "let model = buildModel(\"M\") { Conv2d(1, 2, kernelSize: 3); AdaptiveAvgPool2d(1); Flatten(); Linear(2, 2) }",
      """
      n.md:2:31: error: Conv2d '0' expects 1 input channels, found 3×32×32 (channels×height×width) from the layer \
      before it; for grayscale images, build the model with inputChannels: 1
      """
    ),
    (
      "let model = buildModel(\"M\", inputChannels: 4) { AdaptiveAvgPool2d(1); Flatten(); Linear(4, 2) }",
      "n.md:2:44: error: buildModel: inputChannels must be in 1…3, found 4"
    ),
  ])
  func `what needs three channels is an error at its place`(cell: String, expected: String) throws {
    let found = try problems(cell)
    #expect(found.hasPrefix(expected + "\n"), "\(found)")
  }

  @Test func `missing digits are an error, not drawings in colour`() throws {
    #expect(
      try problems("let data = loadData(.mnist)\nprint(data.batchesPerEpoch)").contains(
        "n.md:2:21: error: MNIST not found; looked in "))
  }

  @Test func `every step takes grayscale images`() throws {
    let bench = try bench(
      """
      let data = \(Self.load), augmentation: [.padIfNeeded(minHeight: 10, minWidth: 10), .randomCrop(8, 8)])
      describeData(data)
      showAugmentations(data, count: 2)
      let model = buildModel("Small", inputSize: 8, inputChannels: 1) {
        Conv2d(1, 2, kernelSize: 3); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(2, 2); LogSoftmax()
      }
      summary(model)
      let history = train(model, on: data, epochs: 1)
      let evaluation = evaluate(model, on: data)
      misclassified(evaluation, on: data)
      learnedFilters(model)
      predict(model, ["pets/cat/1.png"], on: data)
      """)
    #expect(bench.check().rehearsed.isEmpty)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("8×8 pixels") && bench.report.contains("grayscale"))
    // All these images are black.
    #expect(bench.display.warnings.contains { $0.contains("2 images of the 2 test images also are in") })
  }
}
