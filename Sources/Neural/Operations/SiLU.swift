import CKernels

/// x·sigmoid(x) (PyTorch: `nn.SiLU`; Elfwing et al., 2018).
public struct SiLU: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "SiLU" }
  public var contentDescription: String { "silu" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.silu }, backward: { $0.pointee.silu_backward })
  }

  public func onnx(_ node: inout ONNXLowering) {
    let x = node.value
    node.apply("Sigmoid")
    node.apply("Mul", [x])
  }
}
