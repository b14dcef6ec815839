/// The largest value of each window (PyTorch: `nn.MaxPool2d`).
public struct MaxPool2d: Layer {
  public let pooling: Pooling
  /// - Parameter stride: `nil`: the kernel's size.
  public init(_ kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    pooling = Pooling(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding)
  }
  public var typeName: String { "MaxPool2d" }
  public var structure: LayerStructure { .operation(.maxPool2d(pooling)) }
}

/// The mean of each window, padding counted in (PyTorch: `nn.AvgPool2d`).
public struct AvgPool2d: Layer {
  public let pooling: Pooling
  /// - Parameter stride: `nil`: the kernel's size.
  public init(_ kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    pooling = Pooling(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding)
  }
  public var typeName: String { "AvgPool2d" }
  public var structure: LayerStructure { .operation(.avgPool2d(pooling)) }
}

/// Means over a grid of `outputSize` × `outputSize` cells; 1 is global average pooling
/// (PyTorch: `nn.AdaptiveAvgPool2d`).
public struct AdaptiveAvgPool2d: Layer {
  public let outputSize: Int
  public init(_ outputSize: Int = 1) { self.outputSize = outputSize }
  public var typeName: String { "AdaptiveAvgPool2d" }
  public var structure: LayerStructure { .operation(.adaptiveAvgPool2d(outputSize: outputSize)) }
}
