import CellCatalogue
import Neural
import Reporting
import Support

/// `freeze`: excludes layers from training.
public enum FreezeStep {
  public static let model = p("model", label: nil, Model.self, "the model; its later trainings change")
  public static let layers = p(
    "layers", label: nil, [String].self,
    "names of blocks, layers or parameters, such as block1, block1.0 or *.bias")

  package static let step = Step(
    "freeze", "Excludes layers from training, for fine-tuning (PyTorch: requires_grad = False).",
    example: "freeze(model, [\"block1\"])", effects: [.changesWeights], model, layers,
    rehearse: { _, call in
      if let model = call[model], let layers = call[layers] {
        try model.freeze(layers.map { ParameterPattern($0) })
      }
      return nil
    },
    causes: [.argument(layers, PatternError.self)],
    run: { run, model, layers in try run.freeze(model, layers) })
}

/// `unfreeze`: includes layers in training again.
public enum UnfreezeStep {
  public static let model = p("model", label: nil, Model.self, "the model; its later trainings change")
  public static let layers = p(
    "layers", label: nil, [String].self, default: ["*"], defaultText: "[\"*\"]",
    "names of blocks, layers or parameters, such as block1, block1.0 or *.bias")

  package static let step = Step(
    "unfreeze", "Includes frozen layers in training again; all of them by default.",
    example: "unfreeze(model, [\"block1\"])", effects: [.changesWeights], model, layers,
    rehearse: { _, call in
      if let model = call[model], let layers = call[layers] {
        try model.unfreeze(layers.map { ParameterPattern($0) })
      }
      return nil
    },
    causes: [.argument(layers, PatternError.self)],
    run: { run, model, layers in try run.unfreeze(model, layers) })
}

/// Excludes layers from training; see ``Run/freeze``.
public func freeze(
  _ model: Model, _ layers: [String], file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.freeze(model, layers) }
}

/// Includes frozen layers in training again; see ``Run/unfreeze``.
public func unfreeze(
  _ model: Model, _ layers: [String] = UnfreezeStep.layers.default, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.unfreeze(model, layers) }
}

extension Run {
  /// Excludes layers from training: their parameters keep their values.
  ///
  /// As in PyTorch, dropout stays active in frozen layers, and BatchNorm moves its running statistics.
  ///
  /// - Parameter layers: Names of blocks, layers or parameters; `*` matches any characters.
  /// - Throws: ``PatternError`` if a name matches no parameter.
  public func freeze(_ model: Model, _ layers: [String]) throws {
    try model.freeze(layers.map { ParameterPattern($0) })
    describeTrained(model)
  }

  /// Includes layers in training again.
  ///
  /// - Parameter layers: Names of blocks, layers or parameters; `*` matches any characters.
  /// - Throws: ``PatternError`` if a name matches no parameter.
  public func unfreeze(_ model: Model, _ layers: [String] = UnfreezeStep.layers.default) throws {
    try model.unfreeze(layers.map { ParameterPattern($0) })
    describeTrained(model)
  }

  private func describeTrained(_ model: Model) {
    append(
      .message(
        .info,
        "\(model.name): \(Number.grouped(model.trainedParameterCount)) of "
          + "\(Number.grouped(model.parameterCount)) parameters are trained"))
  }
}
