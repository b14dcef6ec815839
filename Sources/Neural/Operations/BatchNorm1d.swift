/// Batch normalisation of features (Ioffe and Szegedy, 2015; PyTorch: `nn.BatchNorm1d`).
///
/// Like ``BatchNorm2d``, with features instead of images. A batch of one sample has no variance: its
/// output is the bias.
///
///     Linear(128, 64); BatchNorm1d(64); ReLU()
public struct BatchNorm1d: Operation {
  /// The number of features.
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

  public var typeName: String { "BatchNorm1d" }
  public var contentDescription: String { "batchNorm1d \(numFeatures) \(eps) \(momentum)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("numFeatures", numFeatures, LayerRange.sizes)
    try check("eps", eps, "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
    try check("momentum", momentum, LayerRange.momenta)
    try checkFeatures(input)
    guard input.elements == numFeatures else {
      throw .shape(
        expected: "\(numFeatures) features", found: input, fitting: Shape(features: numFeatures))
    }
    return input
  }

  public var declaredOutput: DeclaredOutput { .inputShape }
  public var parameters: [ParameterSpecification] { .batchNormalisation(numFeatures) }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { true }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  /// The following ReLU is computed in the same passes.
  public func lowered(_ node: inout Lowering) -> Lowered? {
    let relu = node.absorb(ReLU.self) != nil
    return .step(node.batchNormalisation(eps: eps, momentum: momentum, relu: relu, dropout: nil))
  }

  public func onnx(_ node: inout ONNXLowering) { node.batchNormalisation(channels: numFeatures, eps: eps) }
}

extension BatchNorm1d: NormalisingOperation {
  var dependsOnBatch: Bool { true }
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int { batch }
}
