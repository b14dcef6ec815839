/// Zeroes whole channels of a sample with probability `p` during training and scales the rest by 1/(1−p) (PyTorch:
/// `nn.Dropout2d`; Tompson et al., 2015).
public struct Dropout2d: PixelwiseOperation {
  /// The probability, in 0 ..< 1.
  public let p: Double

  /// Creates the layer.
  public init(_ p: Double = 0.5) { self.p = p }

  public var typeName: String { "Dropout2d" }
  public var contentDescription: String { "dropout \(p) true" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("p", p, LayerRange.probabilities)
    try checkImage(input)
    return input
  }

  public var parameters: [ParameterSpecification] { [] }
  public var hasSummaryRow: Bool { true }
  public func lowered(_ node: inout Lowering) -> Lowered? {
    guard p > 0, node.options.trains else { return .identity }
    return .step(
      DropoutStep(
        node: node.node, shape: node.input, p: p, wholeChannels: true, buffers: &node.buffers))
  }

  /// An evaluation drops nothing.
  public func onnx(_ node: inout ONNXLowering) {}
}
