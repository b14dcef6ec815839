/// max(0, x) (PyTorch: `nn.ReLU`).
public struct ReLU: Layer {
  public init() {}
  public var typeName: String { "ReLU" }
  public var structure: LayerStructure { .operation(.relu) }
}

/// x where positive, `negativeSlope`·x elsewhere (PyTorch: `nn.LeakyReLU`).
public struct LeakyReLU: Layer {
  public let negativeSlope: Double
  public init(negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }
  public var typeName: String { "LeakyReLU" }
  public var structure: LayerStructure { .operation(.leakyReLU(negativeSlope: negativeSlope)) }
}

/// x·sigmoid(x) (PyTorch: `nn.SiLU`; Elfwing et al., 2018).
public struct SiLU: Layer {
  public init() {}
  public var typeName: String { "SiLU" }
  public var structure: LayerStructure { .operation(.silu) }
}

/// The logarithm of the softmax over features (PyTorch: `nn.LogSoftmax(1)`). Has no row in the summary.
public struct LogSoftmax: Layer {
  public init() {}
  public var typeName: String { "LogSoftmax" }
  public var structure: LayerStructure { .operation(.logSoftmax) }
}

/// exp(x) / Σ exp(x) over features (PyTorch: `nn.Softmax(1)`). Has no row in the summary.
public struct Softmax: Layer {
  public init() {}
  public var typeName: String { "Softmax" }
  public var structure: LayerStructure { .operation(.softmax) }
}
