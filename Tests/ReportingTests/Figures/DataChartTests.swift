import Foundation
import Testing

@testable import Reporting

/// Charts of a user's own numbers, which may be anything.
@Suite("Charts of any numbers")
struct DataChartTests {
  private func dots(_ scene: Scene) -> [Point] {
    scene.elements.flatMap { if case .dots(let points, _, _) = $0 { points } else { [Point]() } }
  }
  private func texts(_ scene: Scene) -> [String] {
    scene.elements.compactMap { if case .text(let text) = $0 { text.string } else { nil } }
  }
  private func cells(_ scene: Scene) -> [Rectangle] {
    scene.elements.flatMap { if case .cells(let boxes, _, _) = $0 { boxes } else { [Rectangle]() } }
  }

  @Test(
    "A logarithmic axis has equal distances for equal factors, and round numbers", arguments: [true, false])
  func logarithmicAxis(isVertical: Bool) {
    let values = [1.0, 10, 100, 1000]
    let chart = LineChart(
      title: "t", x: Axis("x", isLogarithmic: !isVertical), y: Axis("y", isLogarithmic: isVertical),
      series: [
        Series(
          "s", points: values.map { isVertical ? Point($0 / 1000, $0) : Point($0, $0 / 1000) }, style: .dots)
      ])
    let scene = chart.scene(.wide)
    let places = dots(scene).map { isVertical ? -$0.y : $0.x }
    #expect(places.count == 4)
    let steps = zip(places, places.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { abs($0 - steps[0]) < 0.01 && $0 > 10 })
    #expect(["1", "10", "100", "1000"].allSatisfy(texts(scene).contains), "\(texts(scene))")
  }

  @Test(
    "Ticks of a logarithmic axis are round numbers, however narrow it is",
    arguments: [
      ([0.1, 0.95], ["0.2", "0.4", "0.6", "0.8"]), ([1, 40], ["1", "2", "5", "10", "20"]),
      ([1e-5, 1], ["1e-5", "1e-4", "0.001", "0.01", "0.1", "1"]),
    ])
  func logarithmicTicks(values: [Double], labels: [String]) {
    let scale = Scale(logarithmsAround: values.map { log10($0) }, count: 5, isTight: true)
    #expect(scale.ticks.map { scale.label($0) } == labels)
    for tick in scale.ticks { #expect(scale.domain.contains(tick)) }
  }

  @Test("A logarithmic axis leaves out 0 and says so")
  func zeroOnALogarithmicAxis() {
    let chart = LineChart(
      title: "t", x: Axis("epoch"), y: Axis("loss", isLogarithmic: true),
      series: [Series("a", y: [1, 0, -1, 0.1, .nan])])
    #expect(
      chart.omitted
        == "Not drawn: 1 point without a finite value; 2 points at 0 or below, which a logarithmic axis "
        + "cannot show.")
    #expect(chart.figure(name: "x").description.hasSuffix(chart.omitted ?? "?"))
    #expect(chart.data[0].rows.map { $0[1] } == ["1", "0", "-1", "0.1", "nan"])
  }

  @Test("The crosshair of a logarithmic axis knows that its edges are logarithms")
  func crosshairOnALogarithmicAxis() throws {
    let chart = LineChart(
      title: "t", x: Axis("images", isLogarithmic: true), y: Axis("loss"),
      series: [Series("a", points: [Point(1, 2), Point(1000, 1)])])
    let panel = try #require(chart.scene(.wide).panels.first)
    #expect(panel.isLogarithmicX && !panel.isLogarithmicY)
    #expect(panel.xDomain == 0...3)
  }

  @Test("A band is behind its line, and its table has its edges")
  func bands() throws {
    let series = Series(
      "a", points: [Point(1, 2), Point(2, 3), Point(3, 2)],
      bands: [1, 0.5, 1].enumerated().map {
        Series.Band(low: [2, 3, 2][$0.offset] - $0.element, high: [2, 3, 2][$0.offset] + $0.element)
      })
    let chart = LineChart(title: "t", x: Axis("x"), y: Axis("y"), series: [series])
    let elements = chart.scene(.wide).elements
    let area = try #require(elements.firstIndex { if case .area = $0 { true } else { false } })
    let line = try #require(elements.firstIndex { if case .polyline = $0 { true } else { false } })
    #expect(area < line)
    #expect(chart.data[0].headers == ["x", "y", "y, low", "y, high"])
    #expect(chart.data[0].rows[1] == ["2", "3", "2.5", "3.5"])
    // The axis shows the whole band.
    let frame = try #require(chart.scene(.wide).panels.first)
    #expect(frame.yDomain.lowerBound <= 1 && frame.yDomain.upperBound >= 3.5)
  }

  @Test("Of 100,000 points, a part is drawn that looks the same, in a small file")
  func manyDots() {
    let points = (0..<100_000).map { Point(Double($0 % 317), Double($0 * 7919 % 100_003)) }
    let chart = LineChart(
      title: "t", x: Axis("x"), y: Axis("y"), series: [Series("a", points: points, style: .dots)])
    let drawn = dots(chart.scene(.wide))
    #expect((300...1000).contains(drawn.count))
    let frame = chart.scene(.wide).panels[0].frame
    #expect(
      (drawn.map(\.x).max() ?? 0) > frame.maxX - 25
        && (drawn.map(\.y).min() ?? 0) < frame.y + frame.height / 4)
    #expect(chart.figure(name: "x").svg().utf8.count < 20_000)
  }

  @Test("Points at the same place each have a row in the table")
  func repeatedPositions() {
    let chart = LineChart(
      title: "t", x: Axis("x"), y: Axis("y"),
      series: [Series("a", points: [Point(1, 5), Point(1, 6), Point(2, 7)], style: .dots)])
    #expect(chart.data[0].rows == [["1", "5"], ["1", "6"], ["2", "7"]])
    #expect(chart.summary == "A: 3 points; x from 1 to 2, y from 5 to 7.")
  }

  @Test("A histogram counts every finite value once, the highest in the last interval")
  func histogram() {
    let chart = Histogram(
      title: "t", x: Axis("v"), series: [("", [0, 0.4, 0.5, 1, 1, .nan, .infinity])], bins: 2)
    #expect(chart.data[0].rows == [["0.25", "0", "0.5", "2"], ["0.75", "0.5", "1", "3"]])
    #expect(
      chart.summary == "5 values from 0 to 1, mean 0.58; most, 3, are from 0.5 to 1. "
        + "Not drawn: 2 values that are not finite.")
    #expect(cells(chart.scene(.wide)).count == 2)
    let equal = Histogram(title: "t", x: Axis("v"), series: [("", [3, 3, 3])], bins: 3)
    #expect(equal.data[0].rows.map { $0[3] } == ["0", "3", "0"])
  }

  @Test("Bars below zero point to the left")
  func negativeBars() throws {
    let chart = BarChart(
      title: "t", axis: Axis("change"), labels: ["a", "b"], series: [("", [2, -4])])
    let boxes = chart.scene(.wide).elements.compactMap { element -> Rectangle? in
      if case .rectangle(let box, _, _) = element { box } else { nil }
    }
    #expect(boxes.count == 2)
    #expect(abs(boxes[1].maxX - boxes[0].x) < 0.01)
    #expect(abs(boxes[1].width - 2 * boxes[0].width) < 0.01)
    for text in chart.scene(.compact).elements {
      guard case .text(let text) = text else { continue }
      let width = TextMetrics.width(text.string, size: text.size)
      let left = text.anchor == .end ? text.position.x - width : text.position.x
      #expect(left >= -1 && left + width <= 361, "\(text.string)")
    }
  }

  @Test("Groups of bars have a legend and a column for each series")
  func groupedBars() {
    let chart = BarChart(
      title: "t", axis: Axis("n"), labels: ["a", "b"], series: [("old", [1, 2]), ("new", [3, .nan])])
    #expect(chart.data[0].headers == ["", "old", "new"])
    #expect(chart.data[0].rows == [["a", "1", "3"], ["b", "2", "–"]])
    #expect(chart.summary == "Old n is highest for b, 2, and lowest for a, 1. New n of a: 3. No value for b.")
    #expect(Set(["old", "new"]).isSubset(of: texts(chart.scene(.wide))))
  }

  @Test("A large matrix is drawn as means, a small one with its numbers")
  func heatMap() {
    let large = HeatMap(
      title: "t", values: (0..<100).map { row in (0..<100).map { Double(row / 2 + $0 / 2) } })
    let boxes = cells(large.scene(.wide))
    #expect(boxes.count <= 2600 && boxes.count > 50)
    #expect(large.figure(name: "x").svg().utf8.count < 60_000)
    let small = HeatMap(
      title: "t", values: [[1, -2], [.nan, 0.123456]], rows: ["a", "b"], columns: ["c", "d"])
    #expect(Set(["a", "b", "c", "d", "1", "-2", "0.123", "–"]).isSubset(of: texts(small.scene(.wide))))
    #expect(
      small.summary
        == "2 rows and 2 columns; the highest value is 1 (row a, column c), the lowest -2 (row a, "
        + "column d). Not drawn: 1 value that is not finite.")
    #expect(small.data[0].rows == [["a", "1", "-2"], ["b", "nan", "0.123456"]])
  }

  @Test("A title is above the chart, in lines that fit")
  func title() {
    let inner = LineChart(title: "t", x: Axis("x"), y: Axis("y"), series: [Series("a", y: [1, 2])])
    let words = Array(repeating: "word", count: 40).joined(separator: " ")
    let chart = TitledChart(words, inner)
    let (plain, titled) = (inner.scene(.compact), chart.scene(.compact))
    #expect(titled.height - plain.height == 68)
    #expect(titled.panels[0].frame.y - plain.panels[0].frame.y == 68)
    let lines = titled.elements.compactMap { element -> Text? in
      if case .text(let text) = element, text.size == 15 { text } else { nil }
    }
    #expect(lines.count == 3 && lines[2].string.hasSuffix("…"))
    for line in lines { #expect(TextMetrics.width(line.string, size: 15, weight: .bold) <= 361) }
    #expect(chart.figure(name: "x").title == words)
  }

  @Test("Without values, a chart says so")
  func nothing() {
    let charts: [any Chart] = [
      LineChart(title: "t", x: Axis("x"), y: Axis("y"), series: [Series("a", y: [.nan])]),
      LineChart(title: "t", x: Axis("x"), y: Axis("y"), series: []),
      Histogram(title: "t", x: Axis("x"), series: [("", [])]), HeatMap(title: "t", values: []),
      HeatMap(title: "t", values: [[]]),
      BarChart(title: "t", axis: Axis("y"), labels: [], series: [("", [])]),
    ]
    for chart in charts { #expect(texts(chart.scene(.wide)).contains("no values"), "\(chart)") }
  }
}
