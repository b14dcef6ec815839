import CKernels

/// The mean of each window, including padding (PyTorch: `nn.AvgPool2d`).
public struct AvgPool2d: PoolingOperation {
  /// The geometry of the window.
  public let pooling: Pooling

  /// Creates the layer.
  ///
  /// - Parameters:
  ///   - kernelSize: height and width of the window in pixels.
  ///   - stride: pixels between windows; `nil` uses the kernel's size.
  ///   - padding: pixels added on each side.
  public init(_ kernelSize: Int, stride: Int? = nil, padding: Int = 0) {
    pooling = Pooling(kernelSize: kernelSize, stride: stride ?? kernelSize, padding: padding)
  }

  public var typeName: String { "AvgPool2d" }
  public var contentName: String { "avgPool2d" }
  public var kernels: PoolingKernels {
    PoolingKernels(
      forward: { $0.pointee.average_pool }, backward: .ofGradient { $0.pointee.average_pool_backward })
  }

  public func onnx(_ node: inout ONNXLowering) {
    var attributes = node.window(
      kernelSize: pooling.kernelSize, stride: pooling.stride, padding: pooling.padding)
    attributes["count_include_pad"] = .integer(1)
    node.apply("AveragePool", [], attributes)
  }
}
