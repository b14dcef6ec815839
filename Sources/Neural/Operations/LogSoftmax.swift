import CKernels

/// The logarithm of the softmax over features (PyTorch: `nn.LogSoftmax(1)`). Has no row in the summary.
public struct LogSoftmax: FeatureActivation {
  /// Creates the layer.
  public init() {}

  public var typeName: String { "LogSoftmax" }
  public var contentDescription: String { "logSoftmax" }
  public var kernels: FeatureKernels {
    FeatureKernels(forward: quire_log_softmax, backward: quire_log_softmax_backward)
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("LogSoftmax", [], ["axis": .integer(1)])
  }
}
