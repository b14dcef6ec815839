import Neural
import Reporting

/// A plot for the step `plot`. To add one, add a factory here and a chart in Reporting.
///
///     plot(.history(history))
public struct Plot: Sendable {
  /// The base name of the figure's files.
  let name: String
  /// Creates the chart when it is drawn, so that `plot` reports its errors.
  let chart: @Sendable () throws -> any Chart

  /// Loss and accuracy by epoch (`train_history.png`).
  public static func history(_ history: History) -> Plot {
    Plot(name: "train_history") { TrainingHistoryChart(rows: history.reportRows, target: history.target) }
  }

  /// The learning rate of the first batches and at the ends of epochs (`cyclic_lr.png` for a cyclic schedule).
  ///
  /// - Parameters:
  ///   - schedule: the schedule.
  ///   - optimizer: the optimizer whose rate and momentum it changes.
  ///   - batchesPerEpoch: the number of batches in an epoch.
  ///   - epochs: the number of epochs shown.
  public static func schedule(
    _ schedule: Schedule, optimizer: Optimizer = .adamW(), batchesPerEpoch: Int = 1, epochs: Int = 1
  ) -> Plot {
    Plot(name: schedule.name == "CyclicLR" ? "cyclic_lr" : "learning_rate") {
      try ScheduleChart(schedule, optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    }
  }

  /// The fraction of each class's images that are predicted correctly (`per_class_accuracy.png`).
  public static func perClassAccuracy(_ evaluation: Evaluation) -> Plot {
    Plot(name: "per_class_accuracy") {
      BarChart(
        title: "Accuracy by class", axis: Axis("accuracy", unit: "%", better: .higher),
        bars: zip(evaluation.classNames, evaluation.perClassAccuracy).map { Bar($0, 100 * $1) }, limit: 100)
    }
  }
}

extension Run {
  /// Draws a plot into the report, and as PNG and SVG files into the output folder.
  ///
  /// - Throws: ``TrainingError``, ``OptimizerError`` or ``ScheduleError`` if a schedule's parameters are out of
  ///   range.
  public func plot(_ plot: Plot) throws {
    let chart = try plot.chart()
    let name = figureName(plot.name)
    let figure = chart.figure(name: name)
    append(.figure(figure))
    try observer.write(figure.png(), to: "\(name).png")
    try observer.write(Array(figure.svg().utf8), to: "\(name).svg")
  }

  /// `train_history`, then `train_history-2`, …: a second figure of a kind does not replace the first.
  private func figureName(_ stem: String) -> String {
    var count = 0
    record {
      $0.figures[stem, default: 0] += 1
      count = $0.figures[stem] ?? 1
    }
    return count == 1 ? stem : "\(stem)-\(count)"
  }
}

extension ScheduleChart {
  /// Evaluates a schedule for plotting.
  ///
  /// - Throws: ``TrainingError``, ``OptimizerError``, ``ScheduleError``.
  fileprivate init(_ schedule: Schedule, _ optimizer: Optimizer, batchesPerEpoch: Int, epochs: Int) throws {
    guard (1...10_000_000).contains(batchesPerEpoch) else {
      throw TrainingError(
        .value(name: "batchesPerEpoch", expected: "in 1…10,000,000", found: "\(batchesPerEpoch)"))
    }
    guard (1...100_000).contains(epochs) else {
      throw TrainingError(.value(name: "epochs", expected: "in 1…100,000", found: "\(epochs)"))
    }
    try optimizer.validate()
    try schedule.validate(with: optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    let shown = schedule.unit == .batch ? 40 : min(40, epochs)
    let first = try schedule.curve(
      optimizer: optimizer, batches: shown, batchesPerEpoch: schedule.unit == .batch ? batchesPerEpoch : 1)
    let ends = try schedule.epochEnds(optimizer: optimizer, batchesPerEpoch: batchesPerEpoch, epochs: epochs)
    self.init(
      learningRates: first.map(\.learningRate), momenta: first.compactMap(\.momentum), epochEnds: ends,
      momentumName: optimizer.name.hasPrefix("Adam") ? "β₁" : "momentum")
  }
}
