import Foundation
import Testing

@testable import Neural

/// Grad-CAM against PyTorch's (`Fixtures/gradcam.json`, written by `scripts/make-fixtures gradcam`).
@Suite struct GradCAMTests {
  private struct Reference: Decodable {
    struct Run: Decodable {
      let layer: String
      let `class`, height, width: Int
      let map, scaled: [Float]
    }
    let image: [Float]
    let state: [String: [Float]]
    let shapes: [String: [Int]]
    let probabilities: [Float]
    let runs: [Run]
  }

  private func network(dropout: Double = 0.5) throws -> Model {
    try model(
      [
        Conv2d(3, 6, kernelSize: 3, padding: 1), BatchNorm2d(6), ReLU(),
        Conv2d(6, 8, kernelSize: 3, stride: 2, padding: 1),
        Residual {
          Conv2d(8, 8, kernelSize: 3, padding: 1)
          BatchNorm2d(8)
          ReLU()
        },
        Dropout(dropout), AdaptiveAvgPool2d(2), Flatten(), Linear(32, 5), LogSoftmax(),
      ], input: Shape(3, 12, 12))
  }

  @Test func `maps and probabilities are PyTorch's`() throws {
    let reference = try JSONDecoder().decode(Reference.self, from: Fixtures.data("gradcam.json"))
    let model = try network()
    model.state = reference.state.reduce(into: [:]) {
      $0[$1.key] = Tensor(shape: reference.shapes[$1.key] ?? [], values: $1.value)
    }
    let pixels = channelsLast(reference.image, model.input)
    #expect(reference.runs.count == 6)
    for run in reference.runs {
      for threads in [1, 2] {
        let found = try GradCAM(model, layer: run.layer, threads: threads)
          .explain(pixels, classIndex: run.class)
        for (a, b) in zip(found.probabilities, reference.probabilities) { #expect(abs(a - b) < 1e-5) }
        #expect(found.map.height == run.height && found.map.width == run.width)
        let deviation = Deviation(found.map.values, run.map)
        #expect(deviation.largest < 1e-4, "layer \(run.layer), class \(run.class): \(deviation)")
        let scaled = Deviation(found.map.scaled(to: ImageSize(12, 12)), run.scaled)
        #expect(scaled.largest < 1e-4, "layer \(run.layer), class \(run.class): \(scaled)")
      }
    }
    let best = try #require(reference.runs.first)
    #expect(best.layer == "4.0")
    // The last convolution and the most probable class are the defaults.
    let found = try GradCAM(model, threads: 1).explain(pixels)
    #expect(found.classIndex == best.class && Deviation(found.map.values, best.map).largest < 1e-4)
  }

  @Test func `explaining leaves the model as it was`() throws {
    let model = try network()
    let before = model.state
    _ = try GradCAM(model, threads: 1).explain([Float](repeating: 0.5, count: model.input.elements))
    #expect(model.state == before)
  }

  @Test func `a map without positive values is black`() {
    let map = ActivationMap(height: 2, width: 2, values: [0, 0, 0, 0])
    #expect(map.scaled(to: ImageSize(3, 5)) == Array(repeating: 0, count: 15))
    let broken = ActivationMap(height: 1, width: 1, values: [.nan])
    #expect(broken.scaled(to: ImageSize(1, 1)) == [0])
  }

  @Test(arguments: ["nothing", "7", "9", "8", ""])
  func `a layer without an image is refused`(layer: String) throws {
    let model = try network()
    let error = #expect(throws: TrainingError.self) { try model.explainedLayer(layer) }
    #expect(
      error?.description
        == "layer must be a layer of 'Test' whose output is an image, for example '4.0', found '\(layer)'")
  }

  @Test func `a model without a convolution is refused`() throws {
    let flat = try model([AdaptiveAvgPool2d(1), Flatten(), Linear(3, 2)], input: Shape(3, 4, 4))
    #expect(throws: TrainingError.self) { try flat.explainedLayer(nil) }
  }
}
