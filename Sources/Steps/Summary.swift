import Neural
import Reporting

extension Run {
  /// Prints the model's layers, output shapes and parameter counts like torchsummary, with aligned columns.
  @discardableResult
  public func summary(_ model: Model) throws -> ModelSummary {
    let summary = ModelSummary(model)
    append(
      .preformatted(
        title: "\(model.name): \(grouped(model.parameterCount)) parameters", text: summary.aligned))
    return summary
  }

  /// Shows how the receptive field grows through the model.
  @discardableResult
  public func receptiveField(_ model: Model) throws -> ReceptiveField {
    let field = ReceptiveField(model)
    append(.preformatted(title: "Receptive field", text: field.text(input: model.input)))
    return field
  }
}
