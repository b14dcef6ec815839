import Testing
import TrainingRecords

@testable import Reporting

@Suite("Comparisons")
struct ComparisonTests {
  private func run(_ name: String, _ accuracies: [Double]) -> ComparisonChart.Run {
    ComparisonChart.Run(
      name,
      rows: accuracies.enumerated().map { index, accuracy in
        EpochRecord(
          epoch: index + 1, trainLoss: 2 - accuracy, trainAccuracy: accuracy / 2, testLoss: 3 - accuracy,
          testAccuracy: accuracy, learningRate: 0.1, seconds: 1.5, isBest: true)
      })
  }

  @Test("The words name the best run and every run's best")
  func summary() {
    let chart = ComparisonChart(runs: [run("a", [0.1, 0.5, 0.4]), run("b", [0.3])])
    #expect(
      chart.summary
        == "The highest test accuracy is 50.00%, from a at epoch 2. Best of each run: a 50.00%, b 30.00%. "
        + "The lowest test loss is 2.5000, from a at epoch 2.")
    #expect(ComparisonChart(runs: [run("a", [])]).summary == "No run has values.")
    #expect(
      ComparisonChart(runs: [run("a", [0.5])], images: .train).summary
        == "The highest train accuracy is 25.00%, from a at epoch 1. "
        + "The lowest train loss is 1.5000, from a at epoch 1.")
  }

  @Test("The numbers stand in two tables, a column a run, runs of any length")
  func data() {
    let tables = ComparisonChart(runs: [run("a", [0.1, 0.5]), run("b", [0.3])]).data
    #expect(tables.map(\.caption) == ["Test accuracy", "Test loss"])
    #expect(tables[0].rows == [["1", "10.00%", "30.00%"], ["2", "50.00%", ""]])
  }

  @Test("Of many runs the best are drawn, in their order, each with a look of its own")
  func many() {
    let chart = ComparisonChart(runs: (0..<40).map { run("r\($0)", [Double(($0 * 7) % 40) / 40]) })
    #expect(chart.shown.count == 12)
    #expect(chart.shown.allSatisfy { ($0.rows.first?.evaluation.accuracy ?? 0) >= 28.0 / 40 })
    #expect(chart.summary.hasSuffix("Only the best 12 of 40 runs are shown."))
    let lines = ComparisonChart(runs: (0..<12).map { run("r\($0)", [0, Double($0)]) }).scene(.compact)
      .elements
    let strokes = lines.compactMap { element -> Stroke? in
      if case .polyline(_, let stroke) = element { stroke } else { nil }
    }
    #expect(strokes.count == 24)
    let looks = Set(
      strokes.map { stroke -> String in
        guard case .series(let color) = stroke.color else { return "" }
        return "\(Palette.seriesIndex(color)) \(stroke.dash)"
      })
    #expect(looks.count == 12)
  }

  @Test("No value makes it crash or write a coordinate that is no number", arguments: ChartTests.awkward)
  func awkward(values: [Double]) throws {
    let chart = ComparisonChart(runs: [run("a", values), run("", []), run("<b>", [.nan, 0.5])])
    let svg = chart.figure(name: "x").svg()
    #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("∞"))
    #expect(try !PNGWriter.png(of: chart.scene(.compact), scale: 0.5).isEmpty)
  }

  @Test("A run's figures: the first of equal bests, nothing where nothing was measured")
  func metrics() {
    let metrics = TrainingMetrics(rows: run("a", [0.2, 0.5, 0.5]).rows)
    #expect(metrics.bestEpoch == 2)
    #expect(metrics.cells == ["3", "50.00%", "2", "1.5000", "2.5000", "4.5 s"])
    #expect(TrainingMetrics(rows: []).cells == ["–", "–", "–", "–", "–", "–"])
    #expect(TrainingMetrics.best(of: [nil, metrics, metrics, TrainingMetrics(rows: [])]) == 1)
    #expect(TrainingMetrics.best(of: [nil, TrainingMetrics(rows: [])]) == nil)
  }

  @Test("A marked row and a link are escaped and in their place")
  func table() {
    var table = Table(headers: ["run", ""], rows: [["<a>", ""], ["b", "best"]])
    table.marked = 1
    table.links = [0: Table.Link(path: "./x%20y/n.html?\"", label: "Report of <a>")]
    let html = TableWriter.markup(table, caption: nil).text
    #expect(html.contains("<tr class=\"marked\"><td>b</td><td>best</td></tr>"))
    #expect(
      html.contains("<a href=\"./x%20y/n.html?&quot;\" aria-label=\"Report of &lt;a&gt;\">&lt;a&gt;</a>"))
  }

  @Test("Results without a step stand under their heading and in the contents")
  func results() {
    let report = Report(
      title: "T", verdict: Verdict(.passed, "done"),
      sections: [.results(Heading(level: 2, text: "Runs & more", id: "runs"), [.text("x")])])
    let html = report.html()
    #expect(html.contains("<h2 id=\"runs\">Runs &amp; more</h2>"))
    #expect(html.contains("<a href=\"#runs\">Runs &amp; more</a>"))
  }
}
