import CellCatalogue
import Neural
import Reporting
import Support

/// `summary`: prints a model's layers.
public enum SummaryStep {
  public static let model = p("model", label: nil, Model.self, "the model")

  package static let step = Step(
    "summary", "Prints each layer's output shape and parameter count, as torchsummary does.",
    example: "summary(model)", effects: [], model, rehearse: Step.nothing
  ) { run, model in try run.summary(model) }
}

/// Prints a model's layers; see ``Run/summary``.
@discardableResult
public func summary(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ModelSummary {
  Program.step(file, line, column) { try $0.summary(model) }
}

extension Run {
  /// Prints each layer's output shape and parameter count like torchsummary, with aligned columns.
  @discardableResult
  public func summary(_ model: Model) throws -> ModelSummary {
    let summary = ModelSummary(model)
    append(
      .layers(
        LayerTable(
          title: "\(model.name): \(Number.grouped(model.parameterCount)) parameters",
          groups: groups(summary.rows),
          text: summary.aligned)))
    return summary
  }
}

/// The rows, grouped by consecutive blocks.
private func groups(_ rows: [ModelSummary.Row]) -> [LayerTable.Group] {
  var groups: [LayerTable.Group] = []
  for row in rows {
    if groups.isEmpty || groups[groups.count - 1].name != row.block { groups.append(.init(row.block, [])) }
    groups[groups.count - 1].layers.append(
      LayerTable.Layer(
        row.name, output: row.output.dimensions.map(String.init).joined(separator: " × "),
        parameters: row.parameters))
  }
  return groups
}
