import Foundation
import Support
import Testing

@testable import Neural

/// A validation figure that is called a test figure makes a model look better than it is on unseen images.
@Suite struct SplitRecordTests {
  private static func history(validation: Double) throws -> (history: History, data: ImageData) {
    let data = try ImageData(
      Dataset.synthetic(train: 44, test: 10), batchSize: 12, validation: validation, seed: 5)
    let trainer = try Trainer(
      ResumeTests.model(), data, ResumeTests.recipe(ResumeTests.courses[1]), threads: 1, seed: 3)
    return (try trainer.run(), data)
  }

  @Test func `every text names the split that was measured`() throws {
    let (history, _) = try Self.history(validation: 0.5)
    #expect(history.split == .validation)
    #expect(
      history.csv.hasPrefix(
        "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,"))
    #expect(History.epochs(csv: history.csv).map(\.split) == [.validation, .validation])
    #expect(History.epochs(csv: history.csv).map(\.evaluation) == history.epochs.map(\.evaluation))
    for text in [history.logText, history.resultsText] {
      #expect(text.contains("Validation") && !text.contains("Test "), "\(text)")
    }
    #expect(history.logText.contains("New best model saved! (Validation Acc: "))
    #expect(history.resultsText.contains("chosen by its accuracy on the validation images"))
    let back = try JSON.value(History.self, from: Array(JSON.text(history).utf8))
    #expect(back == history)
  }

  @Test func `without a split the published words stay`() throws {
    let (history, data) = try Self.history(validation: 0)
    #expect(history.split == .test && data.held.count == data.test.count)
    #expect(history.csv.hasPrefix("epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate,"))
    #expect(history.logText.contains("New best model saved! (Test Acc: "))
    #expect(history.resultsText.contains("chosen by its accuracy on the test set"))
  }

  @Test func `a checkpoint names the split`() throws {
    let folder = try TemporaryDirectory()
    let data = try ImageData(Dataset.synthetic(train: 44, test: 10), batchSize: 12, validation: 0.2, seed: 5)
    let trainer = try Trainer(
      ResumeTests.model(), data, ResumeTests.recipe(ResumeTests.courses[1]), threads: 1, seed: 3)
    trainer.checkpointDirectory = folder.file("weights")
    _ = try trainer.run()
    let best = try Checkpoint(path: folder.file("weights/best.safetensors")).metadata
    #expect(best["validation_accuracy"] != nil && best["test_accuracy"] == nil)
    #expect(best["evaluated_on"] == "validation" && best["epoch"] == best["best_epoch"])
  }

  @Test func `validation images that do not exist are refused`() throws {
    let (_, data) = try Self.history(validation: 0)
    let error = #expect(throws: TrainingError.self) { try data.images(of: .validation) }
    #expect(error?.description.contains("set validation: in loadData") == true)
    let split = try Self.history(validation: 0.5).data
    #expect(try split.images(of: .validation).count == split.held.count)
    #expect(try split.images(of: .test).count == 10 && split.images(of: .train).count == split.train.count)
    #expect(split.outline.validationCount == split.held.count && data.outline.validationCount == nil)
  }

  @Test func `without a finite value no epoch is best`() throws {
    func epoch(_ number: Int, _ error: Double) -> EpochRecord {
      let score = Score(loss: 1, TrainingTask.regression.metrics, values: [error, 0])
      return EpochRecord(
        epoch: number, train: score, evaluation: score, on: .test, learningRate: 0.1, seconds: 1,
        isBest: false)
    }
    var history = History(
      modelName: "M", task: .regression, plannedEpochs: 2, batchesPerEpoch: 1, batchSize: 1, imagesPerEpoch: 1
    )
    #expect(history.best == nil && history.bestMetric.isNaN && history.bestTrainAccuracy.isNaN)
    history.epochs = [epoch(1, .nan), epoch(2, .infinity)]
    #expect(history.best == nil && history.bestMetric.isNaN)
    #expect(history.resultsText.contains("Best Test Mean Absolute Error: –"), "\(history.resultsText)")
    #expect(!Metric.meanAbsoluteError.isImprovement(.infinity, over: nil))
    #expect(Metric.meanAbsoluteError.isImprovement(0.5, over: nil))
    #expect(!Metric.meanAbsoluteError.isImprovement(0.5, over: 0.5))
  }

  @Test func `a class without images has no accuracy`() {
    let samples = [(0, 0), (0, 2), (2, 2)].enumerated().map { index, pair in
      Evaluation.Sample(index: index, label: pair.0, prediction: pair.1, confidence: 1, loss: 0)
    }
    let evaluation = Evaluation(
      modelName: "M", classNames: ["apple", "kiwi", "pear"], split: .test, samples: samples)
    #expect(evaluation.perClassAccuracy == [0.5, nil, 1])
    let empty = Evaluation(modelName: "M", classNames: ["apple"], split: .test, samples: [])
    #expect(empty.perClassAccuracy == [nil])
    #expect(empty.score.metrics.isEmpty && empty.accuracy.isNaN && empty.loss.isNaN)
  }
}
