import CKernels

/// The means over a grid of `outputSize` × `outputSize` cells; 1 is global average pooling (PyTorch:
/// `nn.AdaptiveAvgPool2d`).
public struct AdaptiveAvgPool2d: Operation {
  /// The number of cells along each side.
  public let outputSize: Int

  /// Creates the layer.
  public init(_ outputSize: Int = 1) { self.outputSize = outputSize }

  public var typeName: String { "AdaptiveAvgPool2d" }
  public var contentDescription: String { "adaptiveAvgPool2d \(outputSize)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("outputSize", outputSize, LayerRange.sizes)
    try checkImage(input)
    return try bounded(Shape(input.channels, outputSize, outputSize))
  }

  public var declaredOutput: DeclaredOutput { .inputChannels }
  public var parameters: [ParameterSpecification] { [] }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  public var window: PixelWindow { .image }
  public var hasSummaryRow: Bool { true }
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  public func lowered(_ node: inout Lowering) -> Lowered? {
    let kernels = PoolingKernels(
      forward: { $0.pointee.adaptive_pool }, backward: .ofGradient { $0.pointee.adaptive_pool_backward })
    // The kernels compute the windows from the sizes.
    return .step(kernels.step(Pooling(kernelSize: 1, stride: 1, padding: 0), node))
  }

  public func onnx(_ node: inout ONNXLowering) throws(ModelError.Fact) {
    if outputSize == 1 {
      node.apply("GlobalAveragePool")
      return
    }
    let (height, width) = (node.input.height, node.input.width)
    guard height.isMultiple(of: outputSize), width.isMultiple(of: outputSize) else {
      throw .noCounterpart(
        format: "ONNX",
        reason:
          "ONNX pools windows of one size, but \(outputSize)×\(outputSize) cells of \(height)×\(width) pixels "
          + "differ; use a size that divides \(height == width ? "\(height)" : "\(height) and \(width)")")
    }
    let sides = [height / outputSize, width / outputSize]
    node.apply("AveragePool", [], ["kernel_shape": .integers(sides), "strides": .integers(sides)])
  }
}
