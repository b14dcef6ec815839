/// The initial weights of a model's convolutions and linear layers (PyTorch: `torch.nn.init`).
///
/// Every rule except ``standard`` sets biases to 0. Normalisations and PReLU always begin as in PyTorch.
///
///     let model = try Model("Net", initialisation: .kaimingNormal(mode: .fanOut)) { … }
public enum WeightInitialisation: Sendable, Hashable {
  /// PyTorch's default for layers: weights and biases from U(±1/√fan_in).
  case standard
  /// U(±√(6/fan)), for layers that are followed by ReLU (`kaiming_uniform_`; He et al., ICCV 2015).
  case kaimingUniform(mode: Fan = .fanIn)
  /// N(0, 2/fan), for layers that are followed by ReLU (`kaiming_normal_`; He et al., ICCV 2015).
  case kaimingNormal(mode: Fan = .fanIn)
  /// U(±√(6/(fan_in + fan_out))) (`xavier_uniform_`; Glorot and Bengio, AISTATS 2010).
  case xavierUniform
  /// N(0, 2/(fan_in + fan_out)) (`xavier_normal_`; Glorot and Bengio, AISTATS 2010).
  case xavierNormal
  /// Convolutions pass their input channels on, as far as they have outputs for them (`dirac_`, with the convolution's
  /// groups). Linear layers begin as in ``standard``.
  case dirac

  /// The side of a layer whose variance a Kaiming initialisation preserves.
  public enum Fan: String, Sendable, Hashable, CaseIterable {
    /// The inputs: variance in the forward pass.
    case fanIn
    /// The outputs: variance in the backward pass.
    case fanOut
  }

  /// The distribution of a weight's elements.
  enum Distribution: Hashable {
    case uniform(bound: Double)
    case normal(deviation: Double)
  }

  /// - Parameter shape: PyTorch's: [out][in][k][k] or [out][in], with `in` per group.
  /// - Returns: `nil` if the rule is not a distribution of its own.
  func distribution(of shape: [Int]) -> Distribution? {
    let window = Double(shape.dropFirst(2).reduce(1, *))
    let (inputs, outputs) = (Double(shape[1]) * window, Double(shape[0]) * window)
    func deviation(_ fan: Double, gain: Double) -> Double { gain / max(1, fan).squareRoot() }
    let he = 2.0.squareRoot()
    let glorot = deviation((inputs + outputs) / 2, gain: 1)
    switch self {
    case .standard, .dirac: return nil
    case .kaimingUniform(let mode):
      return .uniform(bound: 3.0.squareRoot() * deviation(mode == .fanIn ? inputs : outputs, gain: he))
    case .kaimingNormal(let mode):
      return .normal(deviation: deviation(mode == .fanIn ? inputs : outputs, gain: he))
    case .xavierUniform: return .uniform(bound: 3.0.squareRoot() * glorot)
    case .xavierNormal: return .normal(deviation: glorot)
    }
  }

  /// A weight that passes channels on: 1 at the centre of the window between equal channels of a group.
  static func dirac(_ shape: [Int], groups: Int) -> [Float] {
    let (outputs, inputs, height, width) = (shape[0] / max(1, groups), shape[1], shape[2], shape[3])
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    for group in 0..<groups {
      for channel in 0..<min(outputs, inputs) {
        let filter = (group * outputs + channel) * inputs + channel
        values[(filter * height + height / 2) * width + width / 2] = 1
      }
    }
    return values
  }
}

extension ParameterSpecification {
  /// The tensor of a new model.
  ///
  /// - Parameters:
  ///   - index: the tensor's index in the model, on which its random numbers depend.
  ///   - rule: the initialisation of weights.
  ///   - operation: the layer that the tensor belongs to.
  func initialValue(
    seed: UInt64, index: Int, _ rule: WeightInitialisation, of operation: (any Operation)?
  ) -> Tensor {
    guard rule != .standard, case .uniform = initialisation else {
      return initialValue(seed: seed, index: index)
    }
    let convolution = operation as? Conv2d
    if rule == .dirac {
      guard let convolution else { return initialValue(seed: seed, index: index) }
      guard shape.count == 4 else { return zeros }
      return Tensor(
        shape: shape, values: WeightInitialisation.dirac(shape, groups: convolution.convolution.groups))
    }
    guard shape.count >= 2, let distribution = rule.distribution(of: shape) else { return zeros }
    var random = RandomStream(seed: seed, .initialisation, index: index)
    let values = (0..<count).map { _ in
      switch distribution {
      case .uniform(let bound): Float(random.uniform(-bound, bound))
      case .normal(let deviation): Float(random.normal() * deviation)
      }
    }
    return Tensor(shape: shape, values: values)
  }

  private var zeros: Tensor { Tensor(shape: shape, values: Array(repeating: 0, count: count)) }
}
