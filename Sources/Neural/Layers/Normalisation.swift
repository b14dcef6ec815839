/// Batch normalisation over the channels of images (Ioffe and Szegedy, 2015; PyTorch: `nn.BatchNorm2d`).
///
/// Training normalises by the batch's biased variance and moves the running statistics by `momentum`
/// towards the batch's mean and unbiased variance; evaluation normalises by the running statistics.
public struct BatchNorm2d: Layer {
  public let numFeatures: Int
  public let eps: Double
  public let momentum: Double

  public init(_ numFeatures: Int, eps: Double = 1e-5, momentum: Double = 0.1) {
    self.numFeatures = numFeatures
    self.eps = eps
    self.momentum = momentum
  }

  public var typeName: String { "BatchNorm2d" }
  public var structure: LayerStructure {
    .operation(.batchNorm2d(features: numFeatures, eps: eps, momentum: momentum))
  }
}
