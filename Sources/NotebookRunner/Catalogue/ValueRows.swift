import Cells
import Neural
import Steps
import Support

extension Catalogue {
  /// The properties of values that steps return.
  static let values = Group(
    "values", "What can be read off the values that steps return",
    [
      .property("name", of: Model.self, "Its name.") { $0.name },
      .property(
        "parameterCount", of: Model.self, "Numbers that training changes.", example: "model.parameterCount"
      ) {
        $0.parameterCount
      },
      .property("receptiveField", of: Model.self, "Pixels that an output sees along one side.") {
        $0.receptiveField
      },
      .property("final", of: ReceptiveField.self, "Before global pooling, in pixels.") { $0.final },
      .property("withGlobalPooling", of: ReceptiveField.self, "With global pooling counted, in pixels.") {
        $0.withGlobalPooling
      },
      .property("totalParameters", of: ModelSummary.self, "All parameters.") { $0.totalParameters },
      .property("text", of: ModelSummary.self, "The table as torchsummary prints it.") { $0.text },
      .property("batchSize", of: DataOutline.self, "Images a step.") { $0.batchSize },
      .property("batchesPerEpoch", of: DataOutline.self, "Optimizer steps an epoch.") { $0.batchesPerEpoch },
      .property("trainCount", of: DataOutline.self, "Training images.") { $0.trainCount },
      .property("testCount", of: DataOutline.self, "Test images.") { $0.dataset.testCount },
      .property("classNames", of: DataOutline.self, "The classes' names.") { $0.classNames },
      .property("datasetName", of: DataOutline.self, "The data set's name.") { $0.dataset.name },
      .property("isEmbedded", of: DataOutline.self, "Whether it is the embedded data set.") {
        $0.dataset.isEmbedded
      },
      .property("epochs", of: History.self, "One record an epoch.") { $0.epochs },
      .property("epochCount", of: History.self, "Epochs that were run.") { $0.epochCount },
      .property("bestEpoch", of: History.self, "The epoch of the best test accuracy, from 1.") {
        $0.bestEpoch
      },
      .property(
        "bestTestAccuracy", of: History.self, "A share in 0…1.", example: "percent(history.bestTestAccuracy)"
      ) {
        $0.bestTestAccuracy
      },
      .property("bestTrainAccuracy", of: History.self, "A share in 0…1, running.") { $0.bestTrainAccuracy },
      .property("finalTestAccuracy", of: History.self, "After the last epoch.") {
        $0.finalTestAccuracy
      },
      .property("finalTrainAccuracy", of: History.self, "Of the last epoch, running.") {
        $0.finalTrainAccuracy
      },
      .property("finalTestLoss", of: History.self, "After the last epoch.") { $0.finalTestLoss },
      .property("finalTrainLoss", of: History.self, "Of the last epoch, running.") {
        $0.finalTrainLoss
      },
      .property("trainEvaluationAccuracy", of: History.self, "The training images in evaluation mode.") {
        $0.trainEvaluationAccuracy
      },
      .property("lastTenMean", of: History.self, "Mean test accuracy of the last ten epochs.") {
        $0.lastTenMean
      },
      .property("lastTenDeviation", of: History.self, "Its standard deviation.") {
        $0.lastTenDeviation
      },
      .property("totalSeconds", of: History.self, "Time spent in epochs.") { $0.totalSeconds },
      .property("secondsPerEpoch", of: History.self, "Mean time of an epoch.") { $0.secondsPerEpoch },
      .property("imagesPerSecond", of: History.self, "Training images over the epochs' time.") {
        $0.imagesPerSecond
      },
      .property("stoppedEarly", of: History.self, "Whether early stopping ended the run.") {
        $0.stoppedEarly
      },
      .property("epoch", of: EpochRecord.self, "From 1.") { $0.epoch },
      .property("trainLoss", of: EpochRecord.self, "Running mean.") { $0.trainLoss },
      .property("trainAccuracy", of: EpochRecord.self, "Running share.") { $0.trainAccuracy },
      .property("testLoss", of: EpochRecord.self, "After the epoch.") { $0.testLoss },
      .property("testAccuracy", of: EpochRecord.self, "After the epoch.") { $0.testAccuracy },
      .property("learningRate", of: EpochRecord.self, "After its last step.") { $0.learningRate },
      .property("seconds", of: EpochRecord.self, "Its time.") { $0.seconds },
      .property("accuracy", of: Evaluation.self, "Share of right answers.") { $0.accuracy },
      .property("loss", of: Evaluation.self, "Mean over the images.") { $0.loss },
      .property("perClassAccuracy", of: Evaluation.self, "Share of right answers of each class.") {
        $0.perClassAccuracy
      },
      .property("className", of: Prediction.self, "The answer.") { $0.className },
      .property("confidence", of: Prediction.self, "Its probability.") { $0.confidence },
      .property("path", of: Prediction.self, "The image's file.") { $0.path },
    ])

  static let formatting = Group(
    "formatting", "Numbers for prose",
    [
      .function(
        "percent", "A share in percent.", example: "percent(0.87019)   // 87.02%",
        p("share", label: nil, Double.self, "0.5 is 50%"),
        p("decimals", Int.self, default: 2, "digits after the point", range: "0 to 17")
      ) { Number.percent($0, decimals: $1) },
      .function(
        "fixed", "A number with a fixed count of decimals.", example: "fixed(0.7605, 2)   // 0.76",
        p("value", label: nil, Double.self, "the number"),
        p("decimals", label: nil, Int.self, "digits after the point", range: "0 to 17")
      ) { Number.fixed($0, $1) },
      .function(
        "grouped", "A whole number with thousands separated.", example: "grouped(199368)   // 199,368",
        p("value", label: nil, Int.self, "the number")
      ) { Number.grouped($0) },
    ])
}
