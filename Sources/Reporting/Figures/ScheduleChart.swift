import Support

/// The learning rate by batch, the momentum next to it, and the rate at the end of each epoch.
///
/// The values at the ends of epochs are unconnected dots. Sampled once per epoch, a schedule that cycles within an
/// epoch aliases, and a line would show a shape that does not exist.
///
///     ScheduleChart(learningRates: rates, momenta: beta1, epochEnds: ends, momentumName: "beta1")
public struct ScheduleChart: Chart {
  /// The rates of the first batches (40 are shown), from batch 0.
  public var learningRates: [Double]
  /// The momentum or beta1 of the same batches; empty if it does not change.
  public var momenta: [Double]
  /// The rate after each epoch's last batch.
  public var epochEnds: [Double]
  /// The name of the momentum, for example `momentum` or `β₁`.
  public var momentumName: String

  /// Creates a schedule chart.
  public init(
    learningRates: [Double], momenta: [Double] = [], epochEnds: [Double] = [],
    momentumName: String = "momentum"
  ) {
    self.learningRates = Array(learningRates.prefix(40))
    self.momenta = Array(momenta.prefix(40))
    self.epochEnds = epochEnds
    self.momentumName = momentumName
  }
}

extension ScheduleChart {
  public var title: String { "Learning-rate schedule" }

  public var summary: String {
    var sentences: [String] = []
    if let range = range(of: learningRates) {
      sentences.append("Over the first \(learningRates.count) batches, the learning rate \(range).")
    }
    if let range = range(of: momenta) { sentences.append("\(sentenceCase(momentumName)) \(range).") }
    if let range = range(of: epochEnds) {
      sentences.append("At the end of each of the \(epochEnds.count) epochs, the learning rate \(range).")
    }
    return sentences.isEmpty ? "No values." : sentences.joined(separator: " ")
  }

  /// A table of batches and a table of epochs; empty ones are left out.
  public var data: [Table] {
    let hasMomentum = !momenta.isEmpty
    let batches = Table(
      headers: ["batch", "learning rate"] + (hasMomentum ? [momentumName] : []),
      alignments: [.right, .right, .right],
      rows: learningRates.enumerated().map { index, rate in
        [String(index), Number.text(rate)]
          + (hasMomentum ? [momenta.indices.contains(index) ? Number.text(momenta[index]) : ""] : [])
      }, caption: "First batches")
    let epochs = Table(
      headers: ["epoch", "learning rate at the end"], alignments: [.right, .right],
      rows: epochEnds.enumerated().map { [String($0.offset + 1), Number.text($0.element)] },
      caption: "Rates at the end of each epoch")
    return [batches, thinned(epochs, limit: 400)].filter { !$0.rows.isEmpty }
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let batch = Axis("batch", isWhole: true)
    let plots = [
      plot(batch, Axis("learning rate"), Series("learning rate", y: learningRates, from: 0), 0, table: 0, 1),
      plot(batch, Axis(momentumName), Series(momentumName, y: momenta, from: 0), 2, table: 0, 2),
      plot(
        Axis("epoch", isWhole: true), Axis("learning rate at the end of each epoch"),
        Series("learning rate", y: epochEnds, style: .dots), 0, table: learningRates.isEmpty ? 0 : 1, 1),
    ].filter { plot in plot.curves.contains { !$0.series.points.isEmpty } }
    guard let last = plots.last else { return Scene(width: 360, height: 40) }
    let isWide = layout == .wide && plots.count > 1
    let height = 236.0
    // The batch panels share their x axis and are stacked; the epoch panel is next to them.
    let hasEpochs = !epochEnds.isEmpty
    let left = isWide && hasEpochs ? plots.dropLast() : plots[...]
    let rows = Double(left.count)
    var scene = Scene(
      width: isWide && hasEpochs ? 900 : layout.width, height: rows * height - 10)
    let width = isWide && hasEpochs ? (scene.width - 28) / 2 : scene.width
    // Stacked plots have a common left edge.
    let room = left.map { $0.leftRoom(height: height - 10) }.max() ?? 0
    for (index, var plot) in left.enumerated() {
      plot.leastLeft = room
      plot.draw(
        into: &scene, area: Rectangle(x: 0, y: Double(index) * height, width: width, height: height - 10))
    }
    if isWide, hasEpochs {
      last.draw(
        into: &scene,
        area: Rectangle(x: 28 + width, y: 0, width: width, height: rows * height - 10))
    }
    return scene
  }

  private func plot(_ x: Axis, _ y: Axis, _ series: Series, _ color: Int, table: Int, _ column: Int) -> Plot {
    Plot(
      x: x, y: y, curves: [Plot.Curve(series: series, color: color, dash: [])], table: table,
      columns: [column], showsNames: false)
  }

  private func range(of values: [Double]) -> String? {
    let drawn = values.filter(isDrawable)
    guard let low = drawn.min(), let high = drawn.max() else { return nil }
    return low == high
      ? "stays at \(Number.text(low))" : "varies between \(Number.text(low)) and \(Number.text(high))"
  }
}
