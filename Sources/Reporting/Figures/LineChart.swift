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
    let sentences = series.map { series in
      let points = series.points.filter { x.shows($0.x) && y.shows($0.y) }
      switch series.style {
      case .line:
        return describe(
          sentenceCase(named(series)), points, x: x.title.isEmpty ? "x" : x.title, better: y.better,
          format: text)
      case .dots, .columns:
        return sentenceCase(series.name) + (series.name.isEmpty ? "" : ": ") + spread(of: points)
      }
    }
    return (sentences.isEmpty ? ["No values."] : sentences + [omitted].compactMap(\.self)).joined(
      separator: " ")
  }

  /// The values without a place in the chart, as a sentence; `nil` if there are none.
  public var omitted: String? {
    var (unknown, below) = (0, 0)
    for point in series.flatMap(\.points) {
      if !isDrawable(point.x) || !isDrawable(point.y) {
        unknown += 1
      } else if !x.shows(point.x) || !y.shows(point.y) {
        below += 1
      }
    }
    let parts = [
      unknown > 0 ? "\(Number.counted(unknown, "point")) without a finite value" : nil,
      below > 0
        ? "\(Number.counted(below, "point")) at 0 or below, which a logarithmic axis cannot show" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "Not drawn: \(parts.joined(separator: "; "))."
  }

  /// `Train loss`, or only the quantity if the series repeats it or has no name.
  private func named(_ series: Series) -> String {
    let words = series.name == y.title ? [y.title] : [series.name, y.title].filter { !$0.isEmpty }
    return words.isEmpty ? "y" : words.joined(separator: " ")
  }

  private func text(_ value: Double) -> String { y.withUnit(Number.text(value, significant: 4)) }

  /// `120 points; x from 1 to 9, y from 0.5 to 2.`
  private func spread(of points: [Point]) -> String {
    guard let first = points.first else { return "no values." }
    let low = points.reduce(first) { Point(min($0.x, $1.x), min($0.y, $1.y)) }
    let high = points.reduce(first) { Point(max($0.x, $1.x), max($0.y, $1.y)) }
    let width = "\(Number.text(low.x, significant: 4)) to \(x.withUnit(Number.text(high.x, significant: 4)))"
    return "\(Number.counted(points.count, "point")); \(x.title.isEmpty ? "x" : x.title) from \(width), "
      + "\(y.title.isEmpty ? "y" : y.title) from \(Number.text(low.y, significant: 4)) to \(text(high.y))."
  }

  /// One row for each x of any series; more if a series has several points there.
  public var data: [Table] {
    struct Place: Hashable {
      var x: Double
      var occurrence: Int
    }
    var columns: [(heading: String, values: [Place: Double])] = []
    var places: Set<Place> = []
    for series in series {
      let name = self.series.count == 1 ? y.heading : heading(of: series)
      let first = columns.count
      columns.append((name.isEmpty ? "y" : name, [:]))
      if series.hasBands { columns += [("\(name), low", [:]), ("\(name), high", [:])] }
      var seen: [Double: Int] = [:]
      for (index, point) in series.points.enumerated() where point.x.isFinite {
        let place = Place(x: point.x, occurrence: seen[point.x, default: 0])
        seen[point.x, default: 0] += 1
        places.insert(place)
        columns[first].values[place] = point.y
        guard series.hasBands else { continue }
        columns[first + 1].values[place] = series.bands[index].low
        columns[first + 2].values[place] = series.bands[index].high
      }
    }
    let sorted = places.sorted { ($0.x, $0.occurrence) < ($1.x, $1.occurrence) }
    let shown = evenlySpaced(sorted.count, limit: 400)
    let rows = shown.map { index in
      let place = sorted[index]
      return [Number.text(place.x)] + columns.map { $0.values[place].map { Number.text($0) } ?? "" }
    }
    let headers = [x.heading.isEmpty ? "x" : x.heading] + columns.map(\.heading)
    var table = Table(headers: headers, alignments: headers.map { _ in .right }, rows: rows)
    if rows.count < sorted.count { table.caption = thinningNote(rows.count, of: sorted.count) }
    return [table]
  }

  /// The table's column of each series, whose bands have columns too.
  private var columns: [Int] {
    var next = 1
    return series.map { series in
      defer { next += series.hasBands ? 3 : 1 }
      return next
    }
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    var scene = Scene(layout)
    let curves = series.enumerated().map { index, series in
      Plot.Curve(series: series.placed(x, y), color: index, dash: Plot.dash(index))
    }
    let target = target.map { Target(y.position(of: $0.value), label: $0.label) }
    let mark = mark.map {
      Mark(Point(x.position(of: $0.point.x), y.position(of: $0.point.y)), label: $0.label)
    }
    let plot = Plot(
      x: x, y: y, curves: curves, target: target, mark: mark, columns: columns, showsNames: series.count > 1)
    plot.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: scene.width, height: scene.height))
    return scene
  }

  private func heading(of series: Series) -> String {
    y.unit.map { "\(series.name) (\($0))" } ?? series.name
  }
}
