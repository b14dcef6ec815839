import Testing

@testable import NaiveTraining
@testable import Neural

/// All gradients of the assignment's network against the composed naive kernels.
@Suite struct NetworkGradientTests {
  static let tolerance = 5e-5

  /// The naive network uses the engine's ReLU masks: where rounding flips a sign, the gradients of two correct
  /// programs differ by 1e-2.
  @Test(arguments: InstructionSet.supported)
  func gradientsAreTheNaiveNetworks(_ kernels: String) throws {
    let model = try assignmentNetwork()
    let state = try SafetensorsFixture("net/initial.safetensors").tensors
    let batch = try SafetensorsFixture("net/batch.safetensors")
    let count = 2
    let images = Array(try #require(batch.tensors["images"]).values.prefix(count * model.input.elements))
    var gradient = [Float](repeating: 0, count: count * model.output.elements)
    for (image, label) in try #require(batch.integers["labels"]).prefix(count).enumerated() {
      gradient[image * model.output.elements + label] = -1 / Float(count)
    }
    let probe = try Probe(model, input: images, gradient: gradient, state: state, kernels: kernels)
    let naive = try NaiveNetwork(
      model.graph, state: state, images: channelsLast(images, model.input), gradient: gradient,
      masks: try masks(model, images, state, kernels))

    var worst = (name: "", norm: 0.0)
    var compared = 0
    for (name, expected) in naive.gradients {
      // The gradient of a bias before a normalisation is rounding noise.
      guard expected.contains(where: { abs($0) > 1e-6 }) else { continue }
      let deviation = Deviation(try #require(probe.gradients[name]).values, expected.map { Float($0) })
      if deviation.norm > worst.norm { worst = (name, deviation.norm) }
      #expect(deviation.norm <= Self.tolerance, "\(name): \(deviation)")
      compared += 1
    }
    print("naive network", kernels, "output", Deviation(probe.output, naive.output), "worst gradient", worst)
    // The weights of 22 convolutions, the weights and biases of 16 normalisations, and both tensors of the linear
    // layer.
    #expect(compared == 56)
    #expect(Deviation(probe.output, naive.output).norm <= Self.tolerance)
  }

  /// The mask of each ReLU, from runs of the network up to it.
  private func masks(
    _ model: Model, _ images: [Float], _ state: [String: Tensor], _ kernels: String
  ) throws -> [Int: [Bool]] {
    var masks: [Int: [Bool]] = [:]
    for (index, node) in model.graph.nodes.enumerated() where node.operation is ReLU {
      let length = try #require(Int(node.path)) + 1
      let prefix = try Model("Prefix", elements: Array(model.elements.prefix(length)))
      let gradient = [Float](
        repeating: 0, count: images.count / model.input.elements * prefix.output.elements)
      let probe = try Probe(prefix, input: images, gradient: gradient, state: state, kernels: kernels)
      masks[index] = channelsLast(probe.output, prefix.output).map { $0 > 0 }
    }
    return masks
  }
}
