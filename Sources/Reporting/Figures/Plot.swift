/// One plot of a chart: axes, grid, labelled series, a target, a highlighted point.
struct Plot {
  /// A series with its drawing style.
  struct Curve {
    var series: Series
    /// The index of its series colour.
    var color: Int
    var dash: [Double]
  }

  var x: Axis
  var y: Axis
  var curves: [Curve]
  var target: Target?
  var mark: Mark?
  /// The index of the table with its numbers; each curve has a column.
  var table = 0
  var columns: [Int] = []
  /// Whether the curves are labelled at their ends.
  var showsNames = true
  /// The minimum space left of the plot area, which aligns stacked plots.
  var leastLeft = 0.0
  /// The number of points above which curves are thinned, to keep an SVG below 20 KB.
  var markLimit = 1000

  static let dashes: [[Double]] = [[], [7, 4], [2, 3], [9, 3, 2, 3]]

  /// Draws the plot with its axis titles and labels into `area`.
  func draw(into scene: inout Scene, area: Rectangle) {
    let drawn = curves.map { $0.series.points.filter(Plot.isDrawable) }
    let xScale = Scale(
      around: drawn.joined().map(\.x), count: area.width < 300 ? 4 : 5, isWhole: x.isWhole, isTight: true)
    let yScale = yScale(height: area.height)
    let yLabels = yScale.ticks.map { yScale.label($0) }

    let left = max(leastLeft, leftRoom(height: area.height))
    let names = showsNames ? drawn.indices.filter { !drawn[$0].isEmpty } : []
    let nameLimit = area.width * 0.3
    let right =
      names.map { min(nameLimit, TextMetrics.width(curves[$0].series.name, size: 13)) + 27 }.max() ?? 12
    let frame = Rectangle(
      x: area.x + left, y: area.y + 30, width: max(40, area.width - left - right),
      height: max(40, area.height - 30 - 42))
    func place(_ point: Point) -> Point {
      Point(
        xScale.position(point.x, frame.x, frame.maxX), yScale.position(point.y, frame.maxY, frame.y))
    }

    drawAxes(&scene, area, frame, xScale, yScale, yLabels)
    if let target, Plot.isDrawable(Point(0, target.value)) {
      drawTarget(&scene, frame, target, at: place(Point(0, target.value)).y, drawn.map { $0.map(place) })
    }
    let limit = markLimit / max(1, curves.count)
    for curve in curves { draw(curve, limit: limit, into: &scene, place) }
    drawNames(&scene, frame, names.map { ($0, place(drawn[$0][drawn[$0].count - 1]).y) }, nameLimit)
    if let mark, Plot.isDrawable(mark.point) { drawMark(&scene, area, frame, mark, at: place(mark.point)) }

    scene.panels.append(
      CrosshairPanel(
        frame: frame, xDomain: xScale.domain, yDomain: yScale.domain, axis: x.title, table: table,
        columns: columns, colors: curves.map(\.color)))
  }

  /// The width of the y axis labels in a plot of this height.
  func leftRoom(height: Double) -> Double {
    let scale = yScale(height: height)
    return (scale.ticks.map { TextMetrics.width(scale.label($0), size: 12) }.max() ?? 0) + 9
  }

  private func yScale(height: Double) -> Scale {
    let values = curves.lazy.flatMap { $0.series.points.filter(Plot.isDrawable) }.map(\.y)
    return Scale(
      around: Array(values) + (target.map { [$0.value] } ?? []), count: Int(min(max(height, 90), 300) / 45),
      isWhole: y.isWhole)
  }

  private static func isDrawable(_ point: Point) -> Bool {
    Reporting.isDrawable(point.x) && Reporting.isDrawable(point.y)
  }

  private func drawAxes(
    _ scene: inout Scene, _ area: Rectangle, _ frame: Rectangle, _ xScale: Scale, _ yScale: Scale,
    _ yLabels: [String]
  ) {
    let title = TextMetrics.fitted(y.heading, size: 13, limit: area.width)
    scene.add(.text(Text(title, at: Point(area.x, area.y + 13), weight: .bold)))
    for (tick, label) in zip(yScale.ticks, yLabels) {
      let height = yScale.position(tick, frame.maxY, frame.y)
      scene.add(.line(Point(frame.x, height), Point(frame.maxX, height), Stroke(.grid)))
      scene.add(
        .text(Text(label, at: Point(frame.x - 7, height + 4), anchor: .end, size: 12, color: .muted)))
    }
    scene.add(.line(Point(frame.x, frame.maxY), Point(frame.maxX, frame.maxY), Stroke(.muted)))
    for tick in xScale.ticks {
      let across = xScale.position(tick, frame.x, frame.maxX)
      scene.add(.line(Point(across, frame.maxY), Point(across, frame.maxY + 4), Stroke(.muted)))
      scene.add(
        .text(
          Text(
            x.label(tick, of: xScale), at: Point(across, frame.maxY + 18), anchor: .middle, size: 12,
            color: .muted))
      )
    }
    scene.add(
      .text(
        Text(
          x.heading, at: Point(frame.x + frame.width / 2, frame.maxY + 36), anchor: .middle, color: .muted)))
  }

  private func draw(
    _ curve: Curve, limit: Int, into scene: inout Scene, _ place: (Point) -> Point
  ) {
    let points = thinned(
      curve.series.points.map { Plot.isDrawable($0) ? $0 : Point(.nan, .nan) }, limit: limit)
    let color = SceneColor.series(curve.color)
    switch curve.series.style {
    case .dots:
      let dots = points.filter(\.isFinite).map(place)
      if !dots.isEmpty { scene.add(.dots(dots, radius: 2.5, fill: color)) }
    case .line:
      for run in points.split(whereSeparator: { !$0.isFinite }) {
        if run.count == 1 {
          scene.add(.dots(run.map(place), radius: 3, fill: color))
        } else {
          scene.add(.polyline(run.map(place), Stroke(color, width: 2, dash: curve.dash)))
        }
      }
    }
  }

  /// Draws a dashed line across the plot, labelled at the end where the curves are further away.
  private func drawTarget(
    _ scene: inout Scene, _ frame: Rectangle, _ target: Target, at height: Double, _ curves: [[Point]]
  ) {
    scene.add(
      .line(Point(frame.x, height), Point(frame.maxX, height), Stroke(.muted, width: 1.5, dash: [3, 3])))
    let width = TextMetrics.width(target.label, size: 12)
    func clearance(_ inside: (Double) -> Bool) -> Double {
      curves.joined().filter { inside($0.x) }.map { abs($0.y - (height - 8)) }.min() ?? .infinity
    }
    let isLeft = clearance { $0 < frame.x + width + 12 } >= clearance { $0 > frame.maxX - width - 12 }
    let base = height - 17 < frame.y - 10 ? height + 15 : height - 6
    let left = isLeft ? frame.x + 6 : frame.maxX - 6 - width
    scene.add(
      .rectangle(
        Rectangle(x: left - 2, y: base - 10, width: width + 4, height: 13), fill: .background))
    scene.add(
      .text(
        Text(
          target.label, at: Point(isLeft ? frame.x + 6 : frame.maxX - 6, base),
          anchor: isLeft ? .start : .end, size: 12, color: .muted)))
  }

  /// Draws the labels at the curves' ends, moved apart to avoid overlaps, each with a short line sample.
  private func drawNames(
    _ scene: inout Scene, _ frame: Rectangle, _ ends: [(curve: Int, height: Double)], _ limit: Double
  ) {
    let gap = min(16, frame.height / Double(max(1, ends.count)))
    let size = min(13, max(7, gap - 2))
    let heights = separated(ends.map(\.height), gap: gap, within: frame.y...frame.maxY)
    for (end, height) in zip(ends, heights) {
      let curve = curves[end.curve]
      let color = SceneColor.series(curve.color)
      if curve.series.style == .dots {
        scene.add(.dots([Point(frame.maxX + 13, height)], radius: 2.5, fill: color))
      } else {
        scene.add(
          .line(
            Point(frame.maxX + 6, height), Point(frame.maxX + 20, height),
            Stroke(color, width: 2, dash: curve.dash.map { min($0, 5) })))
      }
      scene.add(
        .text(
          Text(
            TextMetrics.fitted(curve.series.name, size: size, limit: limit),
            at: Point(frame.maxX + 25, height + size * 0.34), size: size)))
    }
  }

  /// Draws a ring around the point, with its label above, or below if there is no space.
  private func drawMark(
    _ scene: inout Scene, _ area: Rectangle, _ frame: Rectangle, _ mark: Mark, at point: Point
  ) {
    scene.add(
      .circle(center: point, radius: 4.5, fill: .background, stroke: Stroke(.text, width: 2)))
    guard !mark.label.isEmpty else { return }
    let width = TextMetrics.width(mark.label, size: 12, weight: .bold)
    let left = min(max(point.x - width / 2, frame.x), max(frame.x, area.maxX - width - 4))
    let base = point.y - 11 < area.y + 26 ? point.y + 20 : point.y - 11
    scene.add(
      .rectangle(
        Rectangle(x: left - 3, y: base - 11, width: width + 6, height: 15), fill: .background, radius: 2))
    scene.add(.text(Text(mark.label, at: Point(left, base), size: 12, weight: .bold)))
  }
}

/// The heights moved as little as possible, so that neighbours are `gap` apart and inside `bounds`.
func separated(_ heights: [Double], gap: Double, within bounds: ClosedRange<Double>) -> [Double] {
  let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
  var out = heights
  var floor = bounds.lowerBound
  for index in order {
    out[index] = max(out[index], floor)
    floor = out[index] + gap
  }
  var ceiling = bounds.upperBound
  for index in order.reversed() {
    out[index] = min(out[index], ceiling)
    ceiling = out[index] - gap
  }
  return out
}
