import Neural

/// A model that a run will build, with its first training as far as that is known before the run.
public struct NetworkOutline: Sendable {
  /// The model.
  public let model: Model
  /// The hyperparameters of the first training of this model; `nil` without a training whose loss and optimizer are
  /// known.
  public internal(set) var recipe: TrainingRecipe?
  /// The data of that training; `nil` if it is unknown.
  public internal(set) var data: DataOutline?
}

extension RehearsedRun {
  /// All models, in the order in which they will be built.
  public var networks: [NetworkOutline] { state.withLock { $0.networks } }

  /// Appends a model to ``networks``.
  func built(_ model: Model) -> Model {
    state.withLock { $0.networks.append(NetworkOutline(model: model)) }
    return model
  }

  /// Notes how a model will be trained, unless that is known from an earlier training.
  func willTrain(_ model: Model, _ recipe: TrainingRecipe, on data: DataOutline?) {
    state.withLock { state in
      guard let index = state.networks.firstIndex(where: { $0.model === model }),
        state.networks[index].recipe == nil
      else { return }
      state.networks[index].recipe = recipe
      state.networks[index].data = data
    }
  }
}
