import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

@Suite struct StepsTests {
  private let observer = RecordingObserver()
  private var run: Run { observer.run }

  private func model(_ run: Run) throws -> Model {
    let layers: [any Layer] = [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 10), LogSoftmax()]
    return try run.buildModel("M", elements: layers.map { LayerElement($0) })
  }

  @Test func requirementsAreComputedFromTheModel() throws {
    let list = try run.requirements(try Model.cifar10Net())
    #expect(list.allSatisfy { $0.passed == true })
    #expect(list.map(\.title).contains("Receptive field"))
    let pooled = try Model("P") {
      Conv2d(3, 8, kernelSize: 3)
      MaxPool2d(2)
      Flatten()
      Linear(1800, 200)
    }
    let failing = try run.requirements(pooled).filter { $0.passed == false }.map(\.title)
    #expect(
      failing == [
        "No max pooling", "Depthwise separable convolution", "Dilated convolution", "Global average pooling",
        "Parameters", "Receptive field",
      ])
  }

  /// A user who augments images for a regression sees what the augmentation does to them.
  @Test func imagesWithoutClassesAreAugmentedToo() throws {
    let data = try run.loadData(
      .synthetic(train: 20, test: 10, target: .angle), batchSize: 10, augmentation: [.horizontalFlip()])
    try run.showAugmentations(data, count: 3)
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    #expect(gallery.rows.map(\.images.count) == [3, 3, 3])
    #expect(gallery.rows[0].images[0].caption.contains(/^cosine -?\d\.\d\d, sine -?\d\.\d\d$/))
  }

  @Test func theGalleryHasTheOriginalsEachTransformAndThePipeline() throws {
    let data = try run.loadData(
      .synthetic(train: 40, test: 10), batchSize: 10, augmentation: [.horizontalFlip(), .shiftScaleRotate()])
    try run.showAugmentations(data, count: 4)
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    #expect(
      gallery.rows.map(\.title) == ["Original", "HorizontalFlip", "ShiftScaleRotate", "Full pipeline"])
    #expect(gallery.rows.allSatisfy { $0.images.count == 4 })
    #expect(gallery.rows[1].images[0].image != gallery.rows[0].images[0].image)
  }

  @Test func plotsAreWrittenAsPNGAndSVGUnderTheAssignmentsNames() throws {
    try run.plot(
      .schedule(.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4), batchesPerEpoch: 781, epochs: 50))
    #expect(observer.files["cyclic_lr.png"]?.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
    #expect(
      observer.files["cyclic_lr.svg"].map { String(decoding: $0, as: UTF8.self).contains("<svg") } == true)
  }

  @Test func secondFiguresDoNotReplaceTheFirst() throws {
    let run = run
    let history = History(
      modelName: "M", plannedEpochs: 1, batchesPerEpoch: 1, batchSize: 1, imagesPerEpoch: 1)
    try run.plot(.history(history))
    try run.plot(.history(history))
    #expect(
      observer.files.keys.sorted().filter { $0.hasSuffix("png") } == [
        "train_history-2.png", "train_history.png",
      ])
  }

  @Test func theSummaryBlockCarriesTheTable() throws {
    try run.summary(try Model.cifar10Net())
    guard case .layers(let layers)? = observer.blocks.last else {
      Issue.record("no table")
      return
    }
    #expect(layers.title == "CIFAR10Net: 199,368 parameters")
    #expect(layers.text.contains("Total params: 199,368"))
    let all = layers.groups.flatMap(\.layers)
    #expect(all.map(\.name) == ModelSummary(try Model.cifar10Net()).rows.map(\.name))
    #expect(all.reduce(0) { $0 + $1.parameters } == 199_368)
    #expect(layers.groups.compactMap(\.name).first == "block1")
    #expect(layers.groups.first?.layers.last?.output.contains(" × ") == true)
  }

  @Test func misclassifiedShowsTheHighestLossFirst() throws {
    let data = try run.loadData(.synthetic(train: 20, test: 20), batchSize: 10)
    let evaluation = try run.evaluate(try model(run), on: data)
    try run.misclassified(evaluation, on: data, count: 5)
    let losses = evaluation.misclassified(5).map(\.loss)
    #expect(losses == losses.sorted(by: >))
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    #expect(gallery.rows[0].images.count == 5)
    #expect(gallery.rows[0].images[0].caption.contains(" → "))
  }
}
