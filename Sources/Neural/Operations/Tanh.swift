import CKernels

/// The hyperbolic tangent (PyTorch: `nn.Tanh`).
public struct Tanh: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Tanh" }
  public var contentDescription: String { "tanh" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.tanh }, backward: { $0.pointee.tanh_backward })
  }

  public func onnx(_ node: inout ONNXLowering) { node.apply("Tanh") }
}
