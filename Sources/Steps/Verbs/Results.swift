import CellCatalogue
import Neural
import Reporting

/// `results`: prints a summary of a training run.
public enum ResultsStep {
  public static let history = p("history", label: nil, History.self, "the training history")

  package static let step = Step(
    "results", "Prints the best and final accuracies of a training run.", example: "results(history)",
    effects: [], history, rehearse: Step.nothing
  ) { run, history in try run.results(history) }
}

/// Prints a summary of a training run; see ``Run/results(_:)``.
public func results(
  _ history: History, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.results(history) }
}

extension Run {
  /// Prints the best and final accuracies, the target, and the gap between the training images and the evaluated ones.
  public func results(_ history: History) throws {
    append(.preformatted(title: "Training results", text: history.resultsText))
  }
}
