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
      .property(
        "validationCount", of: DataOutline.self, "Number of validation images; 0 without a validation split."
      ) { $0.validationCount ?? 0 },
      .property("testCount", of: DataOutline.self, "Number of test images.") { $0.dataset.testCount },
      .property("classNames", of: DataOutline.self, "The classes' names.") { $0.classNames },
      .property("datasetName", of: DataOutline.self, "The data set's name.") { $0.dataset.name },
      .property("isEmbedded", of: DataOutline.self, "Whether it is the embedded data set.") {
        $0.dataset.isEmbedded
      },
      .property("epochs", of: ForeseenHistory.self, "One record per epoch.") { $0.epochs },
      .property("epochCount", of: History.self, "Number of finished epochs.") { $0.epochCount },
      .property(
        "evaluatedOn", of: ForeseenHistory.self,
        "The images that epochs were evaluated on: test or validation.",
        example: "history.evaluatedOn"
      ) { $0.evaluatedOn },
      .property(
        "bestMetric", of: History.self,
        "Best value of the task's metric on those images: the accuracy, or in regression the mean absolute error.",
        example: "fixed(history.bestMetric, 4)"
      ) { $0.bestMetric },
      .property("bestEpoch", of: History.self, "The epoch with the best metric, counted from 1.") {
        $0.bestEpoch
      },
      .property(
        "bestTrainAccuracy", of: ForeseenHistory.self,
        "Best training accuracy, from 0 to 1, measured during training."
      ) { try $0.accuracy("bestTrainAccuracy", \.bestTrainAccuracy) },
      .property(
        "trainEvaluationAccuracy", of: ForeseenHistory.self,
        "Accuracy on the training images in evaluation mode, with the weights of the last epoch."
      ) { try $0.accuracy("trainEvaluationAccuracy", \.trainEvaluationAccuracy) },
      .property(
        "lastTenMean", of: History.self,
        "Mean of the task's metric on the evaluated images over the last ten epochs."
      ) {
        $0.lastTenMean
      },
      .property(
        "lastTenDeviation", of: History.self,
        "Standard deviation of the task's metric on the evaluated images over the last ten epochs."
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
      .property(
        "evaluatedOn", of: ForeseenEpoch.self,
        "The images that the epoch was evaluated on: test or validation."
      ) { $0.evaluatedOn },
      .property("learningRate", of: EpochRecord.self, "Learning rate after the epoch's last batch.") {
        $0.learningRate
      },
      .property("seconds", of: EpochRecord.self, "Time of the epoch, in seconds.") { $0.seconds },
      .property("className", of: Prediction.self, "The predicted class.") { $0.className },
      .property("confidence", of: Prediction.self, "The probability of the predicted class.") {
        $0.confidence
      },
      .property(
        "className", of: RowPrediction.self, "The predicted class; empty if the targets are numbers."
      ) { $0.className },
      .property(
        "confidence", of: RowPrediction.self,
        "The probability of the predicted class; NaN if the targets are numbers."
      ) { $0.confidence },
      .property(
        "values", of: RowPrediction.self, "The probability of each class, or the predicted numbers.",
        example: "predictRows(model, [[0.5, 1.25]], on: data).map { $0.values }"
      ) { $0.values },
      .property("path", of: Prediction.self, "The image's file.") { $0.path },
    ] + evaluationFigures + figures)

  /// The figures whose names claim a split.
  private static var figures: [Entry] {
    EpochFigure.ofBest.map { figure in
      .property(
        figure.name, of: ForeseenHistory.self, "Best \(figure.words).",
        example: figure.isShare ? "percent(history.\(figure.name))" : "fixed(history.\(figure.name), 4)"
      ) { try figure.value(in: $0, \.best) }
    }
      + EpochFigure.ofLast.map { figure in
        .property(figure.name, of: ForeseenHistory.self, "\(figure.title) of the last epoch.") {
          try figure.value(in: $0, \.last)
        }
      }
      + EpochFigure.ofEpoch.map { figure in
        .property(figure.name, of: ForeseenEpoch.self, "\(figure.title).") { try figure.value(in: $0) }
      }
  }

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
