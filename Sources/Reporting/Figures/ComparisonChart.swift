import Support
import TrainingRecords

/// Several runs in one chart: the deciding metric above the loss, by epoch, with the best run's best epoch marked.
///
/// If there are many runs, only the best twelve are drawn, the most that four colours with dash patterns can
/// distinguish.
///
///     ComparisonChart(runs: [.init("lr 0.1", rows: a.rows), .init("lr 0.01", rows: b.rows)])
///       .figure(name: "comparison")
public struct ComparisonChart: Chart {
  /// A training in the comparison.
  public struct Run: Sendable, Hashable {
    /// The run's name.
    public var name: String
    /// The run's epochs.
    public var rows: [EpochRecord]

    /// Creates a run.
    public init(_ name: String, rows: [EpochRecord]) {
      self.name = name
      self.rows = rows
    }
  }

  /// The images whose metric and loss are drawn.
  public enum Images: String, Sendable, Hashable {
    /// Those that the epochs were evaluated on.
    case evaluated
    /// The training images, measured during training.
    case train
  }

  /// The runs, in order.
  public var runs: [Run]
  /// The images whose accuracy and loss are drawn.
  public var images: Images

  /// Creates a comparison.
  public init(runs: [Run], images: Images = .evaluated) {
    self.runs = runs
    self.images = images
  }

  /// The maximum number of curves per plot.
  public static let limit = 12
}

extension ComparisonChart {
  public var title: String {
    "\(sentenceCase(named(metric.name))) and loss of \(runs.count) runs"
  }

  /// The first run's; runs of another task have no curve for it.
  private var metric: Metric { runs.lazy.map(\.rows).first { !$0.isEmpty }?.metric ?? .accuracy }

  /// The splits that the runs were evaluated on; figures of different splits cannot be compared.
  private var splits: [Split] {
    Split.allCases.filter { split in runs.contains { $0.rows.split == split } }
  }

  /// A quantity with the images that it is measured on: `validation accuracy`, `test or validation accuracy`.
  private func named(_ quantity: String) -> String {
    let names = images == .train ? [Split.train.rawValue] : splits.map(\.rawValue)
    return (names.isEmpty ? "" : names.joined(separator: " or ") + " ") + quantity
  }

  /// The run's name, with its split where the runs' differ.
  private func name(_ run: Run) -> String {
    guard images == .evaluated, splits.count > 1, let split = run.rows.split else { return run.name }
    return "\(run.name) (\(split.rawValue))"
  }

  /// The runs that are drawn, in the given order.
  var shown: [Run] {
    guard runs.count > Self.limit else { return runs }
    let order = runs.indices.sorted { a, b in
      let (x, y) = (
        runs[a].rows.best?.evaluation[metric] ?? .nan, runs[b].rows.best?.evaluation[metric] ?? .nan
      )
      return metric.isBetter(x, than: y) || (!metric.isBetter(y, than: x) && a < b)
    }
    return order.prefix(Self.limit).sorted().map { runs[$0] }
  }

  public var summary: String {
    let peaks = shown.compactMap { run in
      run.rows.filter { isDrawable(value($0) * metric.factor) }
        .max { metric.isBetter(value($1), than: value($0)) }
        .map { (name: name(run), value: value($0), epoch: $0.epoch) }
    }
    guard let best = peaks.max(by: { metric.isBetter($1.value, than: $0.value) }) else {
      return "No run has values."
    }
    let isComparable = images == .train || splits.count == 1
    var sentences =
      isComparable
      ? [
        "The \(metric.better == .higher ? "highest" : "lowest") \(named(metric.name)) is "
          + "\(metric.text(best.value)), from \(best.name) at epoch \(best.epoch)."
      ] : ["The runs were evaluated on different images, so their figures cannot be compared."]
    if peaks.count > 1 {
      let list = peaks.map { "\($0.name) \(metric.text($0.value))" }
      sentences.append("Best of each run: \(list.joined(separator: ", ")).")
    }
    let lows = shown.flatMap { run in run.rows.map { (name: name(run), value: loss($0), epoch: $0.epoch) } }
    if isComparable, let low = lows.filter({ isDrawable($0.value) }).min(by: { $0.value < $1.value }) {
      sentences.append(
        "The lowest \(named("loss")) is \(Number.fixed(low.value, 4)), from \(low.name) at epoch "
          + "\(low.epoch).")
    }
    if runs.count > shown.count {
      sentences.append("Only the best \(shown.count) of \(runs.count) runs are shown.")
    }
    return sentences.joined(separator: " ")
  }

  public var data: [Table] {
    [
      table(sentenceCase(named(metric.name))) { metric.cell(score($0)) },
      table(sentenceCase(named("loss"))) { Number.fixed(loss($0), 4) },
    ]
  }

  /// A table with one row per epoch and one column per run.
  private func table(_ caption: String, _ text: (EpochRecord) -> String) -> Table {
    let runs = shown
    var cells: [Int: [Int: String]] = [:]
    for (index, run) in runs.enumerated() {
      for row in run.rows { cells[row.epoch, default: [:]][index] = text(row) }
    }
    let headers = ["epoch"] + runs.map(name)
    let table = Table(
      headers: headers, alignments: headers.map { _ in .right },
      rows: cells.sorted { $0.key < $1.key }.map { epoch, row in
        [String(epoch)] + runs.indices.map { row[$0] ?? "" }
      }, caption: caption)
    return thinned(table, limit: 400)
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let isWide = layout == .wide
    let runs = shown
    let (width, upper, lower, gap) = isWide ? (900.0, 330.0, 270.0, 20.0) : (360.0, 270.0, 250.0, 16.0)
    let legend = isWide ? 0 : Double(runs.count) * 20 + 12
    var scene = Scene(width: width, height: upper + gap + lower + legend)
    var top = plot(
      Axis(named(metric.name), unit: metric.axisUnit), table: 0, isWide: isWide
    ) { value($0) * metric.factor }
    var bottom = plot(Axis(named("loss")), table: 1, isWide: isWide, loss)
    top.mark = mark
    let left = max(top.leftRoom(height: upper), bottom.leftRoom(height: lower))
    top.leastLeft = left
    bottom.leastLeft = left
    top.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: width, height: upper))
    bottom.draw(into: &scene, area: Rectangle(x: 0, y: upper + gap, width: width, height: lower))
    if !isWide { drawLegend(&scene, top.curves, top: upper + gap + lower + 8) }
    return scene
  }

  private func plot(
    _ y: Axis, table: Int, isWide: Bool, _ value: @escaping (EpochRecord) -> Double
  ) -> Plot {
    let curves = shown.enumerated().map { index, run in
      Plot.Curve(
        series: Series(name(run), points: run.rows.map { Point(Double($0.epoch), value($0)) }), color: index,
        dash: Plot.dash(index))
    }
    return Plot(
      x: Axis("epoch", isWhole: true), y: y, curves: curves, table: table,
      columns: curves.indices.map { $0 + 1 }, showsNames: isWide, markLimit: 1000)
  }

  /// The best run's best epoch.
  private var mark: Mark? {
    guard images == .evaluated,
      let best = TrainingMetrics.best(of: shown.map { TrainingMetrics(rows: $0.rows) }),
      let row = shown[best].rows.best
    else { return nil }
    return Mark(
      Point(Double(row.epoch), metric.of(row.evaluation) * metric.factor),
      label: "best \(metric.text(metric.of(row.evaluation))), epoch \(row.epoch)")
  }

  private func drawLegend(_ scene: inout Scene, _ curves: [Plot.Curve], top: Double) {
    for (index, curve) in curves.enumerated() {
      let height = top + Double(index) * 20 + 8
      scene.add(
        .line(
          Point(4, height), Point(34, height), Stroke(.series(curve.color), width: 2, dash: curve.dash)))
      let name = TextMetrics.fitted(curve.series.name, size: 13, limit: scene.width - 46)
      scene.add(.text(Text(name, at: Point(42, height + 4))))
    }
  }

  private func score(_ row: EpochRecord) -> Score { images == .evaluated ? row.evaluation : row.train }
  private func value(_ row: EpochRecord) -> Double { metric.of(score(row)) }
  private func loss(_ row: EpochRecord) -> Double { score(row).loss }
}
