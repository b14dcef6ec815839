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
  /// The bars, from the top. Neighbours of the same name but of different series are a group.
  public var bars: [Bar]
  /// The value at the right edge, for example 100 for percentages; `nil` uses the largest value.
  public var limit: Double?
  /// The number of decimals shown; `nil` shows up to four significant digits.
  public var decimals: Int?
  /// The names of the series, if there are several.
  public var series: [String] = []
  /// The table's heading of the bars' names.
  public var nameTitle = ""

  /// Creates a bar chart.
  public init(title: String, axis: Axis, bars: [Bar], limit: Double? = nil, decimals: Int? = 1) {
    self.title = title
    self.axis = axis
    self.bars = bars
    self.limit = limit
    self.decimals = decimals.map { min(max($0, 0), 6) }
  }

  /// Creates a chart of groups of bars, one of each series.
  ///
  /// - Parameters:
  ///   - title: the chart's title.
  ///   - axis: the axis of the values.
  ///   - labels: the names of the groups.
  ///   - series: the names of the series and their values, one for each group; others are left out.
  public init(title: String, axis: Axis, labels: [String], series: [(name: String, values: [Double])]) {
    let bars = labels.indices.flatMap { group in
      series.enumerated().map { index, one in
        Bar(labels[group], one.values.indices.contains(group) ? one.values[group] : nil, series: index)
      }
    }
    self.init(title: title, axis: axis, bars: bars, decimals: nil)
    if series.count > 1 { self.series = series.map(\.name) }
  }
}

/// A named value; one that is absent or not finite is shown as `–`.
public struct Bar: Sendable, Hashable {
  /// The bar's name.
  public var name: String
  /// The value; `nil` if there is none.
  public var value: Double?
  /// The index of its series, which has a colour.
  public var series: Int

  /// Creates a bar.
  public init(_ name: String, _ value: Double?, series: Int = 0) {
    self.name = name
    self.value = value
    self.series = series
  }

  /// The value if it can be drawn.
  var drawn: Double? { value.flatMap { isDrawable($0) ? $0 : nil } }
}

extension BarChart {
  public var summary: String {
    guard series.count > 1 else { return summary(of: bars, axis.title.isEmpty ? "value" : axis.title) }
    return series.enumerated().map { index, name in
      summary(of: bars.filter { $0.series == index }, "\(name) \(axis.title)")
    }.joined(separator: " ")
  }

  private func summary(of bars: [Bar], _ quantity: String) -> String {
    let drawn = bars.compactMap { bar in bar.drawn.map { (name: bar.name, value: $0) } }
    guard let first = drawn.first else { return "No values." }
    let low = drawn.reduce(first) { $1.value < $0.value ? $1 : $0 }
    let high = drawn.reduce(first) { $1.value > $0.value ? $1 : $0 }
    let missing = bars.filter { $0.drawn == nil }.map(\.name)
    let rest = missing.isEmpty ? "" : " No value for \(missing.joined(separator: ", "))."
    if drawn.count == 1 {
      let name = series.count > 1 ? "\(sentenceCase(quantity)) of \(first.name)" : first.name
      return "\(name): \(text(first.value)).\(rest)"
    }
    return "\(sentenceCase(quantity)) is highest for \(high.name), \(text(high.value)), and lowest for "
      + "\(low.name), \(text(low.value)).\(rest)"
  }

  public var data: [Table] {
    let names = series.count > 1 ? series : [axis.heading]
    return [
      Table(
        headers: [nameTitle] + names, alignments: [.left] + names.map { _ in .right },
        rows: stride(from: 0, to: bars.count, by: names.count).map { first in
          [bars[first].name]
            + bars[first..<min(first + names.count, bars.count)].map { $0.drawn.map(number) ?? "–" }
        })
    ]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    let isGrouped = series.count > 1
    let rowHeight = bars.count > 40 || isGrouped ? 18.0 : 26.0
    let shown = bars.prefix(400)
    let gap = isGrouped ? 8.0 : 0
    let groups = isGrouped ? Double((shown.count + series.count - 1) / series.count) : 0
    let legend = isGrouped ? Double(series.count) * 20 + 10 : 0
    let height = Double(shown.count) * rowHeight + max(0, groups - 1) * gap
    var scene = Scene(width: layout.width, height: legend + height + 32)
    let nameWidth = min(
      scene.width * 0.35, shown.map { TextMetrics.width($0.name, size: 13) }.max() ?? 0)
    let values = shown.compactMap(\.drawn)
    let (bottom, top) = (min(values.min() ?? 0, 0), max(limit ?? 0, values.max() ?? 0, 0))
    func width(_ isIncluded: (Double) -> Bool) -> Double {
      shown.filter { isIncluded($0.drawn ?? 0) }.map { TextMetrics.width(text($0.drawn), size: 13) }.max()
        ?? 0
    }
    // Labels are at the bars' outer ends: to the left of those below zero.
    let left = nameWidth + 10 + (bottom < 0 ? width { $0 < 0 } + 10 : 0)
    let room = max(40, scene.width - left - width { $0 >= 0 } - 8)
    let scale = top > bottom ? room / (top - bottom) : 0
    let zero = left - bottom * scale
    scene.add(
      .text(
        Text(TextMetrics.fitted(axis.heading, size: 13, limit: scene.width), at: Point(0, 13), weight: .bold))
    )
    drawLegend(into: &scene)
    let first = 26 + legend
    for (index, bar) in shown.enumerated() {
      let group = isGrouped ? index / series.count : 0
      let y = first + Double(index) * rowHeight + Double(group) * gap
      let base = y + rowHeight / 2 + 4.5
      if !isGrouped || index.isMultiple(of: series.count) {
        scene.add(
          .text(
            Text(
              TextMetrics.fitted(bar.name, size: 13, limit: nameWidth + 1), at: Point(nameWidth, base),
              anchor: .end)))
      }
      let value = bar.drawn ?? 0
      let length = min(room, abs(value) * scale)
      if length > 0 {
        scene.add(
          .rectangle(
            Rectangle(
              x: value < 0 ? zero - length : zero, y: y + (isGrouped ? 1 : 3), width: length,
              height: rowHeight - (isGrouped ? 2 : 6)), fill: .series(bar.series), radius: 2))
      }
      let end = value < 0 ? Point(zero - length - 7, base) : Point(zero + length + 7, base)
      scene.add(.text(Text(text(bar.drawn), at: end, anchor: value < 0 ? .end : .start)))
    }
    scene.add(.line(Point(zero, first), Point(zero, first + height), Stroke(.muted)))
    if shown.isEmpty { scene.add(.text(Text("no values", at: Point(8, 31), color: .muted))) }
    return scene
  }

  private func drawLegend(into scene: inout Scene) {
    guard series.count > 1 else { return }
    for (index, name) in series.enumerated() {
      let y = 26 + Double(index) * 20
      scene.add(.rectangle(Rectangle(x: 0, y: y, width: 14, height: 12), fill: .series(index), radius: 2))
      let fitted = TextMetrics.fitted(name, size: 13, limit: scene.width - 30)
      scene.add(.text(Text(fitted, at: Point(22, y + 10.5))))
    }
  }

  private func number(_ value: Double) -> String {
    guard let decimals else {
      return value.rounded() == value && abs(value) < 1e15
        ? Number.fixed(value, 0) : Number.text(value, significant: 4)
    }
    return Number.fixed(value, decimals)
  }

  private func text(_ value: Double?) -> String {
    guard let value else { return "–" }
    return axis.withUnit(number(value))
  }
}
