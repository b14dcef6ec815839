import CellCatalogue
import Neural
import Reporting

/// `receptiveField`: prints a model's receptive field, layer by layer.
public enum ReceptiveFieldStep {
  public static let model = p("model", label: nil, Model.self, "the model")

  package static let step = Step(
    "receptiveField", "Prints how the receptive field grows from layer to layer.",
    example: "receptiveField(model)", effects: [], model, rehearse: Step.nothing
  ) { run, model in try run.receptiveField(model) }
}

/// Prints a model's receptive field; see ``Run/receptiveField``.
@discardableResult
public func receptiveField(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ReceptiveField {
  Program.step(file, line, column) { try $0.receptiveField(model) }
}

extension Run {
  /// Prints how the receptive field grows from layer to layer, in pixels.
  @discardableResult
  public func receptiveField(_ model: Model) throws -> ReceptiveField {
    let field = ReceptiveField(model)
    append(.preformatted(title: "Receptive field", text: field.text(input: model.input)))
    return field
  }
}
