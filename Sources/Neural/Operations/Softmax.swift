import CKernels

/// exp(x) / Σ exp(x) over features (PyTorch: `nn.Softmax(1)`). Has no row in the summary.
public struct Softmax: FeatureActivation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "Softmax" }
  public var contentDescription: String { "softmax" }
  public var kernels: FeatureKernels {
    FeatureKernels(forward: quire_softmax, backward: quire_softmax_backward)
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("Softmax", [], ["axis": .integer(1)])
  }
}
