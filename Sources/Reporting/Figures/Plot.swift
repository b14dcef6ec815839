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

  /// The dash pattern of a curve, chosen so that sixteen curves have distinct pairs of colour and dash.
  static func dash(_ index: Int) -> [Double] { dashes[(index + index / Palette.series.count) % dashes.count] }

  /// Draws the plot with its axis titles and labels into `area`.
  func draw(into scene: inout Scene, area: Rectangle) {
    let drawn = curves.map { $0.series.points.filter(\.isDrawable) }
    let xScale = x.scale(
      around: curves.flatMap(\.series.widths), count: area.width < 300 ? 4 : 5, isTight: true)
    let yScale = yScale(height: area.height)
    let yLabels = yScale.ticks.map { yScale.label($0) }

    let left = max(leastLeft, leftRoom(height: area.height))
    let names = showsNames ? drawn.indices.filter { !drawn[$0].isEmpty } : []
    let nameLimit = area.width * 0.3
    // Half of the last tick's label is beyond the frame.
    let lastTick = (xScale.ticks.last.map { TextMetrics.width(xScale.label($0), size: 12) } ?? 0) / 2
    let right =
      names.map { min(nameLimit, TextMetrics.width(curves[$0].series.name, size: 13)) + 27 }.max()
      ?? max(12, lastTick + 1)
    let frame = Rectangle(
      x: area.x + left, y: area.y + 30, width: max(40, area.width - left - right),
      height: max(40, area.height - 30 - 42))
    func place(_ point: Point) -> Point {
      Point(
        xScale.position(point.x, frame.x, frame.maxX), yScale.position(point.y, frame.maxY, frame.y))
    }

    drawAxes(&scene, area, frame, xScale, yScale, yLabels)
    if drawn.allSatisfy(\.isEmpty) {
      let center = Point(frame.x + frame.width / 2, frame.y + frame.height / 2)
      scene.add(.text(Text("no values", at: center, anchor: .middle, color: .muted)))
    }
    if let target, isDrawable(target.value) {
      drawTarget(&scene, frame, target, at: place(Point(0, target.value)).y, drawn.map { $0.map(place) })
    }
    let limit = markLimit / max(1, curves.count)
    for curve in curves { drawBand(of: curve, limit: limit, into: &scene, frame, place) }
    for curve in curves { draw(curve, limit: limit, into: &scene, frame, place) }
    drawNames(&scene, frame, names.map { ($0, place(drawn[$0][drawn[$0].count - 1]).y) }, nameLimit)
    if let mark, mark.point.isDrawable { drawMark(&scene, area, frame, mark, at: place(mark.point)) }

    scene.panels.append(
      CrosshairPanel(
        frame: frame, xDomain: xScale.domain, yDomain: yScale.domain, isLogarithmicX: x.isLogarithmic,
        isLogarithmicY: y.isLogarithmic, axis: x.title, table: table,
        columns: columns, colors: curves.map(\.color)))
  }

  /// The width of the y axis labels in a plot of this height.
  func leftRoom(height: Double) -> Double {
    let scale = yScale(height: height)
    return (scale.ticks.map { TextMetrics.width(scale.label($0), size: 12) }.max() ?? 0) + 9
  }

  private func yScale(height: Double) -> Scale {
    y.scale(
      around: curves.flatMap(\.series.heights) + (target.map { [$0.value] } ?? []),
      count: Int(min(max(height, 90), 300) / 45))
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
            xScale.label(tick), at: Point(across, frame.maxY + 18), anchor: .middle, size: 12,
            color: .muted))
      )
    }
    scene.add(
      .text(
        Text(
          x.heading, at: Point(frame.x + frame.width / 2, frame.maxY + 36), anchor: .middle, color: .muted)))
  }
}
