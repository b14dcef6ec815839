import Neural

/// A network with the loss and the optimizer that it is trained with.
public struct Workload: Sendable {
  /// The network's name.
  public let name: String
  /// The path of the notebook that builds the network; `nil` for a network of ``BenchmarkNetwork``.
  public let notebook: String?
  /// The network.
  public let model: Model
  /// The optimizer, the loss and the clipping. The learning rate is constant.
  public let recipe: TrainingRecipe
  /// The augmentations of training images; `nil` for the assignment's.
  public let augmentation: [Augmentation]?

  /// A network of this package, with the assignment's loss and optimizer.
  ///
  /// - Throws: `ModelError` never: a test builds every network.
  public init(_ network: BenchmarkNetwork) throws {
    name = network.rawValue
    notebook = nil
    model = try network.model()
    recipe = Self.recipe(for: .nll)
    augmentation = nil
  }

  /// A network of a notebook.
  ///
  /// - Parameters:
  ///   - model: the network; its name becomes the workload's.
  ///   - notebook: the notebook's path.
  ///   - recipe: the training's hyperparameters; `nil` uses the assignment's optimizer, and a loss that suits the last
  ///     layer.
  ///   - augmentation: the training's augmentations, for images of the network's size; `nil` if they are unknown.
  public init(_ model: Model, of notebook: String, recipe: TrainingRecipe?, augmentation: [Augmentation]?) {
    name = model.name
    self.notebook = notebook
    self.model = model
    var recipe = recipe ?? Self.recipe(for: Self.loss(for: model))
    recipe.schedule = .constant
    self.recipe = recipe
    self.augmentation = augmentation
  }

  private static func recipe(for loss: Loss) -> TrainingRecipe {
    TrainingRecipe(epochs: 1, optimizer: .adamW(learningRate: 1e-3, weightDecay: 1e-4), loss: loss)
  }

  private static func loss(for model: Model) -> Loss {
    model.graph.nodes.last?.operation is LogSoftmax ? .nll : .crossEntropy()
  }

  /// The loss and the optimizer, for a notebook's network.
  var details: String { "loss \(recipe.loss), optimizer \(recipe.optimizer)" }
}
