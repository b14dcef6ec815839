import Cells
import Neural
import Steps

extension Catalogue {
  /// The arguments of steps that evaluate a model.
  static let evaluations = Group(
    "evaluations", "How predictions are made and shown",
    [
      .staticValue(
        "horizontalFlip", of: TestTimeAugmentation.self,
        "The mean of the model's outputs for the image and its mirror image.",
        example: "evaluate(model, on: data, testTimeAugmentation: .horizontalFlip)"
      ) { .horizontalFlip },
      .staticValue(
        "true", of: ConfusionNormalization.self, "Fractions of the images of each true class (rows).",
        example: "confusionMatrix(evaluation, normalize: .true)"
      ) { .true },
      .staticValue(
        "pred", of: ConfusionNormalization.self, "Fractions of the predictions of each class (columns).",
        example: "confusionMatrix(evaluation, normalize: .pred)"
      ) { .pred },
      .staticValue(
        "all", of: ConfusionNormalization.self, "Fractions of all images.",
        example: "confusionMatrix(evaluation, normalize: .all)"
      ) { .all },
    ])

  /// The properties of evaluations and of learning-rate range tests.
  static let evaluationFigures: [Entry] = [
    .property(
      "accuracy", of: ForeseenEvaluation.self, "Fraction of correct predictions; an error for a regression."
    ) { try $0.figure("accuracy", of: .labels, \.accuracy) },
    .property("loss", of: Evaluation.self, "Mean loss over the images.") { $0.loss },
    .property(
      "evaluatedOn", of: Evaluation.self, "The images of the evaluation: test, train or validation."
    ) { $0.evaluatedOn },
    .property(
      "meanAbsoluteError", of: ForeseenEvaluation.self,
      "Mean absolute error of a regression; an error for classes."
    ) { try $0.figure("meanAbsoluteError", of: .values, \.meanAbsoluteError) },
    .property(
      "rSquared", of: ForeseenEvaluation.self,
      "Coefficient of determination of a regression; an error for classes."
    ) { try $0.figure("rSquared", of: .values, \.rSquared) },
    .property(
      "perClassAccuracy", of: ForeseenEvaluation.self,
      "Fraction of correct predictions for each class; nil for a class without images."
    ) { try $0.figure("perClassAccuracy", of: .labels, \.perClassAccuracy) },
    .property(
      "top5Accuracy", of: ForeseenEvaluation.self,
      "Fraction of images whose class is among the five most probable; NaN with five classes or fewer."
    ) { try $0.figure("top5Accuracy", of: .labels, \.top5Accuracy) },
    .property(
      "macroF1", of: ForeseenEvaluation.self, "Mean F1 of the classes.",
      example: "percent(evaluation.macroF1)"
    ) { try $0.figure("macroF1", of: .labels, \.macroF1) },
    .property(
      "rocAUC", of: ForeseenEvaluation.self, "Mean area under the ROC curve of each class against the others."
    ) { try $0.figure("rocAUC", of: .labels, \.rocAUC) },
    .property(
      "averagePrecision", of: ForeseenEvaluation.self, "Mean average precision of the classes."
    ) { try $0.figure("averagePrecision", of: .labels, \.averagePrecision) },
    .property(
      "expectedCalibrationError", of: ForeseenEvaluation.self,
      "Mean difference between confidence and accuracy, in 15 bins of confidence."
    ) { try $0.figure("expectedCalibrationError", of: .labels, \.expectedCalibrationError) },
    .property(
      "perClassPrecision", of: ForeseenEvaluation.self,
      "Precision of each class; nil for a class that was never predicted."
    ) { try $0.figure("perClassPrecision", of: .labels, \.perClassPrecision) },
    .property(
      "perClassRecall", of: ForeseenEvaluation.self, "Recall of each class; nil for a class without images."
    ) { try $0.figure("perClassRecall", of: .labels, \.perClassRecall) },
    .property(
      "perClassF1", of: ForeseenEvaluation.self,
      "F1 of each class; nil for a class without images and predictions."
    ) { try $0.figure("perClassF1", of: .labels, \.perClassF1) },
    .property(
      "perClassROCAUC", of: ForeseenEvaluation.self,
      "Area under the ROC curve of each class against the others; nil for a class without images."
    ) { try $0.figure("perClassROCAUC", of: .labels, \.perClassROCAUC) },
    .property(
      "perClassAveragePrecision", of: ForeseenEvaluation.self,
      "Average precision of each class; nil for a class without images."
    ) { try $0.figure("perClassAveragePrecision", of: .labels, \.perClassAveragePrecision) },
    .property(
      "valley", of: LearningRateCurve.self, "Learning rate halfway down the longest fall of the loss.",
      example: "let optimizer = Optimizer.adamW(learningRate: learningRateFinder(model, on: data).valley)"
    ) { $0.valley },
    .property(
      "steepest", of: LearningRateCurve.self, "Learning rate at which the loss falls fastest.",
      example: "learningRateFinder(model, on: data).steepest"
    ) { $0.steepest },
    .property("rates", of: LearningRateCurve.self, "Learning rate of each batch.") { $0.rates },
    .property("losses", of: LearningRateCurve.self, "Smoothed loss of each batch.") { $0.losses },
  ]
}
