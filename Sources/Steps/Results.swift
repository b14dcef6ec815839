import Neural
import Reporting

extension Run {
  /// Prints the published summary of a training: best and final accuracies, the target, the train-test gap.
  public func results(_ history: History) throws {
    append(.preformatted(title: "Training results", text: Neural.TrainingLog.results(history)))
  }
}
