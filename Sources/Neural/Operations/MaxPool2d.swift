import CKernels

/// The maximum of each window (PyTorch: `nn.MaxPool2d`).
public struct MaxPool2d: PoolingOperation {
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

  public var typeName: String { "MaxPool2d" }
  public var contentName: String { "maxPool2d" }
  public var kernels: PoolingKernels {
    PoolingKernels(forward: { $0.pointee.max_pool }, backward: .ofInput { $0.pointee.max_pool_backward })
  }

  public func onnx(_ node: inout ONNXLowering) {
    let attributes = node.window(
      kernelSize: pooling.kernelSize, stride: pooling.stride, padding: pooling.padding)
    node.apply("MaxPool", [], attributes)
  }
}
