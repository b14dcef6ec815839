import Cells
import Neural
import Steps
import Support

extension Catalogue {
  /// The properties of values that steps return.
  static let values = Group(
    "values", "Properties of the values that steps return",
    [
      .property("name", of: Model.self, "The model's name.") { $0.name },
      .property(
        "parameterCount", of: Model.self, "Number of trainable parameters.", example: "model.parameterCount"
      ) {
        $0.parameterCount
      },
      .property("receptiveField", of: Model.self, "Receptive field before global pooling, in pixels.") {
        $0.receptiveField
      },
      .property("final", of: ReceptiveField.self, "Receptive field before global pooling, in pixels.") {
        $0.final
      },
      .property(
        "withGlobalPooling", of: ReceptiveField.self, "Receptive field with global pooling, in pixels."
      ) {
        $0.withGlobalPooling
      },
      .property("totalParameters", of: ModelSummary.self, "Number of parameters.") { $0.totalParameters },
      .property("text", of: ModelSummary.self, "The table that torchsummary prints.") { $0.text },
      .property("batchSize", of: DataOutline.self, "Images per batch.") { $0.batchSize },
      .property("batchesPerEpoch", of: DataOutline.self, "Batches per epoch.") { $0.batchesPerEpoch },
      .property("trainCount", of: DataOutline.self, "Number of training images.") { $0.trainCount },
      .property("testCount", of: DataOutline.self, "Number of test images.") { $0.dataset.testCount },
      .property("classNames", of: DataOutline.self, "The classes' names.") { $0.classNames },
      .property("datasetName", of: DataOutline.self, "The data set's name.") { $0.dataset.name },
      .property("isEmbedded", of: DataOutline.self, "Whether it is the embedded data set.") {
        $0.dataset.isEmbedded
      },
      .property("epochs", of: History.self, "One record per epoch.") { $0.epochs },
      .property("epochCount", of: History.self, "Number of finished epochs.") { $0.epochCount },
      .property(
        "bestTestMetric", of: History.self,
        "Best test value of the task's metric: accuracy for classification, mean absolute error for regression.",
        example: "fixed(history.bestTestMetric, 4)"
      ) { $0.bestTestMetric },
      .property("bestEpoch", of: History.self, "The epoch with the best test metric, counted from 1.") {
        $0.bestEpoch
      },
      .property(
        "bestTestAccuracy", of: History.self, "Best test accuracy, from 0 to 1.",
        example: "percent(history.bestTestAccuracy)"
      ) {
        $0.bestTestAccuracy
      },
      .property(
        "bestTrainAccuracy", of: History.self,
        "Best training accuracy, from 0 to 1, measured during training."
      ) { $0.bestTrainAccuracy },
      .property("finalTestAccuracy", of: History.self, "Test accuracy after the last epoch.") {
        $0.finalTestAccuracy
      },
      .property(
        "finalTrainAccuracy", of: History.self,
        "Training accuracy of the last epoch, measured during training."
      ) {
        $0.finalTrainAccuracy
      },
      .property("finalTestLoss", of: History.self, "Test loss after the last epoch.") { $0.finalTestLoss },
      .property(
        "finalTrainLoss", of: History.self, "Training loss of the last epoch, measured during training."
      ) {
        $0.finalTrainLoss
      },
      .property(
        "trainEvaluationAccuracy", of: History.self, "Accuracy on the training images in evaluation mode."
      ) {
        $0.trainEvaluationAccuracy
      },
      .property("lastTenMean", of: History.self, "Mean test accuracy of the last ten epochs.") {
        $0.lastTenMean
      },
      .property(
        "lastTenDeviation", of: History.self,
        "Standard deviation of the test accuracy over the last ten epochs."
      ) {
        $0.lastTenDeviation
      },
      .property("totalSeconds", of: History.self, "Total time of all epochs, in seconds.") {
        $0.totalSeconds
      },
      .property("secondsPerEpoch", of: History.self, "Mean time per epoch, in seconds.") {
        $0.secondsPerEpoch
      },
      .property("imagesPerSecond", of: History.self, "Training images per second.") {
        $0.imagesPerSecond
      },
      .property("stoppedEarly", of: History.self, "Whether early stopping ended training.") {
        $0.stoppedEarly
      },
      .property("epoch", of: EpochRecord.self, "The epoch's number, counted from 1.") { $0.epoch },
      .property("trainLoss", of: EpochRecord.self, "Mean training loss, measured during training.") {
        $0.trainLoss
      },
      .property("trainAccuracy", of: EpochRecord.self, "Training accuracy, measured during training.") {
        $0.trainAccuracy
      },
      .property("testLoss", of: EpochRecord.self, "Test loss after the epoch.") { $0.testLoss },
      .property("testAccuracy", of: EpochRecord.self, "Test accuracy after the epoch.") { $0.testAccuracy },
      .property("learningRate", of: EpochRecord.self, "Learning rate after the epoch's last batch.") {
        $0.learningRate
      },
      .property("seconds", of: EpochRecord.self, "Time of the epoch, in seconds.") { $0.seconds },
      .property("accuracy", of: Evaluation.self, "Fraction of correct predictions.") { $0.accuracy },
      .property("loss", of: Evaluation.self, "Mean loss over the images.") { $0.loss },
      .property(
        "meanAbsoluteError", of: Evaluation.self,
        "Mean absolute error, for regression; NaN for classification."
      ) { $0.meanAbsoluteError },
      .property(
        "rSquared", of: Evaluation.self,
        "Coefficient of determination (R²), for regression; NaN for classification."
      ) { $0.rSquared },
      .property("perClassAccuracy", of: Evaluation.self, "Fraction of correct predictions for each class.") {
        $0.perClassAccuracy
      },
      .property("className", of: Prediction.self, "The predicted class.") { $0.className },
      .property("confidence", of: Prediction.self, "The probability of the predicted class.") {
        $0.confidence
      },
      .property("path", of: Prediction.self, "The image's file.") { $0.path },
    ])

  static let formatting = Group(
    "formatting", "Number formatting",
    [
      .function(
        "percent", "Formats a fraction as a percentage.", example: "percent(0.87019)   // 87.02%",
        p("share", label: nil, Double.self, "fraction; 0.5 is 50%"),
        p("decimals", Int.self, default: 2, "number of decimals", range: .in(0...17))
      ) { Number.percent($0, decimals: $1) },
      .function(
        "fixed", "Formats a number with a fixed number of decimals.", example: "fixed(0.7605, 2)   // 0.76",
        p("value", label: nil, Double.self, "number"),
        p("decimals", label: nil, Int.self, "number of decimals", range: .in(0...17))
      ) { Number.fixed($0, $1) },
      .function(
        "grouped", "Formats a whole number with thousands separators.",
        example: "grouped(199368)   // 199,368",
        p("value", label: nil, Int.self, "number")
      ) { Number.grouped($0) },
    ])
}
