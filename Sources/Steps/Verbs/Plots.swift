import CellCatalogue
import Neural
import Reporting
import Support

extension Plot {
  /// The plots as rows of the catalogue. To add one, add a row here and a factory below.
  package static let rows: [Entry] = [
    .staticMember(
      "history", of: Plot.self, "Loss and accuracy per epoch.", example: "plot(.history(history))",
      p("history", label: nil, History.self, "the training history")
    ) { .history($0) },
    .staticMember(
      "schedule", of: Plot.self, "The learning rate batch by batch, and at the end of each epoch.",
      example: "plot(.schedule(.cyclic(baseLR: 1e-4, maxLR: 0.01, stepSizeUp: 4)))",
      p("schedule", label: nil, Schedule.self, "the schedule"), scheduleOptimizer, batchesPerEpoch, epochs
    ) {
      .schedule($0, optimizer: $1, batchesPerEpoch: $2, epochs: $3)
    },
    .staticMember(
      "perClassAccuracy", of: Plot.self, "Accuracy of each class.",
      example: "plot(.perClassAccuracy(evaluation))",
      p("evaluation", label: nil, ForeseenEvaluation.self, "the model's predictions")
    ) {
      try $0.targets.require(.labels, for: purpose)
      return .perClassAccuracy(try $0.known)
    },
    .staticMember(
      "reliabilityDiagram", of: Plot.self,
      "Accuracy by confidence: on the diagonal, a model is as often right as it expects.",
      example: "plot(.reliabilityDiagram(evaluation))",
      p("evaluation", label: nil, ForeseenEvaluation.self, "the model's predictions")
    ) {
      try $0.targets.require(.labels, for: reliability)
      return .reliabilityDiagram(try $0.known)
    },
  ]

  private static let reliability = "a reliability diagram"

  private static let purpose = "a plot of each class's accuracy"

  public static let scheduleOptimizer = p(
    "optimizer", Optimizer.self, default: .adamW(), defaultText: ".adamW()",
    "the optimizer, which sets the initial learning rate")
  public static let batchesPerEpoch = p(
    "batchesPerEpoch", Int.self, default: 1, "batches per epoch, to mark the ends of epochs",
    range: .in(1...10_000_000))
  public static let epochs = p(
    "epochs", Int.self, default: 1, "number of epoch ends to mark", range: .in(1...100_000))

  /// Loss and accuracy by epoch (`train_history.png`).
  public static func history(_ history: History) -> Plot {
    Plot(name: "train_history") { TrainingHistoryChart(rows: history.epochs, target: history.target) }
  }

  /// The learning rate of the first batches and at the ends of epochs (`cyclic_lr.png` for a cyclic schedule).
  ///
  /// - Parameters:
  ///   - schedule: the schedule.
  ///   - optimizer: the optimizer whose rate and momentum it changes.
  ///   - batchesPerEpoch: batches per epoch, to mark the ends of epochs.
  ///   - epochs: number of ends of epochs to mark.
  public static func schedule(
    _ schedule: Schedule, optimizer: Optimizer = scheduleOptimizer.default,
    batchesPerEpoch: Int = batchesPerEpoch.default, epochs: Int = epochs.default
  ) -> Plot {
    Plot(name: schedule.name == "CyclicLR" ? "cyclic_lr" : "learning_rate") {
      try ScheduleChart(schedule, optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    }
  }

  /// The accuracy of each class (`per_class_accuracy.png`); a class without images has no bar.
  public static func perClassAccuracy(_ evaluation: Evaluation) -> Plot {
    Plot(name: "per_class_accuracy", caption: sentence(evaluation.source)) {
      try evaluation.targets.require(.labels, for: purpose)
      return BarChart(
        title: "Accuracy by class",
        axis: Axis("\(evaluation.split.rawValue) accuracy", unit: "%", better: .higher),
        bars: zip(evaluation.classNames, evaluation.perClassAccuracy).map { name, accuracy in
          Bar(name, accuracy.map { 100 * $0 })
        }, limit: 100, decimals: 2)
    }
  }
}

extension Plot {
  /// The accuracy of predictions by their confidence, in 15 bins (`reliability_diagram.png`; Guo et al., ICML 2017).
  /// Points below the diagonal mean overconfidence. Bins without images have no point.
  public static func reliabilityDiagram(_ evaluation: Evaluation) -> Plot {
    let calibration = evaluation.calibration
    let error =
      calibration.expectedError.isFinite
      ? "Expected calibration error \(Number.percent(calibration.expectedError)). " : ""
    return Plot(name: "reliability_diagram", caption: error + sentence(evaluation.source)) {
      try evaluation.targets.require(.labels, for: reliability)
      return LineChart(
        title: "Accuracy by confidence", x: Axis("confidence", unit: "%"),
        y: Axis("\(evaluation.split.rawValue) accuracy", unit: "%"),
        series: [
          Series(
            "model", points: calibration.bins.map { Point(100 * $0.confidence, 100 * $0.accuracy) }),
          Series("calibrated", points: [Point(0, 0), Point(100, 100)]),
        ])
    }
  }
}

extension ScheduleChart {
  /// Evaluates a schedule for plotting.
  ///
  /// - Throws: ``TrainingError``, ``OptimizerError``, ``ScheduleError``.
  fileprivate init(_ schedule: Schedule, _ optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws {
    try Plot.batchesPerEpoch.check(batchesPerEpoch)
    try Plot.epochs.check(epochs)
    try optimizer.validate()
    try schedule.validate(with: optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    let shown = schedule.unit == .batch ? 40 : min(40, epochs)
    let first = try schedule.curve(
      optimizer: optimizer, batches: shown, batchesPerEpoch: schedule.unit == .batch ? batchesPerEpoch : 1)
    let ends = try schedule.epochEnds(optimizer: optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    self.init(
      learningRates: first.map(\.learningRate), momenta: first.compactMap(\.momentum), epochEnds: ends,
      momentumName: optimizer.hyperparameters.contains { $0.name == "beta1" } ? "β₁" : "momentum")
  }
}
