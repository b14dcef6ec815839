import Support
import Testing
import TrainingRecords

@testable import Reporting

@Suite("Charts")
struct ChartTests {
  @Test("The training history says in words what is to be seen")
  func historySummary() {
    #expect(
      SampleReport.history.description
        == "Test accuracy rises from 36.65% to a best of 87.02% at epoch 48 and ends at 85.52%. "
        + "The target of 85% was reached. "
        + "Test loss falls from 1.6645 to a best of 0.3927 at epoch 48 and ends at 0.4418.")
  }

  @Test("The schedule's words name the ranges")
  func scheduleSummary() {
    #expect(
      SampleReport.schedule.description
        == "Over the first 40 batches, the learning rate varies between 0.0001 and 0.01. "
        + "Beta1 varies between 0.8 and 0.9. "
        + "At the end of each of the 50 epochs, the learning rate varies between 0.0001 and 0.01.")
  }

  @Test("Bars name the highest and the lowest")
  func barSummary() {
    #expect(
      SampleReport.perClass.description
        == "Test accuracy is highest for automobile, 94.3%, and lowest for cat, 71.6%.")
  }

  @Test("Series of none, one and equal values are described without nonsense")
  func plainSummaries() {
    func words(_ y: [Double], _ better: Axis.Better? = .higher) -> String {
      describe("A", Series("", y: y).points, x: "epoch", better: better) { Number.text($0) }
    }
    #expect(words([]) == "A has no values.")
    #expect(words([.nan, .infinity]) == "A has no values.")
    #expect(words([3]) == "A is 3 at epoch 1.")
    #expect(words([3, 3]) == "A stays at 3.")
    #expect(words([3, 2]) == "A is best at the start, 3, and ends at 2.")
    #expect(words([1, 2]) == "A rises from 1 to a best of 2 at epoch 2, the last.")
    #expect(words([1, 3, 2], nil) == "A goes from 1 to 2, between 1 at epoch 1 and 3 at epoch 2.")
  }

  static let awkward: [[Double]] = [
    [], [1], [.nan], [1, .nan, 2], [.infinity, -.infinity], [1e308, -1e308], [5, 5, 5], [0, 0],
    [.leastNonzeroMagnitude * 2024, .leastNonzeroMagnitude * 4048], [1e99, 1e99 + 1e84], [-1e-300, 1e-300],
    [9.007e15, 9.007e15 + 1], [1e90, -1e90],
    [.leastNonzeroMagnitude], [-0.0, 0.0],
  ]

  @Test("No value makes a chart crash or write a coordinate that is no number", arguments: awkward)
  func awkwardValues(values: [Double]) throws {
    let rows = values.enumerated().map { index, value in
      EpochRecord(
        epoch: index + 1, trainLoss: value, trainAccuracy: value, testLoss: value, testAccuracy: value,
        learningRate: value, seconds: value, isBest: false)
    }
    let charts: [any Chart] = [
      LineChart(
        title: "t", x: Axis("x"), y: Axis("y", isWhole: true), series: [Series("a", y: values)],
        target: Target(values.first ?? .nan, label: "t"),
        mark: Mark(Point(values.first ?? 0, values.last ?? 0), label: "m")),
      LineChart(
        title: "t", x: Axis("x"), y: Axis("y"),
        series: [
          Series("a", points: values.map { Point($0, $0) }), Series("b", y: values, style: .dots),
        ]),
      TrainingHistoryChart(rows: rows, target: values.first),
      ScheduleChart(learningRates: values, momenta: values, epochEnds: values),
      ScheduleChart(learningRates: [], epochEnds: values),
      LearningRateChart(rates: values, losses: values, valley: values.first, steepest: values.last),
      BarChart(title: "t", axis: Axis("y"), bars: values.map { Bar("b", $0) }, limit: values.first),
      BarChart(
        title: "t", axis: Axis("y"), labels: values.map { _ in "b" }, series: [("a", values), ("b", values)]),
      LineChart(
        title: "t", x: Axis("x", isLogarithmic: true), y: Axis("y", isLogarithmic: true),
        series: [
          Series(
            "a", points: values.map { Point($0, $0) },
            bands: values.map { Series.Band(low: -$0, high: 2 * $0) }),
          Series("b", y: values, style: .dots),
        ], target: Target(values.first ?? .nan, label: "t"),
        mark: Mark(Point(1, values.last ?? 0), label: "m")),
      Histogram(title: "t", x: Axis("x"), series: [("a", values), ("b", values.reversed())]),
      HeatMap(title: "t", values: [values, values]),
      TitledChart("t", HeatMap(title: "t", values: values.map { [$0] }, rows: ["a"], columns: ["b"])),
    ]
    for chart in charts {
      let figure = chart.figure(name: "x")
      let svg = figure.svg()
      #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("∞"))
      #expect(try !PNGWriter.png(of: chart.scene(.compact), scale: 0.5).isEmpty)
    }
  }

  @Test("A gap in the data is a gap in the line")
  func gaps() {
    let chart = LineChart(
      title: "t", x: Axis("x"), y: Axis("y"), series: [Series("a", y: [1, 2, .nan, 3, 4, .nan, 5])])
    let scene = chart.scene(.wide)
    let lines = scene.elements.filter { if case .polyline = $0 { true } else { false } }
    let dots = scene.elements.filter { if case .dots = $0 { true } else { false } }
    #expect(lines.count == 2)
    #expect(dots.count == 1)  // the single point at the end
  }

  @Test("Names at the lines' ends never overlap and stay inside the plot")
  func separatedNames() {
    let heights = separated([100, 101, 99, 100, 10], gap: 16, within: 0...120)
    let sorted = heights.sorted()
    for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(b - a >= 16 - 1e-9) }
    #expect(sorted.last == 120)
    #expect(heights[4] == 10)
    #expect(separated([], gap: 16, within: 0...1).isEmpty)
  }

  @Test("Thinning keeps the extremes, the order and the gaps")
  func thinning() {
    var points = (0..<10_000).map { Point(Double($0), Double($0 % 10)) }
    points[5000].y = 1000
    points[7000].y = -1000
    let kept = thinned(points, limit: 400)
    #expect(kept.count <= 400)
    #expect(kept.contains(points[5000]) && kept.contains(points[7000]))
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.x < $1.x })
    let table = thinned(Table(headers: ["x"], rows: (0..<1000).map { ["\($0)"] }), limit: 400)
    #expect(table.rows.count == 400)
    #expect(table.rows.last == ["999"])
    #expect(table.caption == "400 of 1,000 rows, evenly spaced.")
  }

  @Test("A chart's table has every value, by x")
  func dataTable() {
    let chart = LineChart(
      title: "t", x: Axis("step"), y: Axis("loss"),
      series: [
        Series("a", points: [Point(1, 0.5), Point(2, 0.25)]), Series("b", points: [Point(2, 9)]),
      ])
    #expect(chart.data.first?.headers == ["step", "a", "b"])
    #expect(chart.data.first?.rows == [["1", "0.5", ""], ["2", "0.25", "9"]])
  }
}

@Suite("Scales")
struct ScaleTests {
  @Test("Ticks are round numbers around the values")
  func ticks() {
    let scale = Scale(around: [24.9, 87.02], count: 6)
    #expect(scale.ticks == [20, 30, 40, 50, 60, 70, 80, 90].filter { scale.domain.contains($0) })
    #expect(scale.step == 10 || scale.step == 20)
    let rates = Scale(around: [0.0001, 0.01], count: 5)
    #expect(rates.ticks.map { rates.label($0) } == ["0.000", "0.002", "0.004", "0.006", "0.008", "0.010"])
    let epochs = Scale(around: [1, 3], count: 6, isWhole: true, isTight: true)
    #expect(epochs.ticks == [1, 2, 3])
    #expect(epochs.domain == 1...3)
  }
}

@Suite("Palette")
struct PaletteTests {
  /// Relative luminance (WCAG 2.2) of `RRGGBB`.
  func luminance(_ hex: String) -> Double {
    let value = UInt32(hex, radix: 16) ?? 0
    func channel(_ shift: UInt32) -> Double {
      let c = Double(value >> shift & 255) / 255
      // The curve's power, 2.4, by square roots: x^2.4 = (x^12)^(1/5); Newton's method finds the root.
      if c <= 0.04045 { return c / 12.92 }
      let base = (c + 0.055) / 1.055
      let twelfth = base * base * base * base * base * base * base * base * base * base * base * base
      var root = base
      for _ in 0..<60 {
        root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root)
      }
      return root
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }

  func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  @Test("Every text can be read, light and dark, on the page and on code's ground")
  func text() {
    let texts =
      [Palette.text, Palette.muted, Palette.accent, Palette.success, Palette.warning, Palette.error]
      + Palette.code
    for entry in texts {
      for ground in [Palette.background, Palette.surface] {
        #expect(contrast(entry.light, ground.light) >= 4.5, "\(entry.name) on \(ground.name), light")
        #expect(contrast(entry.dark, ground.dark) >= 4.5, "\(entry.name) on \(ground.name), dark")
      }
    }
    #expect(contrast("000000", "FFFFFF") > 20.9)
  }

  @Test("Every series stands out, light and dark")
  func series() {
    for entry in Palette.series {
      #expect(contrast(entry.light, Palette.background.light) >= 3, "\(entry.name), light")
      #expect(contrast(entry.dark, Palette.background.dark) >= 3, "\(entry.name), dark")
    }
  }
}
