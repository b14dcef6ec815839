import Foundation
import Support
import Testing

@testable import Neural

/// The outline of a data set, determined without reading it, matches the data read later.
@Suite struct DatasetOutlineTests {
  private func same(_ source: DataSource, _ locator: DatasetLocator, validation: Double) throws {
    let outline = try #require(try DatasetOutline.find(source, from: locator))
    let dataset = try Dataset.load(source, from: locator)
    #expect(outline.classNames == dataset.classNames)
    #expect(outline.imageSize == dataset.imageSize)
    #expect(outline.trainCount == dataset.train.count)
    #expect(outline.testCount == dataset.test.count)
    let told = try DataOutline(outline, batchSize: 3, validation: validation)
    let read = try ImageData(dataset, batchSize: 3, validation: validation, seed: 5)
    #expect(told.trainCount == read.train.count)
    #expect(told.heldCount == read.held.count)
    #expect(told.batchesPerEpoch == read.batchesPerEpoch)
  }

  @Test(arguments: [0, 0.13, 0.5]) func synthetic(validation: Double) throws {
    try same(.synthetic(train: 47, test: 12), DatasetLocator(), validation: validation)
  }

  @Test(arguments: [0, 0.3]) func foldersOfImages(validation: Double) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let png = try #require(try Dataset.synthetic(train: 1, test: 1).train.image(at: 0)).png()
    for (name, count) in [("a", 7), ("b", 4)] {
      try AtomicFile.createDirectory("\(folder)/\(name)")
      for index in 0..<count { try AtomicFile.write(png, to: "\(folder)/\(name)/\(index).png") }
    }
    try same(.imageFolder(folder, size: 16), DatasetLocator(), validation: validation)
    try AtomicFile.write("no image", to: "\(folder)/b/0.png")
    #expect(throws: ImageError.self) { try DatasetOutline.find(.imageFolder(folder), from: DatasetLocator()) }
  }

  @Test func weightsAreDrawnWhenAskedFor() throws {
    let layers = [LayerElement(Conv2d(3, 2, kernelSize: 1))]
    let (a, b) = (try Model("A", seed: 4, elements: layers), try Model("A", seed: 4, elements: layers))
    #expect(a.state == b.state)
    let given = a.state.mapValues { Tensor(shape: $0.shape, values: $0.values.map { $0 + 1 }) }
    b.state = given
    #expect(b.state == given)
  }
}
