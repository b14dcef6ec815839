import Foundation
import Support

/// The loss by learning rate on a logarithmic axis, with the rates that it suggests.
///
///     LearningRateChart(rates: rates, losses: losses, valley: 0.001, steepest: 0.003)
public struct LearningRateChart: Chart {
  /// The learning rate of each batch, above 0.
  public var rates: [Double]
  /// The smoothed loss of each batch.
  public var losses: [Double]
  /// The rate halfway down the longest fall; `nil` if there is none.
  public var valley: Double?
  /// The rate at which the loss falls fastest; `nil` if there is none.
  public var steepest: Double?

  /// Creates a learning-rate chart.
  public init(rates: [Double], losses: [Double], valley: Double? = nil, steepest: Double? = nil) {
    self.rates = rates
    self.losses = losses
    self.valley = valley
    self.steepest = steepest
  }
}

extension LearningRateChart {
  public var title: String { "Loss by learning rate" }

  public var summary: String {
    let drawn = points.filter { isDrawable($0.x) && isDrawable($0.y) }
    guard let low = drawn.min(by: { $0.y < $1.y }) else { return "No values." }
    let suggestions = [("valley", valley), ("steepest slope", steepest)].compactMap { name, rate in
      rate.map { "\(name) \(Number.text($0, significant: 2))" }
    }
    return "The smoothed loss is lowest, \(Number.text(low.y, significant: 4)), at learning rate "
      + "\(Number.text(pow(10, low.x), significant: 2))."
      + (suggestions.isEmpty ? "" : " Suggested rates: \(suggestions.joined(separator: ", ")).")
  }

  /// The loss of each batch; the first column is the logarithm, which the axis shows.
  public var data: [Table] {
    let rows = zip(points, zip(rates, losses)).map { point, values in
      [
        point.x.isFinite ? Number.text(point.x) : "–", Number.text(values.0, significant: 4),
        Number.text(values.1),
        values.0 == steepest ? Number.text(values.1) : "",
      ]
    }
    let table = Table(
      headers: ["log₁₀ of the learning rate", "learning rate", "smoothed loss", "steepest slope"],
      alignments: [.right, .right, .right, .right], rows: rows)
    return [thinned(table, limit: 400)]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    var scene = Scene(layout)
    var curves = [Plot.Curve(series: Series("loss", points: points), color: 0, dash: [])]
    if let steepest, let point = point(at: steepest) {
      curves.append(
        Plot.Curve(series: Series("steepest", points: [point], style: .dots), color: 1, dash: []))
    }
    let mark = valley.flatMap { rate in
      point(at: rate).map { Mark($0, label: "valley \(Number.text(rate, significant: 2))") }
    }
    let plot = Plot(
      x: Axis("learning rate", isLogarithmic: true), y: Axis("smoothed loss"), curves: curves, mark: mark,
      columns: [2, 3], showsNames: curves.count > 1)
    plot.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: scene.width, height: scene.height))
    return scene
  }

  /// The losses over the decimal logarithm of the rates.
  private var points: [Point] { zip(rates, losses).map { Point($0 > 0 ? log10($0) : .nan, $1) } }

  private func point(at rate: Double) -> Point? { rates.firstIndex(of: rate).map { points[$0] } }
}
