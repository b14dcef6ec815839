import Testing

@testable import Reporting

/// Without these, a sweep's page shows its runs, but not what a parameter does.
@Suite("Charts of a sweep's parameters")
struct ParameterChartsTests {
  private func figures(_ names: [String], _ runs: [([String: String], Double)]) -> [Figure] {
    ParameterCharts(
      metric: .accuracy, quantity: "test accuracy", names: names,
      runs: runs.map { ParameterCharts.Run($0.0, best: $0.1) }
    ).figures
  }

  @Test("Two parameters are a heat map of the means over the seeds")
  func combinations() throws {
    let figure = try #require(
      figures(
        ["lr", "width"],
        [
          (["lr": "0.1", "width": "4"], 0.5), (["lr": "0.1", "width": "4"], 0.7),
          (["lr": "0.1", "width": "8"], 0.8), (["lr": "1", "width": "4"], 0.1),
          (["lr": "1", "width": "8"], .nan),
        ]
      ).first)
    #expect(figure.data[0].headers == ["lr / width", "4", "8"])
    #expect(figure.data[0].rows == [["0.1", "60", "80"], ["1", "10", "nan"]])
    #expect(figure.caption == "Best test accuracy by lr and width.")
  }

  @Test("Numbers are dots, logarithmic if they span orders of magnitude; other values are bars")
  func single() throws {
    let runs = [
      (["lr": "0.001", "name": "a", "width": "4"], 0.5), (["lr": "0.1", "name": "b", "width": "8"], 0.6),
    ]
    let charts = figures(["lr", "name", "width"], runs)
    #expect(
      charts.map(\.title) == ["Best test accuracy", "Best test accuracy by name", "Best test accuracy"])
    #expect(charts[0].scene.panels.map(\.isLogarithmicX) == [true])
    #expect(charts[2].scene.panels.map(\.isLogarithmicX) == [false])
    #expect(charts[1].data[0].rows.map { $0[0] } == ["a", "b"])
    #expect(Set(charts.map(\.name)).count == 3)
  }

  @Test("One run, or runs that do not differ, have no chart")
  func tooFew() {
    #expect(figures(["lr"], [(["lr": "1"], 0.5)]).isEmpty)
    #expect(figures([], [(["lr": "1"], 0.5), (["lr": "1"], 0.6)]).isEmpty)
    #expect(figures(["lr"], [(["lr": "1"], .nan), (["lr": "2"], .infinity), (["lr": "3"], 0.5)]).isEmpty)
  }
}
