import CKernels

/// x·min(max(x + 3, 0), 6)/6, a piecewise approximation of SiLU (PyTorch: `nn.Hardswish`; Howard et al., 2019).
public struct Hardswish: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Hardswish" }
  public var contentDescription: String { "hardswish" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.hardswish }, backward: { $0.pointee.hardswish_backward })
  }

  public func onnx(_ node: inout ONNXLowering) { node.apply("HardSwish") }
}
