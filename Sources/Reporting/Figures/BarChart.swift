/// Horizontal bars from zero, each with its value, for example the accuracy of each class.
///
///     BarChart(title: "Accuracy by class", axis: Axis("accuracy", unit: "%"),
///              bars: [Bar("cat", 71.2), Bar("ship", 94)], limit: 100)
public struct BarChart: Chart {
  public var title: String
  public var axis: Axis
  public var bars: [Bar]
  /// The value at the right edge, for example 100 for percentages; the largest value where `nil`.
  public var limit: Double?
  /// Digits after the point.
  public var decimals: Int

  public init(title: String, axis: Axis, bars: [Bar], limit: Double? = nil, decimals: Int = 1) {
    self.title = title
    self.axis = axis
    self.bars = bars
    self.limit = limit
    self.decimals = min(max(decimals, 0), 6)
  }
}

/// A name and its value; a value that is not finite is shown as missing.
public struct Bar: Sendable, Hashable {
  public var name: String
  public var value: Double

  public init(_ name: String, _ value: Double) {
    self.name = name
    self.value = value
  }
}
