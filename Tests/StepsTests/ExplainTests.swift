import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// A reader sees what a prediction depends on, next to the image.
@Suite struct ExplainTests {
  private let observer = RecordingObserver()
  private var run: Run { observer.run }

  private func model(_ run: Run) throws -> Model {
    let layers: [any Layer] = [
      Conv2d(3, 4, kernelSize: 3), ReLU(), AdaptiveAvgPool2d(2), Flatten(), Linear(16, 10), LogSoftmax(),
    ]
    return try run.buildModel("M", elements: layers.map { LayerElement($0) })
  }

  @Test func `the gallery has each image with its class, and the map with the probability`() throws {
    let run = run
    let data = try run.loadData(.synthetic(train: 20, test: 20), batchSize: 10)
    let model = try model(run)
    try run.explain(model, on: data, count: 3)
    guard case .gallery(let gallery)? = observer.blocks.last else {
      Issue.record("no gallery")
      return
    }
    #expect(gallery.rows.map(\.title) == ["Image", "Grad-CAM"])
    #expect(gallery.rows.map(\.images.count) == [3, 3])
    #expect(gallery.caption?.contains("Grad-CAM of layer 0. ") == true)
    #expect(gallery.rows[1].images[0].caption.contains(/^[a-z]+ 0\.\d\d$/))
    try run.explain(model, on: data, count: 2, layer: "1", className: data.classNames[4])
    guard case .gallery(let other)? = observer.blocks.last else { return }
    #expect(other.rows[1].images.allSatisfy { $0.caption.hasPrefix("\(data.classNames[4]) ") })
    #expect(other.caption?.contains("Grad-CAM of layer 1. ") == true)
  }

  @Test func `heat colours a pixel from red to yellow, and none leaves it as it is`() {
    let pixels: [UInt8] = [10, 20, 30, 10, 20, 30]
    #expect(HeatOverlay.pixels(pixels, heat: [0, 1]) == [10, 20, 30, 169, 153, 11])
    #expect(HeatOverlay.pixels(pixels, heat: [.nan, 0]) == pixels)
  }

  @Test func `an unknown class or layer is named`() throws {
    let run = run
    let data = try run.loadData(.synthetic(train: 20, test: 20), batchSize: 10)
    let model = try model(run)
    let error = #expect(throws: TrainingError.self) {
      try run.explain(model, on: data, className: "zebra")
    }
    #expect(error?.description.hasPrefix("className must be a class of 'synthetic' (") == true)
    #expect(error?.description.hasSuffix("found 'zebra'") == true)
    #expect(throws: TrainingError.self) { try run.explain(model, on: data, layer: "5") }
  }
}
