import Support

/// Horizontal bars from zero, each labelled with its value, for example the accuracy of each class.
///
///     BarChart(title: "Accuracy by class", axis: Axis("accuracy", unit: "%"),
///              bars: [Bar("cat", 71.2), Bar("ship", 94)], limit: 100)
public struct BarChart: Chart {
  /// The chart's title.
  public var title: String
  /// The axis of the values.
  public var axis: Axis
  /// The bars, from the top.
  public var bars: [Bar]
  /// The value at the right edge, for example 100 for percentages; `nil` uses the largest value.
  public var limit: Double?
  /// The number of decimals shown.
  public var decimals: Int

  /// Creates a bar chart.
  public init(title: String, axis: Axis, bars: [Bar], limit: Double? = nil, decimals: Int = 1) {
    self.title = title
    self.axis = axis
    self.bars = bars
    self.limit = limit
    self.decimals = min(max(decimals, 0), 6)
  }
}

/// A named value; one that is absent or not finite is shown as `–`.
public struct Bar: Sendable, Hashable {
  /// The bar's name.
  public var name: String
  /// The value; `nil` if there is none.
  public var value: Double?

  /// Creates a bar.
  public init(_ name: String, _ value: Double?) {
    self.name = name
    self.value = value
  }

  /// The value if it can be drawn.
  var drawn: Double? { value.flatMap { isDrawable($0) ? $0 : nil } }
}

extension BarChart {
  public var summary: String {
    let drawn = bars.compactMap { bar in bar.drawn.map { (name: bar.name, value: $0) } }
    guard let first = drawn.first else { return "No values." }
    let low = drawn.reduce(first) { $1.value < $0.value ? $1 : $0 }
    let high = drawn.reduce(first) { $1.value > $0.value ? $1 : $0 }
    let missing = bars.filter { $0.drawn == nil }.map(\.name)
    let rest = missing.isEmpty ? "" : " No value for \(missing.joined(separator: ", "))."
    if drawn.count == 1 { return "\(first.name): \(text(first.value)).\(rest)" }
    return "\(sentenceCase(axis.title)) is highest for \(high.name), \(text(high.value)), and lowest for "
      + "\(low.name), \(text(low.value)).\(rest)"
  }

  public var data: [Table] {
    [
      Table(
        headers: ["", axis.heading], alignments: [.left, .right],
        rows: bars.map { [$0.name, $0.drawn.map { Number.fixed($0, decimals) } ?? "–"] })
    ]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let rowHeight = bars.count > 40 ? 18.0 : 26.0
    let shown = bars.prefix(400)
    var scene = Scene(width: layout == .wide ? 720 : 360, height: Double(shown.count) * rowHeight + 32)
    let nameWidth = min(
      scene.width * 0.35, shown.map { TextMetrics.width($0.name, size: 13) }.max() ?? 0)
    let valueWidth = shown.map { TextMetrics.width(text($0.drawn), size: 13) }.max() ?? 0
    let left = nameWidth + 10
    let room = max(40, scene.width - left - valueWidth - 8)
    let drawn = shown.compactMap(\.drawn)
    let top = max(limit ?? 0, drawn.max() ?? 0, 0)
    scene.add(.text(Text(axis.heading, at: Point(0, 13), weight: .bold)))
    for (index, bar) in shown.enumerated() {
      let y = 26 + Double(index) * rowHeight
      let base = y + rowHeight / 2 + 4.5
      scene.add(
        .text(
          Text(
            TextMetrics.fitted(bar.name, size: 13, limit: nameWidth + 1), at: Point(left - 10, base),
            anchor: .end)))
      let length = top > 0 ? max(0, (bar.drawn ?? 0) / top * room) : 0
      if length > 0 {
        scene.add(
          .rectangle(
            Rectangle(x: left, y: y + 3, width: length, height: rowHeight - 6), fill: .series(0), radius: 2))
      }
      scene.add(.text(Text(text(bar.drawn), at: Point(left + length + 7, base))))
    }
    scene.add(
      .line(Point(left, 26), Point(left, 26 + Double(shown.count) * rowHeight), Stroke(.muted)))
    return scene
  }

  private func text(_ value: Double?) -> String {
    guard let value else { return "–" }
    return axis.withUnit(Number.fixed(value, decimals))
  }
}
