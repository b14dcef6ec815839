import CKernels

/// x·Φ(x), where Φ is the normal distribution's cumulative function (PyTorch: `nn.GELU`; Hendrycks and Gimpel, 2016).
public struct GELU: Activation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "GELU" }
  public var contentDescription: String { "gelu" }
  public func output(for input: Shape) -> Shape { input }
  public var kernels: ActivationKernels {
    ActivationKernels(forward: { $0.pointee.gelu }, backward: { $0.pointee.gelu_backward })
  }

  public func onnx(_ node: inout ONNXLowering) {
    let x = node.value
    node.apply("Div", [node.number(2.0.squareRoot())])
    node.apply("Erf")
    node.apply("Add", [node.number(1)])
    node.apply("Mul", [x])
    node.apply("Mul", [node.number(0.5)])
  }
}
