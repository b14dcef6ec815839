/// A 2-D convolution with a square kernel (PyTorch: `nn.Conv2d`).
///
/// Input [N, in, H, W] to output [N, out, H', W'], H' = ⌊(H + 2·padding − dilation·(kernel−1) − 1) / stride⌋ + 1.
/// Weights and bias are initialised uniformly in ±1/√fan_in.
///
///     Conv2d(64, 16, kernelSize: 1, stride: 2)
public struct Conv2d: Operation {
  /// The geometry of the convolution.
  public let convolution: Convolution

  /// Creates the layer; see ``Convolution`` for the parameters.
  public init(
    _ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0,
    dilation: Int = 1, groups: Int = 1, bias: Bool = true
  ) {
    self.init(
      Convolution(
        inChannels: inChannels, outChannels: outChannels, kernelSize: kernelSize, stride: stride,
        padding: padding, dilation: dilation, groups: groups, bias: bias))
  }

  init(_ convolution: Convolution) { self.convolution = convolution }

  public var typeName: String { "Conv2d" }

  public var contentDescription: String {
    let c = convolution
    return
      "conv2d \(c.inChannels) \(c.outChannels) \(c.kernelSize) \(c.stride) \(c.padding) \(c.dilation) \(c.groups) "
      + "\(c.bias)"
  }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    let c = convolution
    try check("inChannels", c.inChannels, LayerRange.sizes)
    try check("outChannels", c.outChannels, LayerRange.sizes)
    try check("groups", c.groups, LayerRange.sizes)
    guard c.inChannels.isMultiple(of: c.groups), c.outChannels.isMultiple(of: c.groups) else {
      throw .value(
        name: "groups", expected: "a divisor of both \(c.inChannels) and \(c.outChannels) channels",
        found: "\(c.groups)")
    }
    try checkImage(input, channels: c.inChannels)
    return try windowed(
      input, kernel: c.kernelSize, stride: c.stride, padding: c.padding, dilation: c.dilation,
      channels: c.outChannels)
  }

  public var declaredOutput: DeclaredOutput { .channels(convolution.outChannels) }
  public var parameters: [ParameterSpecification] {
    let c = convolution
    let (inputs, taps) = (c.inChannels / max(1, c.groups), c.kernelSize * c.kernelSize)
    let weight = ParameterSpecification(
      "weight", [c.outChannels, inputs, c.kernelSize, c.kernelSize], .uniform(fanIn: inputs * taps),
      layout: c.isChannelwise
        ? .channelwise(channels: c.outChannels, taps: taps, width: inputs)
        : .convolution(
          outputs: c.outChannels / max(1, c.groups), inputs: inputs, taps: taps, groups: c.groups))
    guard c.bias else { return [weight] }
    return [weight, ParameterSpecification("bias", [c.outChannels], .uniform(fanIn: inputs * taps))]
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int {
    let c = convolution
    return output.elements * c.kernelSize * c.kernelSize * (c.inChannels / max(1, c.groups))
  }

  public var window: PixelWindow {
    .window(size: (convolution.kernelSize - 1) * convolution.dilation + 1, stride: convolution.stride)
  }

  public var hasSummaryRow: Bool { true }

  /// If the zero padding preserves the image's size, reducing the dilation suffices, and a 1×1 kernel does not
  /// change. Every other convolution takes over the stride and reads all pixels.
  public func subsampled(by stride: Int) -> Subsampled? {
    var changed = convolution
    let keepsSize =
      convolution.stride == 1
      && 2 * convolution.padding == convolution.dilation * (convolution.kernelSize - 1)
    if keepsSize, convolution.kernelSize == 1 {
      return Subsampled(operation: self, readsSubsampledInput: true)
    }
    if keepsSize, convolution.dilation.isMultiple(of: stride), convolution.padding.isMultiple(of: stride) {
      changed.dilation /= stride
      changed.padding /= stride
      return Subsampled(operation: Conv2d(changed), readsSubsampledInput: true)
    }
    changed.stride *= stride
    return Subsampled(operation: Conv2d(changed), readsSubsampledInput: false)
  }

  /// Evaluations fold the following normalisation into the weights.
  public func lowered(_ node: inout Lowering) -> Lowered? {
    let c = convolution
    let folding = node.options.trains ? nil : folding(&node)
    guard let geometry = ConvolutionGeometry(c, input: node.input, output: node.output) else { return nil }
    let kernel = ConvolutionKernel(c, input: node.input, output: node.output, options: node.options)
    let parameters = ConvolutionParameters(
      c, weight: node.offset(of: "weight"), bias: c.bias ? node.offset(of: "bias") : nil, folding: folding,
      addsByGroup: node.options.trains && !kernel.isBatched, buffers: &node.buffers)
    switch kernel {
    case .directBatch:
      return BatchConvolutionStep(
        geometry, inputStride: node.inputStride, parameters, options: node.options, buffers: &node.buffers
      ).map { .step($0) }
    case .filterPerChannel: return .step(Depthwise3x3Step(geometry, parameters))
    case .channelwise: return .step(ChannelwiseStep(geometry, parameters, buffers: &node.buffers))
    case .pointwise:
      return PointwiseStep(
        c, pixels: geometry.pixels, parameters, options: node.options, buffers: &node.buffers
      ).map { .step($0) }
    case .winogradBatch:
      return .step(
        WinogradBatchStep(c, input: node.input, parameters, options: node.options, buffers: &node.buffers))
    case .winograd:
      return .step(
        WinogradStep(c, input: node.input, parameters, options: node.options, buffers: &node.buffers))
    case .direct: return .step(ConvolutionStep(geometry, parameters, buffers: &node.buffers))
    }
  }

  public func onnx(_ node: inout ONNXLowering) {
    let c = convolution
    let inputs = c.inChannels / c.groups
    var parameters = [node.parameter("weight", [c.outChannels, inputs, c.kernelSize, c.kernelSize])]
    if c.bias { parameters.append(node.parameter("bias", [c.outChannels])) }
    var attributes = node.window(kernelSize: c.kernelSize, stride: c.stride, padding: c.padding)
    attributes["dilations"] = .integers([c.dilation, c.dilation])
    attributes["group"] = .integer(c.groups)
    node.apply("Conv", parameters, attributes)
  }

  private func folding(_ node: inout Lowering) -> ConvolutionParameters.Folding? {
    guard let normalisation = node.absorb(BatchNorm2d.self) else { return nil }
    // The products can apply a ReLU; the memory-bound depthwise kernels leave it to a separate pass.
    let relu = !convolution.isChannelwise && node.absorb(ReLU.self) != nil
    return ConvolutionParameters.Folding(
      weight: normalisation.offset(of: "weight"), bias: normalisation.offset(of: "bias"),
      runningMean: normalisation.offset(of: "running_mean"),
      runningVariance: normalisation.offset(of: "running_var"), eps: normalisation.operation.eps, relu: relu)
  }
}
