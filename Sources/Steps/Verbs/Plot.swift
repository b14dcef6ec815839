import CellCatalogue
import Neural
import Reporting

/// `plot`: draws a plot, or several in the same axes.
public enum PlotStep {
  public static let plot = p("plot", label: nil, Plot.self, "the plot")
  public static let plots = p(
    "plots", label: nil, [Plot].self, "plots for the same axes: lines and points, histograms, or bars")
  public static let title = p(
    "title", String?.self, default: nil, defaultText: "nil", "the title above the plot; nil for none")
  public static let x = p(
    "x", PlotAxis?.self, default: nil, defaultText: "nil",
    "the horizontal axis; for bars, what they stand for")
  public static let y = p(
    "y", PlotAxis?.self, default: nil, defaultText: "nil", "the vertical axis; for bars, their values")

  package static let step = Step(
    "plot", "Adds a plot to the report and saves it as PNG and SVG.", example: "plot(.history(history))",
    effects: [.drawsFigures, .showsCaptioned], plot, title, x, y,
    rehearse: { _, call in
      if let plot = call[plot], let x = call[x], let y = call[y] { _ = try plot.drawing(x, y) }
      return nil
    },
    run: { run, plot, title, x, y in try run.plot(plot, title: title, x: x, y: y) })

  package static let several = Step(
    "plot", "Draws several lines, sets of points, histograms or groups of bars in the same axes.",
    example:
      "plot([.line([2.1, 1.4], name: \"train\"), .line([2.2, 1.7], name: \"test\")], y: .axis(\"loss\"))",
    effects: [.drawsFigures, .showsCaptioned], plots, title, x, y,
    rehearse: { _, call in
      if let plots = call[plots], let x = call[x], let y = call[y] { _ = try plots.drawing(x, y) }
      return nil
    },
    run: { run, plots, title, x, y in try run.plot(plots, title: title, x: x, y: y) })
}

/// Draws a plot; see ``Run/plot(_:title:x:y:)-(Plot,_,_,_)``.
public func plot(
  _ plot: Plot, title: String? = nil, x: PlotAxis? = nil, y: PlotAxis? = nil, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.plot(plot, title: title, x: x, y: y) }
}

/// Draws plots in the same axes; see ``Run/plot(_:title:x:y:)-([Plot],_,_,_)``.
public func plot(
  _ plots: [Plot], title: String? = nil, x: PlotAxis? = nil, y: PlotAxis? = nil, file: String = #filePath,
  line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.plot(plots, title: title, x: x, y: y) }
}

/// A plot that ``plot(_:title:x:y:file:line:column:)`` can draw.
///
///     plot(.history(history))
///     plot(.line([0.9, 0.5, 0.3]), title: "Loss", x: .axis("epoch"), y: .axis("loss", scale: .log))
public struct Plot: Sendable, HostValue {
  /// The content of a plot.
  enum Content: Sendable {
    /// A chart with its own axes, created when it is drawn, so that `plot` reports its errors.
    case chart(@Sendable () throws -> any Chart)
    /// A line or points.
    case series(Series)
    case histogram(name: String, values: [Double], bins: Int?)
    case bars(name: String, labels: [String], values: [Double])
    case heatMap([[Double]], rows: [String], columns: [String])
    case images(Gallery)
  }

  /// The base name of the figure's files.
  let name: String
  /// The caption of the figure; a cell's own caption precedes it.
  var caption: String?
  let content: Content

  /// Creates a plot of a chart with its own axes.
  init(name: String, caption: String? = nil, chart: @escaping @Sendable () throws -> any Chart) {
    self.init(name: name, caption: caption, .chart(chart))
  }

  init(name: String, caption: String? = nil, _ content: Content) {
    self.name = name
    self.caption = caption
    self.content = content
  }
}

extension Run {
  /// Adds a plot to the report and saves it as PNG and SVG files in the notebook's results folder.
  ///
  /// - Parameters:
  ///   - plot: the plot.
  ///   - title: the title above the plot.
  ///   - x: the horizontal axis; for bars, what they stand for.
  ///   - y: the vertical axis; for bars, their values.
  /// - Throws: ``TrainingError`` if arguments do not fit together, and the errors of a schedule's parameters.
  public func plot(_ plot: Plot, title: String? = nil, x: PlotAxis? = nil, y: PlotAxis? = nil) throws {
    try show(plot.drawing(x, y), title: title)
  }

  /// Draws several plots in the same axes.
  ///
  /// - Parameters:
  ///   - plots: lines and points, or histograms, or bars.
  ///   - title: the title above the plot.
  ///   - x: the horizontal axis; for bars, what they stand for.
  ///   - y: the vertical axis; for bars, their values.
  /// - Throws: ``TrainingError`` if arguments do not fit together.
  public func plot(_ plots: [Plot], title: String? = nil, x: PlotAxis? = nil, y: PlotAxis? = nil) throws {
    do { try show(plots.drawing(x, y), title: title) } catch let failure as ArgumentFailure {
      throw failure.underlying
    }
  }

  private func show(_ drawing: PlotDrawing, title: String?) throws {
    switch drawing.content {
    case .gallery(var gallery):
      gallery.caption = [title, gallery.caption].compactMap(\.self).joined(separator: " ")
      if gallery.caption == "" { gallery.caption = nil }
      append(.gallery(gallery))
    case .chart(let chart):
      let name = numbered(drawing.name)
      let titled: any Chart = title.map { TitledChart($0, chart) } ?? chart
      let figure = titled.figure(name: name, caption: drawing.caption)
      append(.figure(figure))
      try observer.write(figure.png(), to: "\(name).png")
      try observer.write(Array(figure.svg().utf8), to: "\(name).svg")
    }
  }

  /// `train_history`, then `train_history-2`, …: a second file of a kind does not replace the first.
  func numbered(_ stem: String) -> String {
    var count = 0
    record {
      $0.figures[stem, default: 0] += 1
      count = $0.figures[stem] ?? 1
    }
    return count == 1 ? stem : "\(stem)-\(count)"
  }
}
