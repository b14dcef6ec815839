/// A tensor owned by a layer: its name within the layer, PyTorch's shape, and its initialisation.
public struct ParameterSpecification: Sendable, Hashable {
  /// The initial values of a tensor.
  public enum Initialisation: Sendable, Hashable {
    /// U(±1/√fanIn), PyTorch's default for convolutions and linear layers, both weights and biases.
    case uniform(fanIn: Int)
    /// The same value for every element.
    case constant(Float)

    /// All zeros.
    public static let zeros = constant(0)
    /// All ones.
    public static let ones = constant(1)
  }

  /// The name within the layer, for example `weight`.
  public var name: String
  /// PyTorch's shape.
  public var shape: [Int]
  /// The initialisation.
  public var initialisation: Initialisation
  /// Whether it is trained; running statistics are stored but not trained.
  public var isTrained: Bool
  /// The order of the elements in the engine.
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

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The tensor of a new model.
  ///
  /// - Parameter index: the tensor's index in the model, on which its random numbers depend.
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

/// The engine's order of the elements of a tensor that PyTorch stores as [out][in][k·k].
enum ParameterLayout: Hashable {
  /// The same order as PyTorch's.
  case plain
  /// [group][k·k][in][out]; a linear layer has one group and one tap. Inputs and outputs are counted per group.
  case convolution(outputs: Int, inputs: Int, taps: Int, groups: Int)
  /// [k·k][input of the group][channel], for groups with `width` inputs and outputs
  case channelwise(channels: Int, taps: Int, width: Int)

  /// Calls the body with each index in PyTorch's order, ascending, and its position in the engine's order.
  ///
  /// - Parameters:
  ///   - count: the tensor's number of elements.
  ///   - body: receives an index and its position.
  @inline(__always)
  func forEachPosition(count: Int, _ body: (_ index: Int, _ position: Int) -> Void) {
    var index = 0
    switch self {
    case .plain:
      while index < count {
        body(index, index)
        index += 1
      }
    case .convolution(let outputs, let inputs, let taps, let groups):
      for output in 0..<groups * outputs {
        let (group, column) = (output / outputs, output % outputs)
        for input in 0..<inputs {
          for tap in 0..<taps {
            body(index, ((group * taps + tap) * inputs + input) * outputs + column)
            index += 1
          }
        }
      }
    case .channelwise(let channels, let taps, let width):
      for channel in 0..<channels {
        for input in 0..<width {
          for tap in 0..<taps {
            body(index, (tap * width + input) * channels + channel)
            index += 1
          }
        }
      }
    }
  }
}
