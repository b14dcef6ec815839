import CellCatalogue
import Neural
import Reporting

/// `plot`: draws a plot.
public enum PlotStep {
  public static let plot = p("plot", label: nil, Plot.self, "the plot")

  package static let step = Step(
    "plot", "Adds a plot to the report and saves it as PNG and SVG.", example: "plot(.history(history))",
    effects: [.drawsFigures, .showsCaptioned], plot, rehearse: Step.nothing
  ) { run, plot in try run.plot(plot) }
}

/// Draws a plot; see ``Run/plot``.
public func plot(_ plot: Plot, file: String = #filePath, line: Int = #line, column: Int = #column) {
  Program.step(file, line, column) { try $0.plot(plot) }
}

/// A plot that ``plot(_:file:line:column:)`` can draw.
///
///     plot(.history(history))
public struct Plot: Sendable, HostValue {
  /// The base name of the figure's files.
  let name: String
  /// The caption of the figure; a cell's own caption precedes it.
  var caption: String?
  /// Creates the chart when it is drawn, so that `plot` reports its errors.
  let chart: @Sendable () throws -> any Chart
}

extension Run {
  /// Adds a plot to the report and saves it as PNG and SVG files in the notebook's results folder.
  ///
  /// - Throws: ``TrainingError``, ``OptimizerError`` or ``ScheduleError`` if a schedule's parameters are out of
  ///   range.
  public func plot(_ plot: Plot) throws {
    let chart = try plot.chart()
    let name = figureName(plot.name)
    let figure = chart.figure(name: name, caption: plot.caption)
    append(.figure(figure))
    try observer.write(figure.png(), to: "\(name).png")
    try observer.write(Array(figure.svg().utf8), to: "\(name).svg")
  }

  /// `train_history`, then `train_history-2`, …: a second figure of a kind does not replace the first.
  private func figureName(_ stem: String) -> String {
    var count = 0
    record {
      $0.figures[stem, default: 0] += 1
      count = $0.figures[stem] ?? 1
    }
    return count == 1 ? stem : "\(stem)-\(count)"
  }
}
