/// A tensor that a layer owns: its name within the layer, PyTorch's shape, and how it starts.
public struct ParameterSpecification: Sendable, Hashable {
  public enum Initialisation: Sendable, Hashable {
    /// U(±1/√fanIn), PyTorch's default for convolutions and linear layers, weights and biases alike.
    case uniform(fanIn: Int)
    case constant(Float)

    public static let zeros = constant(0)
    public static let ones = constant(1)
  }

  public var name: String
  public var shape: [Int]
  public var initialisation: Initialisation
  /// Running statistics are stored but not trained.
  public var isTrained: Bool
  /// The order of the numbers in the engine.
  var layout: ParameterLayout

  init(
    _ name: String, _ shape: [Int], _ initialisation: Initialisation, isTrained: Bool = true,
    layout: ParameterLayout = .plain
  ) {
    self.name = name
    self.shape = shape
    self.initialisation = initialisation
    self.isTrained = isTrained
    self.layout = layout
  }

  public var count: Int { shape.reduce(1, *) }

  /// The tensor that a new model starts with.
  ///
  /// - Parameter index: the tensor's place among the model's; its random numbers depend on it.
  func initialValue(seed: UInt64, index: Int) -> Tensor {
    switch initialisation {
    case .constant(let value): return Tensor(shape: shape, values: Array(repeating: value, count: count))
    case .uniform(let fanIn):
      let bound = 1 / Double(max(1, fanIn)).squareRoot()
      var random = RandomStream(seed: seed, .initialisation, index: index)
      return Tensor(shape: shape, values: (0..<count).map { _ in Float(random.uniform(-bound, bound)) })
    }
  }
}

/// The order in which the engine has the numbers of a tensor that PyTorch has as [out][in][k·k].
enum ParameterLayout: Hashable {
  /// PyTorch's own.
  case plain
  /// [group][k·k][in][out]; a linear layer has one group and one tap. Inputs and outputs are those of a group.
  case convolution(outputs: Int, inputs: Int, taps: Int, groups: Int)
  /// [k·k][channel]
  case depthwise(channels: Int, taps: Int)

  /// The engine's place of an index into PyTorch's order.
  func position(_ index: Int) -> Int {
    switch self {
    case .plain: return index
    case .convolution(let outputs, let inputs, let taps, _):
      let (tap, input, output) = (index % taps, index / taps % inputs, index / (taps * inputs))
      let (group, column) = (output / outputs, output % outputs)
      return ((group * taps + tap) * inputs + input) * outputs + column
    case .depthwise(let channels, let taps): return index % taps * channels + index / taps
    }
  }
}
