import Neural
import Reporting

extension History {
  /// The history in the report's format.
  public var reportLog: Reporting.TrainingLog {
    Reporting.TrainingLog(rows: reportRows, text: Neural.TrainingLog.text(self))
  }

  var reportRows: [Reporting.TrainingLog.Row] {
    epochs.map {
      Reporting.TrainingLog.Row(
        epoch: $0.epoch, trainLoss: $0.trainLoss, trainAccuracy: $0.trainAccuracy, testLoss: $0.testLoss,
        testAccuracy: $0.testAccuracy, learningRate: $0.learningRate, seconds: $0.seconds, isBest: $0.isBest)
    }
  }
}
