import CKernels

/// 1/(1 + exp(−x)) (PyTorch: `nn.Sigmoid`).
public struct Sigmoid: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Sigmoid" }
  public var contentDescription: String { "sigmoid" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.sigmoid }, backward: { $0.pointee.sigmoid_backward })
  }

  public func onnx(_ node: inout ONNXLowering) { node.apply("Sigmoid") }
}
