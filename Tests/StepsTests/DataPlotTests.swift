import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// Plots of a notebook's own numbers.
@Suite struct DataPlotTests {
  private let observer = RecordingObserver()
  private var run: Run { observer.run }
  private var figures: [Figure] {
    observer.blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
  }

  @Test func everyPlotIsAFigureWithItsTableAndFiles() throws {
    let run = run
    let plots: [Plot] = [
      .line([2, 1]), .line(x: [1, 10], y: [3, 4], band: [0.5, 0.5]), .scatter(x: [1], y: [2.5 as Float]),
      .histogram([1, 2, 2]), .bar(labels: ["a"], values: [3]), .heatMap([[1, 2], [3, 4]]),
    ]
    for plot in plots { try run.plot(plot) }
    #expect(figures.map(\.name) == ["line", "line-2", "scatter", "histogram", "bar", "heat_map"])
    for figure in figures {
      #expect(!figure.data.flatMap(\.rows).isEmpty, "\(figure.name)")
      #expect(observer.files["\(figure.name).png"] != nil && observer.files["\(figure.name).svg"] != nil)
    }
  }

  @Test func titleAxesAndNamesAreInTheFigureAndItsTable() throws {
    try run.plot(
      [.line([2.5, 1], name: "train"), .line([2, 1.5], name: "test")], title: "Loss of both",
      x: .axis("epoch"), y: .axis("loss", unit: "nats", scale: .log))
    let figure = try #require(figures.first)
    #expect(figure.title == "Loss of both")
    #expect(figure.data[0].headers == ["epoch", "train (nats)", "test (nats)"])
    let texts = figure.scene.elements.compactMap { if case .text(let text) = $0 { text.string } else { nil } }
    #expect(Set(["Loss of both", "epoch", "loss (nats)", "train", "test"]).isSubset(of: texts), "\(texts)")
    #expect(figure.description.contains("Train loss goes from 2.5 nats to 1 nats"), "\(figure.description)")
  }

  @Test func whatDoesNotFitTogetherIsAnErrorThatSaysWhatWasFound() {
    let run = run
    let errors: [(() throws -> Void, String)] = [
      (
        { try run.plot(.line(x: [1, 2, 3], y: [1, 2])) },
        "x must be as long as y, which has 2 values, found 3"
      ),
      ({ try run.plot(.line([1, 2], band: [1])) }, "band must be as long as y, which has 2 values, found 1"),
      ({ try run.plot(.line([1], band: [-1])) }, "band must be distances of at least 0, found -1"),
      (
        { try run.plot(.bar(labels: ["a"], values: [])) },
        "labels must be as long as values, which has 0 values, found 1"
      ),
      (
        { try run.plot(.heatMap([[1, 2], [3]])) },
        "matrix must be rows of equal length; the first has 2 values, found 1 in row 2"
      ),
      (
        { try run.plot(.heatMap([[1, 2]], columns: ["a"])) },
        "columns must be as long as matrix, which has 2 columns, found 1"
      ),
      ({ try run.plot(.images([[]])) }, "image 1 must be 1…16,384 pixels on each side, found 0 × 0"),
      ({ try run.plot([]) }, "plots must be at least one plot, found none"),
      (
        { try run.plot([.line([1]), .bar(labels: ["a"], values: [1])]) },
        "plot 2 must be lines and points, like the first, found bars"
      ),
      (
        { try run.plot([.heatMap([[1]]), .line([1])]) },
        "plot 1 must be lines and points, histograms, or bars, found 'heat_map', which is drawn alone"
      ),
      (
        { try run.plot([.bar(labels: ["a"], values: [1]), .bar(labels: ["b"], values: [1])]) },
        "plot 2 must be bars with the labels of the first, found other labels"
      ),
      (
        { try run.plot(.histogram([1]), y: .axis(scale: .log)) },
        "y must be a linear axis; only lines and points can have logarithmic ones, found .log"
      ),
      (
        { try run.plot(.schedule(.step(stepSize: 1)), x: .axis("x")) },
        "x must be omitted, because this plot has its own axes, found an axis"
      ),
    ]
    for (body, words) in errors { #expect(message(body).contains(words), "\(message(body))") }
    #expect(observer.blocks.isEmpty)
  }

  @Test func valuesThatCannotBeDrawnAreInTheCaption() throws {
    try run.plot(.line([1, 0, Double.nan]), y: .axis(scale: .log))
    #expect(
      figures[0].caption
        == "Not drawn: 1 point without a finite value; 1 point at 0 or below, which a logarithmic axis cannot show."
    )
  }

  @Test func imagesAreGreyFromTheLowestToTheHighestValue() throws {
    try run.plot(.images([[[-1, 1], [0, Double.nan]], [[5]]], titles: ["a", "b"]), title: "Two")
    guard case .gallery(let gallery)? = observer.blocks.first else {
      Issue.record("no gallery")
      return
    }
    #expect(gallery.caption == "Two")
    #expect(gallery.rows[0].images.map(\.caption) == ["a", "b"])
    let pixels = gallery.rows[0].images[0].image.pixels
    #expect(stride(from: 0, to: 12, by: 3).map { pixels[$0] } == [0, 255, 128, 128])
    #expect(gallery.rows[0].images[1].image.pixels == [128, 128, 128])
  }

  @Test func plotsWithoutValuesAreDrawnEmpty() throws {
    let run = run
    for plot: Plot in [
      .line([]), .scatter(x: [], y: []), .histogram([]), .bar(labels: [], values: []), .heatMap([]),
    ] {
      try run.plot(plot)
    }
    #expect(figures.count == 5)
  }
}
