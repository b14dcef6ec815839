import Foundation
import Support

/// The distribution of values: how many are in each of a number of intervals of equal width.
///
/// Several series have the same intervals. Values that are not finite are left out.
///
///     Histogram(title: "Weights", x: Axis("weight"), series: [("first layer", weights)], bins: 20)
public struct Histogram: Chart {
  /// The chart's title.
  public let title: String
  /// The axis of the values.
  public let x: Axis
  /// The axis of the counts.
  public let y: Axis
  /// The names of the series.
  private let names: [String]
  /// The values of each series that can be drawn.
  private let drawn: [[Double]]
  /// The number of values that cannot.
  private let missing: Int
  /// The number of values of each series in each interval.
  private let counts: [[Int]]
  /// The lower end of the first interval, and the width of all.
  private let intervals: (start: Double, width: Double, count: Int)

  /// Creates a histogram.
  ///
  /// - Parameters:
  ///   - title: the chart's title.
  ///   - x: the axis of the values.
  ///   - y: the axis of the counts.
  ///   - series: the names and values of the series.
  ///   - bins: the number of intervals, 1…1000; `nil` chooses it from the number of values.
  public init(
    title: String, x: Axis, y: Axis = Axis("count", isWhole: true),
    series: [(name: String, values: [Double])],
    bins: Int? = nil
  ) {
    self.title = title
    self.x = x
    self.y = y
    names = series.map(\.name)
    let drawn = series.map { $0.values.filter { isDrawable($0) } }
    let all = drawn.flatMap(\.self)
    let intervals = Self.intervals(all, count: bins.map { min(max($0, 1), 1000) })
    self.drawn = drawn
    missing = series.reduce(0) { $0 + $1.values.count } - all.count
    self.intervals = intervals
    counts = drawn.map { values in
      var counts = Array(repeating: 0, count: intervals.count)
      for value in values {
        // The last interval includes its upper end.
        counts[min(max(0, Int((value - intervals.start) / intervals.width)), intervals.count - 1)] += 1
      }
      return counts
    }
  }

  private static func intervals(
    _ values: [Double], count: Int?
  ) -> (start: Double, width: Double, count: Int) {
    guard let low = values.min(), let high = values.max() else { return (0, 1, 0) }
    // As NumPy does, equal values are in the middle of an interval of width 1.
    let half = low == high ? max(0.5, abs(low) * 1e-6) : 0
    let count = count ?? automaticCount(values.count)
    return (low - half, max((high - low + 2 * half) / Double(count), .leastNonzeroMagnitude), count)
  }

  /// Sturges' rule, and for many values more intervals.
  private static func automaticCount(_ count: Int) -> Int {
    min(max(1, Int(log2(Double(count)).rounded(.up)) + 1, Int(sqrt(Double(count)) / 2)), 60)
  }
}

extension Histogram {
  private func end(_ index: Int) -> Double { intervals.start + Double(index) * intervals.width }
  private func center(_ index: Int) -> Double { (end(index) + end(index + 1)) / 2 }

  private func text(_ value: Double) -> String { Number.text(value, significant: 4) }

  public var summary: String {
    let sentences = names.indices.map { index in
      let (values, counts) = (drawn[index], counts[index])
      let name = names[index].isEmpty ? "" : "\(sentenceCase(names[index])): "
      guard let low = values.min(), let high = values.max(), let most = counts.max(),
        let mode = counts.firstIndex(of: most)
      else { return "\(name)no values." }
      let mean = values.reduce(0, +) / Double(values.count)
      return
        "\(name)\(Number.counted(values.count, "value")) from \(text(low)) to \(x.withUnit(text(high))), mean "
        + "\(text(mean)); most, \(Number.grouped(most)), are from \(text(end(mode))) to \(text(end(mode + 1)))."
    }
    return (sentences + [omitted].compactMap(\.self)).joined(separator: " ")
  }

  /// The values without a place in the chart, as a sentence; `nil` if there are none.
  public var omitted: String? { notFiniteNote(missing) }

  /// The counts of each interval; the first column is its centre.
  public var data: [Table] {
    let headers = ["centre", "from", "to"] + names.map { $0.isEmpty ? y.heading : $0 }
    return [
      Table(
        headers: headers, alignments: headers.map { _ in .right },
        rows: (0..<intervals.count).map { index in
          [Number.text(center(index)), text(end(index)), text(end(index + 1))] + counts.map { "\($0[index])" }
        })
    ]
  }

  public func scene(_ layout: ChartLayout) -> Scene {
    var scene = Scene(layout)
    let curves = names.indices.map { index in
      let points = counts[index].enumerated().map { Point(center($0.offset), Double($0.element)) }
      return Plot.Curve(
        series: Series(names[index], points: points, style: .columns(width: intervals.width)), color: index,
        dash: [])
    }
    let plot = Plot(
      x: x, y: y, curves: curves, columns: names.indices.map { $0 + 3 }, showsNames: names.count > 1)
    plot.draw(into: &scene, area: Rectangle(x: 0, y: 0, width: scene.width, height: scene.height))
    return scene
  }
}
