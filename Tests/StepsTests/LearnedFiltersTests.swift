import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// A reader sees the filters that training shaped, and hears early of a model that has none.
@Suite struct LearnedFiltersTests {
  private let observer = RecordingObserver()
  private var run: Run {
    Run(RunSettings(threads: 1, output: FileManager.default.temporaryDirectory.path), observer: observer)
  }

  @Test func eachFilterIsScaledFromItsSmallestToItsLargestWeight() throws {
    let model = try Model("M") { Conv2d(3, 2, kernelSize: 3) }
    model.state["0.weight"] = Tensor(
      shape: [2, 3, 3, 3], values: (0..<27).map { Float($0) } + Array(repeating: 0.5, count: 27))
    try run.learnedFilters(model)
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    let images = gallery.rows.flatMap(\.images)
    try #require(images.count == 2)
    #expect(images[0].image.width == 3 && images[0].image.height == 3)
    // The pixels interleave the channels: weights 0, 9 and 18 of 26.
    #expect(images[0].image.pixels.prefix(3) == [0, 88, 177])
    #expect(images[0].image.pixels.last == 255)
    #expect(Set(images[1].image.pixels) == [128], "equal weights have no scale")
    #expect(images[1].alt == "filter 2 of layer 0")
  }

  @Test func weightsThatAreNotFiniteAreGrey() throws {
    let model = try Model("M", input: Shape(1, 4, 4)) { Conv2d(1, 1, kernelSize: 1) }
    model.state["0.weight"] = Tensor(shape: [1, 1, 1, 1], values: [.nan])
    try run.learnedFilters(model)
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    #expect(gallery.rows.first?.images.first?.image.pixels == [128, 128, 128])
  }

  @Test func aModelWithoutAConvolutionIsRefused() throws {
    let model = try Model("Flat") {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 2)
    }
    #expect(throws: TrainingError.self) { try run.learnedFilters(model) }
  }
}
