import Foundation
import Testing

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Figures as files")
struct FigureFileTests {
  static let small = LineChart(
    title: "Loss", x: Axis("epoch", isWhole: true), y: Axis("loss", better: .lower),
    series: [Series("train", y: [2, 1.5, 1]), Series("test", y: [1.8, 1.6, 1.2])])

  @Test("The SVG of a small chart stays as it is; QUIRE_UPDATE=1 accepts a change")
  func golden() throws {
    let svg = Self.small.figure(name: "loss").svg()
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/small-chart.svg").standardized
    if ProcessInfo.processInfo.environment["QUIRE_UPDATE"] == "1" {
      try svg.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(svg == SampleReport.fixture("small-chart.svg"))
  }

  @Test("The PNG is twice the figure's size and shows something")
  func png() throws {
    let figure = Self.small.figure(name: "loss")
    let bytes = try figure.png()
    let image = try #require(decodePNG(bytes))
    #expect(image.width == Int(2 * (figure.scene.width + 32)))
    #expect(image.height == Int(2 * (figure.scene.height + 32)))
    #expect(Array(image.pixels.prefix(3)) == [255, 255, 255])
    let blue = stride(from: 0, to: image.pixels.count, by: 3)
      .filter { Array(image.pixels[$0..<$0 + 3]) == [0x00, 0x72, 0xB2] }
    #expect(blue.count > 500)
  }

  @Test("The same figure gives the same bytes")
  func deterministic() throws {
    let first = SampleReport.history
    let second = TrainingHistoryChart(rows: SampleReport.log.rows, target: 0.85)
      .figure(name: "train_history", caption: "Loss and accuracy over 50 epochs.")
    #expect(first.svg() == second.svg())
    #expect(try first.png() == second.png())
  }

  @Test("A figure too large to draw is an error with words, not a crash")
  func tooLarge() {
    let scene = Scene(width: 1e9, height: 10)
    let figure = Figure(name: "x", title: "", description: "", scene: scene)
    #expect(throws: FigureError.size(width: 2_000_000_064, height: 84)) { try figure.png() }
    #expect(
      FigureError.size(width: 0, height: 2).description
        == "cannot draw a figure of 0 × 2 pixels: each side must be in 1…16,384")
    let nothing = Figure(name: "x", title: "", description: "", scene: Scene(width: .nan, height: .nan))
    #expect(throws: FigureError.self) { try nothing.png() }
  }

  @Test("Every SVG is well-formed XML, whatever the names in it")
  func wellFormed() {
    let hostile = "</text><script>alert(1)</script>\"'&]]>\u{0}\u{1B}\u{FFFF}"
    let chart = LineChart(
      title: hostile, x: Axis(hostile, unit: hostile), y: Axis(hostile),
      series: [Series(hostile, y: [1, 2]), Series(hostile, y: [2, 1])],
      target: Target(1.5, label: hostile), mark: Mark(Point(1, 2), label: hostile))
    let bars = BarChart(title: hostile, axis: Axis(hostile), bars: [Bar(hostile, 1), Bar(hostile, .nan)])
    for figure in [
      chart.figure(name: "x"), bars.figure(name: "y", alt: hostile), SampleReport.history,
      SampleReport.schedule, SampleReport.perClass,
    ] {
      let svg = figure.svg()
      #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(figure.name)")
      #expect(!svg.contains("<script"))
      #expect(!svg.contains("http://") || svg.components(separatedBy: "http").count == 2)  // the namespace
    }
  }

  @Test("No SVG is above 20 KB, however many points it has")
  func sizes() {
    let many = LineChart(
      title: "x", x: Axis("step"), y: Axis("loss"),
      series: (0..<3).map { index in
        Series("s\(index)", y: (0..<6000).map { Double(($0 * 7919 + index) % 1000) / 7 })
      })
    let dots = LineChart(
      title: "x", x: Axis("step"), y: Axis("loss"),
      series: [Series("s", y: (0..<6000).map { Double($0 * 7919 % 1000) / 7 }, style: .dots)])
    let schedule = ScheduleChart(
      learningRates: (0..<9000).map(Double.init), momenta: (0..<9000).map(Double.init),
      epochEnds: (0..<9000).map { Double($0 % 17) })
    for figure in [
      many.figure(name: "a"), dots.figure(name: "b"), schedule.figure(name: "c"), SampleReport.history,
    ] {
      for scene in [figure.scene, figure.compactScene].compactMap({ $0 }) {
        let svg = SVGWriter.element(scene, title: "t", description: "d", id: "i", className: "wide")
        #expect(svg.text.utf8.count <= 20_000, "\(figure.name)")
      }
      #expect(figure.svg().utf8.count <= 20_000, "\(figure.name)")
    }
  }
}
