import Testing

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
      try expectNaive(model, seed: 6, threads: 4, kernels: kernels)
    }
  }
}
