/// Series of points over a common x axis, each named at its line's end.
///
/// Values that are not finite leave gaps; a series without any is not drawn. More than 1,000 marks are
/// thinned.
///
///     LineChart(
///       title: "Loss", x: Axis("epoch"), y: Axis("loss"),
///       series: [Series("train", y: [1.9, 1.6, 1.4]), Series("test", y: [1.6, 1.4, 1.3])])
public struct LineChart: Chart {
  public var title: String
  public var x: Axis
  public var y: Axis
  public var series: [Series]
  public var target: Target?
  public var mark: Mark?

  public init(
    title: String, x: Axis, y: Axis, series: [Series], target: Target? = nil, mark: Mark? = nil
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.series = series
    self.target = target
    self.mark = mark
  }
}

/// What an axis counts, and in what unit.
public struct Axis: Sendable, Hashable {
  /// Whether more is better: words the description.
  public enum Better: Sendable, Hashable { case higher, lower }

  /// For example `test accuracy`.
  public var title: String
  /// For example `%` or `s`.
  public var unit: String?
  public var better: Better?
  /// Whether ticks fall on whole numbers only.
  public var isWhole: Bool

  public init(_ title: String, unit: String? = nil, better: Better? = nil, isWhole: Bool = false) {
    self.title = title
    self.unit = unit
    self.better = better
    self.isWhole = isWhole
  }

  /// `test accuracy (%)`.
  var heading: String { unit.map { "\(title) (\($0))" } ?? title }
}

/// Named points, in order of x.
public struct Series: Sendable, Hashable {
  public enum Style: Sendable, Hashable {
    case line
    /// Unjoined, for samples that alias.
    case dots
  }

  public var name: String
  public var points: [Point]
  public var style: Style

  public init(_ name: String, points: [Point], style: Style = .line) {
    self.name = name
    self.points = points
    self.style = style
  }

  /// Values at x = `start`, `start` + 1, …
  public init(_ name: String, y: [Double], from start: Double = 1, style: Style = .line) {
    self.init(name, points: y.enumerated().map { Point(start + Double($0.offset), $0.element) }, style: style)
  }
}

/// A value to be reached, drawn as a dashed line across.
public struct Target: Sendable, Hashable {
  public var value: Double
  public var label: String

  public init(_ value: Double, label: String) {
    self.value = value
    self.label = label
  }
}

/// A point worth naming, for example the best epoch.
public struct Mark: Sendable, Hashable {
  public var point: Point
  public var label: String

  public init(_ point: Point, label: String) {
    self.point = point
    self.label = label
  }
}

extension LineChart {
  public var summary: String {
    let unit = y.unit.map { " \($0)" } ?? ""
    return series.map { series in
      describe(
        series.name == y.title ? sentenceCase(y.title) : "\(sentenceCase(series.name)) \(y.title)",
        series.points, x: x.title, better: y.better
      ) { Number.text($0, significant: 4) + unit }
    }.joined(separator: " ")
  }

  /// One row for each x of any series.
  public var data: [Table] {
    var values: [Double: [Int: Double]] = [:]
    for (index, series) in series.enumerated() {
      for point in series.points where point.x.isFinite { values[point.x, default: [:]][index] = point.y }
    }
    let rows = values.sorted { $0.key < $1.key }.map { x, row in
      [Number.text(x)] + series.indices.map { row[$0].map { Number.text($0) } ?? "" }
    }
    let headers = [x.heading] + series.map { series.count == 1 ? y.heading : heading(of: $0) }
    let table = Table(
      headers: headers, alignments: headers.map { _ in .right }, rows: rows)
    return [thinned(table, limit: 400)]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    var scene = layout == .wide ? Scene(width: 720, height: 340) : Scene(width: 360, height: 280)
    let curves = series.enumerated().map { index, series in
      Plot.Curve(
        series: series, color: index, dash: Plot.dashes[Palette.seriesIndex(index)])
    }
    let plot = Plot(
      x: x, y: y, curves: curves, target: target, mark: mark, columns: series.indices.map { $0 + 1 },
      showsNames: series.count > 1)
    plot.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: scene.width, height: scene.height))
    return scene
  }

  private func heading(of series: Series) -> String {
    y.unit.map { "\(series.name) (\($0))" } ?? series.name
  }
}
