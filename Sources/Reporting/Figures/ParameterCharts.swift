import Foundation
import Support
import TrainingRecords

/// The best value of a metric in several runs, by the parameters in which the runs differ.
///
/// Two parameters give a heat map of their combinations. Otherwise each parameter has a chart of its own: dots for
/// numbers, with a line through the means of several runs, and bars of the means for other values.
///
///     ParameterCharts(
///       metric: .accuracy, quantity: "test accuracy", names: ["lr"],
///       runs: [.init(["lr": "0.01"], best: 0.71), .init(["lr": "0.1"], best: 0.64)]).figures
public struct ParameterCharts {
  /// A finished run.
  public struct Run: Sendable {
    let values: [String: String]
    let best: Double

    /// Creates a run from its parameters, as text, and the metric's best value.
    public init(_ values: [String: String], best: Double) {
      self.values = values
      self.best = best
    }
  }

  private let quantity: Axis
  private let title: String
  private let names: [String]
  private let runs: [Run]

  /// - Parameters:
  ///   - metric: the metric.
  ///   - quantity: its name with the images that it was measured on.
  ///   - names: the parameters in which the runs differ.
  ///   - runs: the runs; values that are not finite are left out.
  public init(metric: Metric, quantity: String, names: [String], runs: [Run]) {
    self.quantity = Axis(quantity, unit: metric.axisUnit, better: metric.axisDirection)
    title = "Best \(quantity)"
    self.names = names
    self.runs = runs.filter(\.best.isFinite).map { Run($0.values, best: $0.best * metric.factor) }
  }

  /// The charts; empty if fewer than two runs have a value.
  public var figures: [Figure] {
    guard runs.count > 1 else { return [] }
    if names.count == 2 { return [combinations(names[0], names[1])] }
    return names.enumerated().compactMap { index, name in
      let values = values(of: name)
      guard values.count > 1 else { return nil }
      let numbers = values.compactMap(Double.init).filter(\.isFinite)
      let caption = "\(title) by \(name)."
      let file = "sweep_parameter_\(index + 1)"
      return numbers.count == values.count
        ? dots(name, numbers).figure(name: file, caption: caption)
        : bars(name, values).figure(name: file, caption: caption)
    }
  }

  /// The different values of a parameter, in the order of the runs.
  private func values(of name: String) -> [String] {
    runs.compactMap { $0.values[name] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func mean(_ values: [String: String]) -> Double {
    let best = runs.filter { run in values.allSatisfy { run.values[$0.key] == $0.value } }.map(\.best)
    return best.isEmpty ? .nan : best.reduce(0, +) / Double(best.count)
  }

  private func combinations(_ row: String, _ column: String) -> Figure {
    let (rows, columns) = (values(of: row), values(of: column))
    return HeatMap(
      title: title, axis: quantity, x: Axis(column), y: Axis(row),
      values: rows.map { one in columns.map { mean([row: one, column: $0]) } }, rows: rows, columns: columns
    ).figure(name: "sweep_parameters", caption: "\(title) by \(row) and \(column).")
  }

  /// Numbers that span more than one order of magnitude are on a logarithmic axis.
  private func dots(_ name: String, _ numbers: [Double]) -> LineChart {
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let points = runs.compactMap { run in
      run.values[name].flatMap(Double.init).map { Point($0, run.best) }
    }
    var series = [Series("runs", points: points.sorted { $0.x < $1.x }, style: .dots)]
    if points.count > numbers.count {
      let means = numbers.sorted().map { number in
        let best = points.filter { $0.x == number }.map(\.y)
        return Point(number, best.reduce(0, +) / Double(max(1, best.count)))
      }
      series.append(Series("mean", points: means))
    }
    return LineChart(
      title: title, x: Axis(name, isLogarithmic: low > 0 && high > 10 * low), y: quantity, series: series)
  }

  private func bars(_ name: String, _ values: [String]) -> BarChart {
    BarChart(
      title: "\(title) by \(name)", axis: quantity, bars: values.map { Bar($0, mean([name: $0])) },
      decimals: nil)
  }
}
