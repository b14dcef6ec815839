import Support
import TrainingRecords

/// Loss and the deciding metric by epoch, on the training images and on those that the epochs were evaluated on, with
/// the target and the best epoch marked.
///
///     TrainingHistoryChart(rows: log.rows, target: 0.85).figure(name: "train_history")
public struct TrainingHistoryChart: Chart {
  /// The epochs.
  public var rows: [EpochRecord]
  /// The value of the metric to reach on the evaluated images.
  public var target: Double?

  /// Creates the chart.
  public init(rows: [EpochRecord], target: Double? = nil) {
    self.rows = rows
    self.target = target.flatMap { isDrawable($0 * rows.metric.factor) ? $0 : nil }
  }
}

extension TrainingHistoryChart {
  public var title: String { "Training history" }

  private var best: EpochRecord? { rows.best }
  private var metric: Metric { rows.metric }

  public var summary: String {
    func points(_ value: (EpochRecord) -> Double) -> [Point] {
      rows.map { Point(Double($0.epoch), value($0)) }
    }
    let accuracy = describe(
      sentenceCase(rows.evaluated(metric.name)), points { metric.of($0.evaluation) }, x: "epoch",
      better: metric.axisDirection
    ) { metric.text($0) }
    let loss = describe(
      sentenceCase(rows.evaluated("loss")), points { $0.evaluation.loss }, x: "epoch", better: .lower
    ) { Number.fixed($0, 4) }
    guard let target, let best else { return "\(accuracy) \(loss)" }
    let isMet = metric.reaches(metric.of(best.evaluation), target: target)
    return "\(accuracy) The target of \(metric.setText(target)) was \(isMet ? "" : "not ")reached. \(loss)"
  }

  public var data: [Table] {
    let headers = [
      "epoch", "train loss", rows.evaluated("loss"), "train \(metric.name)", rows.evaluated(metric.name),
    ]
    let table = Table(
      headers: headers, alignments: headers.map { _ in .right },
      rows: rows.map { row in
        [
          String(row.epoch), Number.fixed(row.trainLoss, 4), Number.fixed(row.evaluation.loss, 4),
          metric.cell(row.train), metric.cell(row.evaluation),
        ]
      })
    return [thinned(table, limit: 400)]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let isWide = layout == .wide
    var scene = isWide ? Scene(width: 900, height: 340) : Scene(width: 360, height: 540)
    var loss = plot(
      Axis("loss"), { $0.loss }, factor: 1, columns: [1, 2],
      mark: best.map { Mark(Point(Double($0.epoch), $0.evaluation.loss), label: "") })
    var accuracy = plot(
      Axis(metric.name, unit: metric.axisUnit), metric.of, factor: metric.factor, columns: [3, 4],
      mark: best.map {
        Mark(
          Point(Double($0.epoch), metric.of($0.evaluation) * metric.factor),
          label: "best \(metric.text(metric.of($0.evaluation))), epoch \($0.epoch)")
      })
    accuracy.target = target.map {
      Target($0 * metric.factor, label: "target \(metric.setText($0))")
    }
    let width = isWide ? (scene.width - 28) / 2 : scene.width
    let height = isWide ? scene.height : (scene.height - 16) / 2
    if !isWide {
      loss.leastLeft = accuracy.leftRoom(height: height)
      accuracy.leastLeft = loss.leftRoom(height: height)
    }
    loss.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: width, height: height))
    accuracy.draw(
      into: &scene,
      area: isWide
        ? Rectangle(x: width + 28, y: 0, width: width, height: height)
        : Rectangle(x: 0, y: height + 16, width: width, height: height))
    return scene
  }

  private func plot(
    _ y: Axis, _ value: (Score) -> Double, factor: Double, columns: [Int], mark: Mark?
  ) -> Plot {
    func curve(_ name: String, _ score: (EpochRecord) -> Score, _ color: Int, _ dash: [Double])
      -> Plot.Curve
    {
      Plot.Curve(
        series: Series(name, points: rows.map { Point(Double($0.epoch), value(score($0)) * factor) }),
        color: color, dash: dash)
    }
    return Plot(
      x: Axis("epoch", isWhole: true), y: y,
      curves: [
        curve("train", \.train, 1, Plot.dashes[1]),
        curve(rows.split?.rawValue ?? "evaluation", \.evaluation, 0, []),
      ], mark: mark, columns: columns, markLimit: 500)
  }
}
