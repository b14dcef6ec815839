/// A named series of points. Those of a line are in order of x.
public struct Series: Sendable, Hashable {
  /// How a series is drawn.
  public enum Style: Sendable, Hashable {
    /// A line through the points.
    case line
    /// Unconnected dots, for samples that alias.
    case dots
    /// Bars from 0 around the points, of this width on the x axis.
    case columns(width: Double)
  }

  /// The range around a point, for example a standard deviation to either side.
  public struct Band: Sendable, Hashable {
    /// The lower end.
    public var low: Double
    /// The upper end.
    public var high: Double

    /// Creates a range.
    public init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// The series' name.
  public var name: String
  /// The points.
  public var points: [Point]
  /// How the series is drawn.
  public var style: Style
  /// A range for each point, drawn as an area behind the line; empty for none.
  public var bands: [Band] = []
  /// Whether there is a range for each point.
  var hasBands: Bool { !bands.isEmpty && bands.count == points.count }

  /// Creates a series from points.
  public init(_ name: String, points: [Point], style: Style = .line, bands: [Band] = []) {
    self.name = name
    self.points = points
    self.style = style
    self.bands = bands
  }

  /// Creates a series from values at x = `start`, `start` + 1, …
  public init(_ name: String, y: [Double], from start: Double = 1, style: Style = .line) {
    self.init(name, points: y.enumerated().map { Point(start + Double($0.offset), $0.element) }, style: style)
  }
}

extension Series {
  /// The series at its place on the axes: with logarithms on logarithmic ones.
  func placed(_ x: Axis, _ y: Axis) -> Series {
    guard x.isLogarithmic || y.isLogarithmic else { return self }
    var placed = self
    placed.points = points.map { Point(x.position(of: $0.x), y.position(of: $0.y)) }
    placed.bands = bands.map {
      // A band that reaches 0 leaves the plot at the bottom.
      Band(low: $0.low > 0 ? y.position(of: $0.low) : -.infinity, high: y.position(of: $0.high))
    }
    return placed
  }

  /// All values that its y axis must show.
  var heights: [Double] {
    let bounds = bands.flatMap { [$0.low, $0.high] }
    let base: [Double] = if case .columns = style { [0] } else { [] }
    return points.filter(\.isDrawable).map(\.y) + bounds + base
  }

  /// All values that its x axis must show.
  var widths: [Double] {
    let drawn = points.filter(\.isDrawable).map(\.x)
    guard case .columns(let width) = style else { return drawn }
    return drawn.flatMap { [$0 - width / 2, $0 + width / 2] }
  }
}

extension Point {
  /// Whether both coordinates can be drawn.
  var isDrawable: Bool { Reporting.isDrawable(x) && Reporting.isDrawable(y) }
}
