/// Drawing of curves, their names, the target and the highlighted point.
extension Plot {
  /// Draws the area behind a curve.
  func drawBand(
    of curve: Curve, limit: Int, into scene: inout Scene, _ frame: Rectangle, _ place: (Point) -> Point
  ) {
    let series = curve.series
    guard series.hasBands else { return }
    let ranges = zip(series.points, series.bands).map { point, band -> (low: Point, high: Point)? in
      let isKnown = isDrawable(point.x) && isDrawable(band.high) && !band.low.isNaN && band.low < .infinity
      guard isKnown else { return nil }
      let high = place(Point(point.x, band.high))
      // A logarithm of 0 is below every plot.
      let low = isDrawable(band.low) ? place(Point(point.x, band.low)).y : frame.maxY
      return (Point(high.x, low), high)
    }
    for run in ranges.split(whereSeparator: { $0 == nil }) {
      let known = run.compactMap(\.self)
      let every = max(1, known.count * 2 / max(2, limit))
      let kept = known.indices.filter {
        ($0 - known.startIndex).isMultiple(of: every) || $0 == known.count - 1
      }
      guard kept.count > 1 else { continue }
      let outline = kept.map { known[$0].high } + kept.reversed().map { known[$0].low }
      scene.add(.area(outline, fill: .series(curve.color), opacity: 0.2))
    }
  }

  func draw(
    _ curve: Curve, limit: Int, into scene: inout Scene, _ frame: Rectangle, _ place: (Point) -> Point
  ) {
    let color = SceneColor.series(curve.color)
    switch curve.series.style {
    case .dots:
      let dots = thinnedDots(curve.series.points.filter(\.isDrawable).map(place), limit: limit)
      if !dots.isEmpty { scene.add(.dots(dots, radius: 2.5, fill: color)) }
    case .columns(let width):
      let base = place(Point(0, 0)).y
      let columns = curve.series.points.filter(\.isDrawable).map { point in
        let (left, right) = (place(Point(point.x - width / 2, point.y)), place(Point(point.x + width / 2, 0)))
        // A gap of one pixel shows where a column ends.
        return Rectangle(
          x: left.x, y: min(left.y, base), width: max(0.5, right.x - left.x - (right.x - left.x > 4 ? 1 : 0)),
          height: abs(left.y - base))
      }
      if !columns.isEmpty {
        scene.add(.cells(columns, fill: color, opacity: curves.count > 1 ? 0.55 : 1))
      }
    case .line:
      let points = thinned(
        curve.series.points.map { $0.isDrawable ? $0 : Point(.nan, .nan) }, limit: limit)
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
  func drawTarget(
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
  func drawNames(
    _ scene: inout Scene, _ frame: Rectangle, _ ends: [(curve: Int, height: Double)], _ limit: Double
  ) {
    let gap = min(16, frame.height / Double(max(1, ends.count)))
    let size = min(13, max(7, gap - 2))
    let heights = separated(ends.map(\.height), gap: gap, within: frame.y...frame.maxY)
    for (end, height) in zip(ends, heights) {
      let curve = curves[end.curve]
      let color = SceneColor.series(curve.color)
      switch curve.series.style {
      case .dots: scene.add(.dots([Point(frame.maxX + 13, height)], radius: 2.5, fill: color))
      case .columns:
        let sample = Rectangle(x: frame.maxX + 8, y: height - 5, width: 10, height: 10)
        scene.add(.cells([sample], fill: color, opacity: 0.55))
      case .line:
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
  func drawMark(
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
