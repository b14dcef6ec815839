import Support
import Synchronization

/// A network: its layers, its input shape, and the values of its parameters.
///
///     let model = try Model("Tiny", input: Shape(3, 32, 32), seed: 1) {
///       Conv2d(3, 8, kernelSize: 3, padding: 1)
///       ReLU()
///       AdaptiveAvgPool2d(1)
///       Flatten()
///       Linear(8, 10)
///     }
///     model.parameterCount   // 314
///
/// A model is a reference: training and loading change its state in place, as in PyTorch.
public final class Model: Sendable {
  /// The model's name.
  public let name: String
  /// The layers, in order.
  public let elements: [LayerElement]
  /// The graph of operations.
  public let graph: ModelGraph
  private let seed: UInt64
  private let initialisation: WeightInitialisation
  private struct Weights {
    /// `nil` until it is read: a model that is only inspected does not initialise weights.
    var state: [String: Tensor]?
    var origin = WeightsOrigin.initial
    /// The number of trainings that have changed the weights.
    var trainings = 0
    /// The parameters that trainings leave as they are.
    var frozen: Set<String> = []
  }
  private let weights = Mutex(Weights())

  /// Parameters and running statistics by PyTorch's names (`block1.0.depthwise.weight`), in PyTorch's shapes.
  public var state: [String: Tensor] {
    get {
      weights.withLock { weights in
        if let state = weights.state { return state }
        let initial = initialState
        weights.state = initial
        return initial
      }
    }
    set { setState(newValue, origin: .other) }
  }

  /// Where the current weights come from.
  public var weightsOrigin: WeightsOrigin { weights.withLock { $0.origin } }

  /// Replaces ``state``, and says where the weights come from.
  public func setState(_ state: [String: Tensor], origin: WeightsOrigin) {
    weights.withLock { weights in
      weights.state = state
      weights.origin = origin
      if case .training(let epoch) = origin { weights.trainings = max(weights.trainings, epoch.training) }
    }
  }

  /// The number of trainings that have changed the weights, whatever they are now.
  var trainings: Int {
    get { weights.withLock { $0.trainings } }
    set { weights.withLock { $0.trainings = newValue } }
  }

  /// The names of the parameters that trainings leave as they are; see ``freeze(_:)``.
  public internal(set) var frozen: Set<String> {
    get { weights.withLock { $0.frozen } }
    set { weights.withLock { $0.frozen = newValue } }
  }

  /// Creates a model.
  ///
  /// - Parameters:
  ///   - name: the model's name.
  ///   - input: the shape of one sample: channels, height and width.
  ///   - seed: the seed of the initial weights.
  ///   - initialisation: the distribution of the initial weights.
  ///   - layers: the layers, in order.
  /// - Throws: ``ModelError`` if shapes or hyperparameters are invalid.
  public convenience init(
    _ name: String, input: Shape = Shape(3, 32, 32), seed: UInt64 = 0,
    initialisation: WeightInitialisation = .standard, @LayerBuilder _ layers: () -> [LayerElement]
  ) throws {
    try self.init(name, input: input, seed: seed, initialisation: initialisation, elements: layers())
  }

  /// Creates a model from collected layers.
  ///
  /// - Throws: ``ModelError`` if shapes or hyperparameters are invalid.
  public init(
    _ name: String, input: Shape = Shape(3, 32, 32), seed: UInt64 = 0,
    initialisation: WeightInitialisation = .standard, elements: [LayerElement]
  ) throws {
    self.name = name
    self.elements = elements
    self.seed = seed
    self.initialisation = initialisation
    graph = try ModelGraph(elements, name: name, input: input)
  }

  private var initialState: [String: Tensor] {
    var state: [String: Tensor] = [:]
    var index = 0
    for module in graph.modules {
      for specification in module.parameters {
        state[ParameterStore.name(specification.name, of: module.path)] = specification.initialValue(
          seed: seed, index: index, initialisation, of: module.operation)
        index += 1
      }
    }
    return state
  }

  /// The shape of the input.
  public var input: Shape { graph.input }
  /// The shape of the output.
  public var output: Shape { graph.output }
  /// The number of trainable parameters; running statistics do not count.
  public var parameterCount: Int {
    graph.parameters.reduce(0) { $0 + ($1.specification.isTrained ? $1.specification.count : 0) }
  }
}

extension Model: CustomStringConvertible {
  /// `Net: 199,368 parameters`.
  public var description: String { "\(name): \(Number.counted(parameterCount, "parameter"))" }
}
