import CKernels

/// x if positive, otherwise a learned slope times x (PyTorch: `nn.PReLU`; He et al., 2015).
///
/// All channels share one slope, or each channel has its own.
///
///     PReLU(32, init: 0.1)
public struct PReLU: PixelwiseOperation {
  /// The number of slopes: 1, or the number of channels or features of the input.
  public let numParameters: Int
  /// The slopes of a new model; finite.
  public let initialSlope: Double

  /// Creates the layer.
  public init(_ numParameters: Int = 1, init initialSlope: Double = 0.25) {
    self.numParameters = numParameters
    self.initialSlope = initialSlope
  }

  public var typeName: String { "PReLU" }
  public var contentDescription: String { "prelu \(numParameters) \(initialSlope)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("numParameters", numParameters, LayerRange.sizes)
    try check("init", initialSlope, "a finite number") { $0.isFinite }
    guard numParameters == 1 || numParameters == input.channels else {
      throw .shape(
        expected: "\(numParameters) channels, or 1 slope for all of them", found: input,
        fitting: input.with(channels: numParameters))
    }
    return input
  }

  public var parameters: [ParameterSpecification] {
    [ParameterSpecification("weight", [numParameters], .constant(Float(initialSlope)))]
  }
  public var hasSummaryRow: Bool { true }
  public func lowered(_ node: inout Lowering) -> Lowered? {
    .step(
      PReLUStep(
        slopes: node.offset(of: "weight"), sums: node.buffers.perGroup(numParameters),
        rows: Int64(node.input.elements / numParameters),
        channels: Int64(numParameters)))
  }

  public func onnx(_ node: inout ONNXLowering) {
    let shape = numParameters == 1 ? [1] : node.perChannel
    node.apply("PRelu", [node.parameter("weight", shape)])
  }
}

private struct PReLUStep: PlanStep {
  let slopes: Int
  let sums: Buffer
  /// The number of elements that share a slope.
  let rows: Int64
  let channels: Int64

  var isTrained: Bool { true }
  var isCheap: Bool { true }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] {
    [GroupedGradient(offset: slopes, count: Int(channels), sums: sums)]
  }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    return [
      Pass(
        .images { f in
          f.kernels.pointee.prelu(f[input], f.run.parameters + slopes, f[output], rows, channels)
        }, [input, output])
    ]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy) = (values.input, gradients.output)
    var passes = [
      Pass(
        .gradients { f in
          f.kernels.pointee.prelu_slopes(f[input], f[dy], rows, channels, f[sums])
        }, [input, dy, sums])
    ]
    if let dx = gradients.input {
      passes.append(
        Pass(
          .images { f in
            f.kernels.pointee.prelu_backward(
              f[input], f[dy], f.run.parameters + slopes, f[dx], rows, channels)
          }, [input, dy, dx]))
    }
    return passes
  }
}
