/// Batch normalisation over the channels of images (Ioffe and Szegedy, 2015; PyTorch: `nn.BatchNorm2d`).
///
/// Training normalises by the batch's biased variance and moves the running statistics by `momentum` towards the
/// batch's mean and unbiased variance. Evaluation normalises by the running statistics. Pixels are skipped only in
/// evaluations, where the statistics are known beforehand.
public struct BatchNorm2d: PixelwiseOperation {
  /// The number of channels.
  public let numFeatures: Int
  /// Added to the variance; above 0 and at most 1.
  public let eps: Double
  /// The weight of a batch in the running statistics, 0…1.
  public let momentum: Double

  /// Creates the layer.
  public init(_ numFeatures: Int, eps: Double = 1e-5, momentum: Double = 0.1) {
    self.numFeatures = numFeatures
    self.eps = eps
    self.momentum = momentum
  }

  public var typeName: String { "BatchNorm2d" }
  public var contentDescription: String { "batchNorm2d \(numFeatures) \(eps) \(momentum)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("numFeatures", numFeatures, LayerRange.sizes)
    try check("eps", eps, "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
    try check("momentum", momentum, LayerRange.momenta)
    try checkImage(input, channels: numFeatures)
    return input
  }

  public var parameters: [ParameterSpecification] { .batchNormalisation(numFeatures) }
  public var hasSummaryRow: Bool { true }

  /// The following ReLU and Dropout2d are computed in the same passes.
  public func lowered(_ node: inout Lowering) -> Lowered? {
    let relu = node.absorb(ReLU.self) != nil
    let dropout = node.options.trains ? node.absorb(Dropout2d.self) { $0.p > 0 } : nil
    return .step(
      node.batchNormalisation(
        eps: eps, momentum: momentum, relu: relu,
        dropout: dropout.map { NormalisationStep.Dropout(p: $0.operation.p, node: $0.node) }))
  }

  public func onnx(_ node: inout ONNXLowering) { node.batchNormalisation(channels: numFeatures, eps: eps) }
}

extension [ParameterSpecification] {
  /// The parameters and running statistics of a batch normalisation over this number of channels.
  static func batchNormalisation(_ channels: Int) -> [ParameterSpecification] {
    [
      ParameterSpecification("weight", [channels], .ones), ParameterSpecification("bias", [channels], .zeros),
      ParameterSpecification("running_mean", [channels], .zeros, isTrained: false),
      ParameterSpecification("running_var", [channels], .ones, isTrained: false),
    ]
  }
}

extension Lowering {
  /// A batch normalisation of the node's input, with the node's parameters.
  mutating func batchNormalisation(
    eps: Double, momentum: Double, relu: Bool, dropout: NormalisationStep.Dropout?
  ) -> NormalisationStep {
    let offsets = NormalisationStep.Offsets(
      weight: offset(of: "weight"), bias: offset(of: "bias"), runningMean: offset(of: "running_mean"),
      runningVariance: offset(of: "running_var"))
    return NormalisationStep(
      input, offsets, eps: eps, momentum: momentum, relu: relu, dropout: dropout, options: options,
      buffers: &buffers)
  }
}

extension BatchNorm2d: NormalisingOperation {
  var dependsOnBatch: Bool { true }
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int { batch * input.height * input.width }
}
