import CKernels

/// max(0, x) (PyTorch: `nn.ReLU`).
public struct ReLU: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "ReLU" }
  public var contentDescription: String { "relu" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.relu }, backward: { $0.pointee.relu_backward })
  }

  public func onnx(_ node: inout ONNXLowering) { node.apply("Relu") }
}
