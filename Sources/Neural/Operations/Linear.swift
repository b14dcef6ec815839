/// y = x·Wᵀ + b on features (PyTorch: `nn.Linear`). Weights and bias are initialised uniformly in ±1/√inFeatures.
public struct Linear: Operation {
  /// The number of input features.
  public let inFeatures: Int
  /// The number of output features.
  public let outFeatures: Int
  /// Whether there is a bias.
  public let bias: Bool

  /// Creates the layer.
  public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
    self.inFeatures = inFeatures
    self.outFeatures = outFeatures
    self.bias = bias
  }

  public var typeName: String { "Linear" }
  public var contentDescription: String { "linear \(inFeatures) \(outFeatures) \(bias)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("inFeatures", inFeatures, LayerRange.sizes)
    try check("outFeatures", outFeatures, LayerRange.sizes)
    guard !input.isImage, input.elements == inFeatures else {
      let hint = input.isImage && input.elements == inFeatures ? " (put Flatten() before it)" : ""
      throw .shape(
        expected: "\(inFeatures) features\(hint)", found: input, fitting: Shape(features: inFeatures))
    }
    return Shape(features: outFeatures)
  }

  public var declaredOutput: DeclaredOutput { .features(outFeatures) }
  public var parameters: [ParameterSpecification] {
    let weight = ParameterSpecification(
      "weight", [outFeatures, inFeatures], .uniform(fanIn: inFeatures),
      layout: .convolution(outputs: outFeatures, inputs: inFeatures, taps: 1, groups: 1))
    return bias
      ? [weight, ParameterSpecification("bias", [outFeatures], .uniform(fanIn: inFeatures))] : [weight]
  }

  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { inFeatures * outFeatures }
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { true }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let product = Convolution(inChannels: inFeatures, outChannels: outFeatures, kernelSize: 1, bias: bias)
    guard
      let geometry = ConvolutionGeometry(
        product, input: Shape(inFeatures, 1, 1), output: Shape(outFeatures, 1, 1))
    else { return nil }
    let parameters = ConvolutionParameters(
      product, weight: node.offset(of: "weight"), bias: bias ? node.offset(of: "bias") : nil, folding: nil,
      addsByGroup: false, buffers: &node.buffers)
    return BatchConvolutionStep(
      geometry, inputStride: node.inputStride, parameters, options: node.options, buffers: &node.buffers
    ).map { .step($0) }
  }

  public func onnx(_ node: inout ONNXLowering) {
    var parameters = [node.parameter("weight", [outFeatures, inFeatures])]
    if bias { parameters.append(node.parameter("bias", [outFeatures])) }
    node.apply("Gemm", parameters, ["transB": .integer(1)])
  }
}
