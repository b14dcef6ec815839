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
  static let evaluationFigures = measured + metrics + rateFigures

  private static let measured: [Entry] = [
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
  ]

  private static let metrics: [Entry] =
    ClassificationMetric.all.map { metric in
      .property(
        metric.name, of: ForeseenEvaluation.self, metric.summary,
        example: "percent(evaluation.\(metric.name))"
      ) { try $0.figure(metric.name, of: .labels, metric.value) }
    }
    + ClassMetric.all.map { metric in
      .property(metric.name, of: ForeseenEvaluation.self, metric.summary) {
        try $0.figure(metric.name, of: .labels, metric.values)
      }
    }

  private static let rateFigures: [Entry] = [
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
