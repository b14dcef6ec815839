import Foundation
import Testing

@testable import Neural

/// Gradients in mixed precision on the fixture's batch, compared with PyTorch's in single precision.
@Suite struct MixedPrecisionTests {
  /// The distances that `scripts/make-fixtures autocast` writes.
  private struct Autocast: Decodable {
    struct Distances: Decodable {
      var whole: Double
      var median: Double
      var tensors: [String: Double]
    }
    /// The better of autocast's two memory formats.
    var autocast: Distances
  }

  @Test(.enabled(if: InstructionSet.current.hasBFloat16, "this processor has no bfloat16 products"))
  func gradientsAreAsCloseAsPyTorchsAutocastIs() throws {
    let autocast = try JSONDecoder().decode(Autocast.self, from: Fixtures.data("net/autocast.json")).autocast
    let model = try assignmentNetwork()
    let plan = try Plan(
      model, batchSize: 64, loss: .nll, threads: 2, seed: 0, precision: .mixedBFloat16)
    #expect(plan.precision == .mixedBFloat16)
    try plan.load(try SafetensorsFixture("net/initial.safetensors").tensors)
    let batch = try SafetensorsFixture("net/batch.safetensors")
    let images = channelsLast(try #require(batch.tensors["images"]).values, model.input)
    let labels = try #require(batch.integers["labels"]).map { Int32($0) }
    _ = try plan.trainStep(images: images, labels: labels, count: 64, step: 0)

    let exact = try SafetensorsFixture("net/gradients.safetensors").tensors
    let found = plan.tensors(from: UnsafeBufferPointer(plan.gradients))
    // Tensors whose gradient is more than rounding noise.
    let names = autocast.tensors.keys.sorted()
    let distances = try names.map { name in
      Deviation(try #require(found[name]).values, try #require(exact[name]).values).norm
    }.sorted()
    let whole = Deviation(
      names.flatMap { found[$0]?.values ?? [] }, names.flatMap { exact[$0]?.values ?? [] })
    // As in Python: the mean of the two middle values.
    let median = (distances[(distances.count - 1) / 2] + distances[distances.count / 2]) / 2
    print("mixed precision: whole", whole.norm, "median", median)
    print("PyTorch's autocast: whole", autocast.whole, "median", autocast.median)
    #expect(distances.count == 56)
    #expect(whole.norm <= autocast.whole)
    #expect(median <= autocast.median)
  }
}
