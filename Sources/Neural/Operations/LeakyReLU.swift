import CKernels

/// x if positive, otherwise `negativeSlope`·x (PyTorch: `nn.LeakyReLU`).
public struct LeakyReLU: Activation {
  /// The factor of negative numbers; finite.
  public let negativeSlope: Double

  /// Creates the layer.
  public init(negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }

  public var typeName: String { "LeakyReLU" }
  public var contentDescription: String { "leakyReLU \(negativeSlope)" }
  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("negativeSlope", negativeSlope, "a finite number") { $0.isFinite }
    return input
  }
  public var kernels: ActivationKernels {
    ActivationKernels(
      forward: { $0.pointee.leaky_relu }, backward: { $0.pointee.leaky_relu_backward },
      constant: Float(negativeSlope))
  }

  public func onnx(_ node: inout ONNXLowering) {
    node.apply("LeakyRelu", [], ["alpha": .number(negativeSlope)])
  }
}
