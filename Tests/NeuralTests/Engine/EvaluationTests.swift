import Testing

@testable import Neural

/// Optimised evaluation (strides pulled through, normalisation folded) against the plain forward pass.
@Suite struct EvaluationTests {
  static let networks: [(name: String, input: Shape, pulls: Bool, layers: [any Layer])] = [
    (
      "dilated block on odd sizes", Shape(5, 13, 11), true,
      [
        Conv2d(5, 8, kernelSize: 3, padding: 1), BatchNorm2d(8), ReLU(), Dropout2d(0),
        DilatedConv2d(8, 12, kernelSize: 3, padding: 2, dilation: 2), BatchNorm2d(12), ReLU(),
        DilatedConv2d(12, 6, kernelSize: 3, padding: 4, dilation: 4), BatchNorm2d(6), SiLU(),
        Conv2d(6, 4, kernelSize: 1, stride: 2), BatchNorm2d(4), ReLU(),
      ]
    ),
    (
      "stride 3 up to a depthwise convolution", Shape(6, 10, 9), true,
      [
        DepthwiseSeparableConv2d(6, 6, kernelSize: 3, padding: 1), BatchNorm2d(6),
        Conv2d(6, 7, kernelSize: 1, stride: 3, bias: false),
      ]
    ),
    (
      "a residual reads the pixels between", Shape(6, 10, 9), false,
      [
        Residual {
          Conv2d(6, 6, kernelSize: 1)
          BatchNorm2d(6)
        }, Conv2d(6, 7, kernelSize: 1, stride: 3, bias: false),
      ]
    ),
    (
      "a residual with a shortcut, both normalised", Shape(5, 8, 9), false,
      [
        Residual(
          shortcut: {
            Conv2d(5, 7, kernelSize: 1)
            BatchNorm2d(7)
          },
          {
            Conv2d(5, 7, kernelSize: 3, padding: 1)
            BatchNorm2d(7)
          }), ReLU(), Conv2d(7, 4, kernelSize: 1, stride: 2),
      ]
    ),
    (
      "a pooling is in the way", Shape(3, 8, 8), false,
      [MaxPool2d(2), ReLU(), Conv2d(3, 4, kernelSize: 1, stride: 2), BatchNorm2d(4)]
    ),
    (
      "grouped, without bias", Shape(4, 7, 7), false,
      [Conv2d(4, 6, kernelSize: 3, padding: 1, groups: 2, bias: false), BatchNorm2d(6), LeakyReLU()]
    ),
  ]

  @Test(arguments: networks.indices) func equalsThePlainForwardPass(_ index: Int) throws {
    let network = Self.networks[index]
    let model = try model(network.layers, input: network.input, seed: 3)
    var state = model.state
    for (number, name) in state.keys.sorted().enumerated() {
      let shape = try #require(state[name]).shape
      let values = normals(shape.reduce(1, *), seed: 11, number)
      state[name] = Tensor(
        shape: shape, values: name.hasSuffix("_var") ? values.map { 0.5 + abs($0) } : values)
    }
    let x = normals(2 * model.input.elements, seed: 12)
    let plain = try Probe(
      model, input: x, gradient: normals(2 * model.output.elements, seed: 13), state: state, frozen: true)
    let short = try Probe(model, input: x, gradient: nil, state: state)
    let deviation = Deviation(short.output, plain.output)
    #expect(deviation.largest < 1e-5, "\(network.name): \(deviation)")
    func descriptions(_ graph: ModelGraph) -> [String] { graph.nodes.map(\.operation.contentDescription) }
    #expect((descriptions(model.graph.pullingStridesThrough()) != descriptions(model.graph)) == network.pulls)
  }

  /// Small images share one pass over Winograd's weights: an image's result must not depend on the other images or
  /// on the batch size.
  @Test(arguments: [3, 5]) func companyChangesNothing(kernelSize: Int) throws {
    let model = try Model("Small", input: Shape(16, 8, 8), seed: 5) {
      Conv2d(16, 32, kernelSize: kernelSize, padding: kernelSize / 2)
      BatchNorm2d(32)
      ReLU()
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(32, 4)
    }
    #expect(
      WinogradStep.suits(
        Convolution(inChannels: 16, outChannels: 32, kernelSize: kernelSize, padding: kernelSize / 2),
        input: model.input))
    let images = normals(21 * model.input.elements, seed: 6)
    let plan = try Plan(
      model, batchSize: 21, loss: .crossEntropy(), threads: 3, seed: 0, mode: .inference)
    func answers(_ first: Int, _ count: Int) throws -> [Float] {
      var output = [Float](repeating: 0, count: count * 4)
      _ = try plan.evaluate(
        images: Array(images[first * model.input.elements..<(first + count) * model.input.elements]),
        labels: nil, count: count, into: &output)
      return output
    }
    let together = try answers(0, 21)
    #expect(try answers(0, 17) == Array(together.prefix(68)))
    #expect(try (0..<21).flatMap { try answers($0, 1) } == together)
  }
}
