import Support

/// Series of points over a common x axis, each labelled at its end.
///
/// Values that are not finite leave gaps; a series without any finite value is not drawn. More than 1,000 points
/// are thinned.
///
///     LineChart(
///       title: "Loss", x: Axis("epoch"), y: Axis("loss"),
///       series: [Series("train", y: [1.9, 1.6, 1.4]), Series("test", y: [1.6, 1.4, 1.3])])
public struct LineChart: Chart {
  /// The chart's title.
  public var title: String
  /// The x axis.
  public var x: Axis
  /// The y axis.
  public var y: Axis
  /// The series.
  public var series: [Series]
  /// A value to reach, drawn across the plot.
  public var target: Target?
  /// A highlighted point.
  public var mark: Mark?

  /// Creates a line chart.
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

/// The quantity on an axis and its unit.
public struct Axis: Sendable, Hashable {
  /// The direction that is better, used in descriptions.
  public enum Better: Sendable, Hashable { case higher, lower }

  /// The quantity, for example `test accuracy`.
  public var title: String
  /// The unit, for example `%` or `s`.
  public var unit: String?
  /// The direction that is better; `nil` if neither is.
  public var better: Better?
  /// Whether ticks are only at integers.
  public var isWhole: Bool
  /// Whether points are decimal logarithms of the quantity, whose powers of ten label the ticks of an x axis.
  public var isLogarithmic: Bool

  /// Creates an axis.
  public init(
    _ title: String, unit: String? = nil, better: Better? = nil, isWhole: Bool = false,
    isLogarithmic: Bool = false
  ) {
    self.title = title
    self.unit = unit
    self.better = better
    self.isWhole = isWhole || isLogarithmic
    self.isLogarithmic = isLogarithmic
  }

  /// The label of a tick on this axis.
  func label(_ tick: Double, of scale: Scale) -> String {
    guard isLogarithmic, abs(tick) < 300 else { return scale.label(tick) }
    return abs(tick) > 3 ? "1e\(Int(tick))" : Number.text(Number.powerOfTen(Int(tick)))
  }

  /// The title with its unit, for example `test accuracy (%)`.
  var heading: String { unit.map { "\(title) (\($0))" } ?? title }

  /// A number's text with the unit behind it: `85%`, `25 s`.
  func withUnit(_ number: String) -> String {
    guard let unit else { return number }
    return unit == "%" ? number + unit : "\(number) \(unit)"
  }
}

/// A named series of points, in order of x.
public struct Series: Sendable, Hashable {
  /// How a series is drawn.
  public enum Style: Sendable, Hashable {
    /// A line through the points.
    case line
    /// Unconnected dots, for samples that alias.
    case dots
  }

  /// The series' name.
  public var name: String
  /// The points, in order of x.
  public var points: [Point]
  /// How the series is drawn.
  public var style: Style

  /// Creates a series from points.
  public init(_ name: String, points: [Point], style: Style = .line) {
    self.name = name
    self.points = points
    self.style = style
  }

  /// Creates a series from values at x = `start`, `start` + 1, …
  public init(_ name: String, y: [Double], from start: Double = 1, style: Style = .line) {
    self.init(name, points: y.enumerated().map { Point(start + Double($0.offset), $0.element) }, style: style)
  }
}

/// A value to reach, drawn as a dashed line across the plot.
public struct Target: Sendable, Hashable {
  /// The value on the y axis.
  public var value: Double
  /// The label of the line.
  public var label: String

  /// Creates a target.
  public init(_ value: Double, label: String) {
    self.value = value
    self.label = label
  }
}

/// A highlighted point, for example the best epoch.
public struct Mark: Sendable, Hashable {
  /// The point.
  public var point: Point
  /// The label of the point.
  public var label: String

  /// Creates a mark.
  public init(_ point: Point, label: String) {
    self.point = point
    self.label = label
  }
}

extension LineChart {
  public var summary: String {
    return series.map { series in
      describe(
        series.name == y.title ? sentenceCase(y.title) : "\(sentenceCase(series.name)) \(y.title)",
        series.points, x: x.title, better: y.better
      ) { y.withUnit(Number.text($0, significant: 4)) }
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
