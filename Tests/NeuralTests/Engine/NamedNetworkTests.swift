import Benchmarks
import Foundation
import Testing

@testable import NaiveTraining
@testable import Neural

/// Loss and gradients of the networks of `quire bench` against PyTorch's, on two images and without dropout
/// (`Fixtures/networks.json`, written by `scripts/make-fixtures networks`).
///
/// A wrong kernel would train a user's network to worse weights without any error. These networks reach every way of
/// computing a layer: 1×1, 3×3, 5×5 and 7×7, strided, grouped and depthwise convolutions, wide linear layers, all
/// normalisations.
@Suite struct NamedNetworkTests {
  /// One network's results in PyTorch, in double precision.
  struct Expected: Decodable {
    /// Channels, height and width.
    var input: [Int]
    var seed: Int
    var loss: Double
    /// By the bias's position: steps by which each channel is shifted, so that no input of a ReLU is near 0.
    var shifts: [String: [Int]]
    /// By position: the norm, then the products with vectors of random signs.
    var gradients: [[Double]]
  }

  static let step = 0x1p-13
  static let tolerance = 5e-5

  /// In single precision, avx512bf16 has the kernels of avx512. The portable kernels would take as long as all others
  /// together; the tests of operations cover them.
  static let kernels = InstructionSet.supported.filter { $0 != "avx512bf16" && $0 != "portable" }

  @Test(arguments: BenchmarkNetwork.allCases, kernels)
  func lossAndGradientsArePyTorchs(network: BenchmarkNetwork, kernels: String) throws {
    let file = SafetensorsFixture.folder.appendingPathComponent("networks.json")
    let all = try JSONDecoder().decode([String: Expected].self, from: Data(contentsOf: file))
    let expected = try #require(all[network.rawValue])
    let model = try network.model(input: Shape(expected.input), dropsOut: false)
    let trained = model.graph.parameters.filter { $0.specification.isTrained }
    #expect(trained.count == expected.gradients.count)
    let count = 2
    let images = FormulaTensors.uniform(
      (1 << 20) + expected.seed, count: count * model.input.elements, bound: 2)
    let state = try state(model, expected)
    var gradient = [Float](repeating: 0, count: count * model.output.elements)
    let labels = (0..<count).map { (3 * $0 + 1) % 10 }
    for (image, label) in labels.enumerated() {
      gradient[image * model.output.elements + label] = -1 / Float(count)
    }
    let probe = try Probe(
      model, input: images, gradient: gradient, state: state, threads: 2, kernels: kernels)

    let loss = labels.enumerated().reduce(0.0) { loss, item in
      loss - Double(probe.output[item.offset * model.output.elements + item.element]) / Double(count)
    }
    #expect(abs(loss - expected.loss) <= 1e-5 * max(1, expected.loss), "loss \(loss), not \(expected.loss)")
    var worst = (name: "", deviation: 0.0)
    for (position, (parameter, digest)) in zip(trained, expected.gradients).enumerated() {
      // The gradient of a bias before a normalisation is rounding noise.
      guard digest[0] > 1e-9 else { continue }
      let tensor = try #require(probe.gradients[parameter.name])
      let found = FormulaTensors.digest(position, tensor.values)
      let products = zip(found.dropFirst(), digest.dropFirst()).map { ($0 - $1) * ($0 - $1) }
      let deviation =
        max((products.reduce(0, +) / Double(products.count)).squareRoot(), abs(found[0] - digest[0]))
        / digest[0]
      if !(deviation <= worst.deviation) { worst = (parameter.name, deviation) }
      #expect(deviation <= Self.tolerance, "\(parameter.name): \(deviation)")
    }
    print("named network", network.rawValue, kernels, "loss", loss - expected.loss, "worst gradient", worst)
  }

  /// The weights of the formula, with the biases shifted.
  private func state(_ model: Model, _ expected: Expected) throws -> [String: Tensor] {
    var state: [String: Tensor] = [:]
    let trained = model.graph.parameters.filter { $0.specification.isTrained }
    for (position, parameter) in trained.enumerated() {
      let shape = parameter.specification.shape
      var values = FormulaTensors.initial(
        position, shape: shape, isScale: shape.count == 1 && parameter.specification.name == "weight")
      for (channel, steps) in (expected.shifts["\(position)"] ?? []).enumerated() {
        values[channel] = Float(Double(values[channel]) + Double(steps) * Self.step)
      }
      state[parameter.name] = Tensor(shape: shape, values: values)
    }
    return state
  }
}
