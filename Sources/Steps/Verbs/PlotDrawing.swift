import CellCatalogue
import Neural
import Reporting
import Support

/// A plot with its axes, ready to be drawn.
struct PlotDrawing {
  enum Content {
    case chart(any Chart)
    case gallery(Gallery)
  }

  /// The base name of the figure's files.
  var name: String
  var caption: String?
  var content: Content
}

extension Plot {
  /// The plot with its axes.
  ///
  /// - Throws: ``TrainingError`` for an axis that the plot cannot have; the chart's own errors.
  func drawing(_ x: PlotAxis?, _ y: PlotAxis?) throws -> PlotDrawing {
    switch content {
    case .chart(let chart):
      for (name, axis) in [("x", x), ("y", y)] where axis != nil {
        throw TrainingError(
          .value(name: name, expected: "omitted, because this plot has its own axes", found: "an axis"))
      }
      return PlotDrawing(name: name, caption: caption, content: .chart(try chart()))
    case .heatMap(let values, let rows, let columns):
      try requireLinear(x, y)
      let map = HeatMap(
        title: "Heat map", axis: Axis("value"), x: Axis(x), y: Axis(y), values: values, rows: rows,
        columns: columns)
      return PlotDrawing(name: name, caption: caption, content: .chart(map))
    case .images(let gallery): return PlotDrawing(name: name, content: .gallery(gallery))
    case .series, .histogram, .bars: return try [self].drawing(x, y)
    }
  }

  /// The plots with which it can share axes; `nil` if it is drawn alone.
  fileprivate var family: String? {
    switch content {
    case .series: "lines and points"
    case .histogram: "histograms"
    case .bars: "bars"
    case .chart, .heatMap, .images: nil
    }
  }
}

extension [Plot] {
  /// The plots in the same axes.
  ///
  /// - Throws: ``TrainingError`` for an axis that the plots cannot have; an ``ArgumentFailure`` for a plot that does
  ///   not go with the first.
  func drawing(_ x: PlotAxis?, _ y: PlotAxis?) throws -> PlotDrawing {
    guard let first else {
      throw TrainingError(.value(name: "plots", expected: "at least one plot", found: "none"))
    }
    for (index, plot) in enumerated() {
      guard let family = plot.family else {
        throw fault(
          index, "lines and points, histograms, or bars", found: "'\(plot.name)', which is drawn alone")
      }
      if let wanted = first.family, wanted != family {
        throw fault(index, "\(wanted), like the first", found: family)
      }
    }
    let chart: any Chart
    switch first.content {
    case .histogram:
      try requireLinear(x, y)
      let series = compactMap { plot -> (name: String, values: [Double], bins: Int?)? in
        if case .histogram(let name, let values, let bins) = plot.content {
          (name, values, bins)
        } else {
          nil
        }
      }
      chart = Histogram(
        title: "Histogram", x: Axis(x), y: y?.chartAxis(isWhole: true) ?? Axis("count", isWhole: true),
        series: series.map { ($0.name, $0.values) }, bins: series.lazy.compactMap(\.bins).first)
    case .bars(_, let labels, _):
      try requireLinear(x, y)
      var bars: [(name: String, values: [Double])] = []
      for (index, plot) in enumerated() {
        guard case .bars(let name, let others, let values) = plot.content else { continue }
        if others != labels {
          throw fault(index, "bars with the labels of the first", found: "other labels")
        }
        bars.append((name.isEmpty && count > 1 ? "\(index + 1)" : name, values))
      }
      var groups = BarChart(title: "Bar chart", axis: Axis(y), labels: labels, series: bars)
      groups.nameTitle = x?.title ?? ""
      chart = groups
    default:
      let series = compactMap { plot -> Series? in
        if case .series(let series) = plot.content { series } else { nil }
      }
      let lines = LineChart(
        title: first.name == "scatter" ? "Scatter plot" : "Line chart",
        x: Axis(x, isWhole: series.allSatisfy(\.countsFromOne)), y: Axis(y), series: series)
      return PlotDrawing(name: first.name, caption: lines.omitted, content: .chart(lines))
    }
    return PlotDrawing(name: first.name, caption: (chart as? Histogram)?.omitted, content: .chart(chart))
  }

  /// An error about one of the plots.
  private func fault(_ index: Int, _ expected: String, found: String) -> ArgumentFailure {
    let name = "plot \(index + 1)"
    return ArgumentFailure(
      TrainingError(.value(name: name, expected: expected, found: found)), parameter: "plots", element: index)
  }
}

/// Checks that axes are linear.
///
/// - Throws: ``TrainingError``.
private func requireLinear(_ x: PlotAxis?, _ y: PlotAxis?) throws {
  for (name, axis) in [("x", x), ("y", y)] where axis?.scale == .log {
    throw TrainingError(
      .value(
        name: name, expected: "a linear axis; only lines and points can have logarithmic ones", found: ".log")
    )
  }
}

extension Axis {
  fileprivate init(_ axis: PlotAxis?, isWhole: Bool = false) {
    self = axis?.chartAxis(isWhole: isWhole) ?? Axis("", isWhole: isWhole)
  }
}

extension Series {
  /// Whether x is 1, 2, 3, …, as for values without x.
  fileprivate var countsFromOne: Bool {
    points.enumerated().allSatisfy { $0.element.x == Double($0.offset + 1) }
  }
}
