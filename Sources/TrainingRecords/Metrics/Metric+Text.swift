import Support

extension Metric {
  /// A value as text: `87.02%`, or `0.1234`.
  public func text(_ value: Double) -> String {
    unit == .share ? Number.percent(value) : Number.fixed(value, 4)
  }

  /// A value set by the user, such as a target, as text: `85%` or `0.2`.
  public func setText(_ value: Double) -> String {
    unit == .share ? Number.setPercent(value) : Number.text(value)
  }

  /// A value with the metric's name unless it is a percentage: `87.02%`, `MAE 0.1234`.
  public func namedText(_ value: Double) -> String {
    unit == .share ? text(value) : "\(shortName) \(text(value))"
  }

  /// The name for a table or a fact: `Mean absolute error`.
  public var title: String { name.prefix(1).uppercased() + name.dropFirst() }

  /// The range of a target in words, for messages.
  public var rangeText: String {
    if unit == .share { return "a fraction in 0…1" }
    let (low, high) = (range.lowerBound, range.upperBound)
    if low.isFinite, high.isFinite { return "in \(low)…\(high)" }
    return low.isFinite ? "a finite number, at least \(low)" : "a finite number, at most \(high)"
  }
}
