import Testing

@testable import NaiveTraining
@testable import Neural

/// Convolutions of narrow groups against the naive ones, with every width that has a kernel of its own: ResNeXt's
/// networks have groups of four channels.
@Suite struct ChannelwiseTests {
  @Test(arguments: [(1, 19), (2, 22), (4, 20), (4, 36), (8, 24)], InstructionSet.supported)
  func reference(_ size: (width: Int, channels: Int), kernels: String) throws {
    for (kernel, stride, padding, dilation) in [
      (3, 1, 1, 1), (3, 2, 1, 1), (5, 1, 0, 1), (3, 1, 3, 2), (1, 1, 0, 1),
    ] {
      let convolution = Convolution(
        inChannels: size.channels, outChannels: size.channels, kernelSize: kernel, stride: stride,
        padding: padding, dilation: dilation, groups: size.channels / size.width)
      #expect(convolution.isChannelwise)
      let model = try model([Conv2d(convolution)], input: Shape(size.channels, 7, 6))
      let images = normals(5 * model.input.elements, seed: 6, 1)
      let dy = normals(5 * model.output.elements, seed: 6, 2)
      let one = try Probe(model, input: images, gradient: dy, kernels: kernels)
      let many = try Probe(model, input: images, gradient: dy, threads: 4, kernels: kernels)
      #expect(one.output == many.output && one.inputGradient == many.inputGradient)
      let naive = try NaiveNetwork(
        model.graph, state: model.state, images: channelsLast(images, model.input),
        gradient: channelsLast(dy, model.output), masks: [:])
      #expect(Deviation(channelsLast(one.output, model.output), naive.output).norm <= 2e-6)
      for (name, gradient) in one.gradients {
        #expect(many.gradients[name]?.values == gradient.values, "\(name), 4 threads")
        let deviation = Deviation(gradient.values, try #require(naive.gradients[name]).map { Float($0) })
        #expect(deviation.norm <= 2e-6, "\(name): \(deviation)")
      }
      // The product of the input gradient with x equals that of the output gradient with the output, without bias.
      func dot(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      let zero = try Probe(
        model, input: [Float](repeating: 0, count: images.count), gradient: dy, kernels: kernels)
      let difference = dot(dy, one.output) - dot(dy, zero.output)
      let scale = (dot(dy, dy) * dot(one.output, one.output)).squareRoot()
      #expect(abs(dot(one.inputGradient, images) - difference) <= 1e-5 * scale, "input's gradient")
    }
  }
}
