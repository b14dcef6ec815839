/// y = x·Wᵀ + b on features (PyTorch: `nn.Linear`). Weights and bias start uniform in ±1/√inFeatures.
public struct Linear: Layer {
  public let inFeatures: Int
  public let outFeatures: Int
  public let bias: Bool

  public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
    self.inFeatures = inFeatures
    self.outFeatures = outFeatures
    self.bias = bias
  }

  public var typeName: String { "Linear" }
  public var structure: LayerStructure {
    .operation(.linear(inFeatures: inFeatures, outFeatures: outFeatures, bias: bias))
  }
}

/// Channels × height × width become features, channels slowest (PyTorch: `nn.Flatten`). Has no row in the summary.
public struct Flatten: Layer {
  public init() {}
  public var typeName: String { "Flatten" }
  public var structure: LayerStructure { .operation(.flatten) }
}
