import CKernels

/// min(max(0, x), 6) (PyTorch: `nn.ReLU6`; Sandler et al., 2018), the activation of MobileNetV2.
public struct ReLU6: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "ReLU6" }
  public var contentDescription: String { "relu6" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.relu6 }, backward: { $0.pointee.relu6_backward })
  }

  public func onnx(_ node: inout ONNXLowering) { node.apply("Clip", [node.number(0), node.number(6)]) }
}
