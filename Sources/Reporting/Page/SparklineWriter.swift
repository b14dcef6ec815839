import Support

/// Writes a curve as a small SVG without axes.
enum SparklineWriter {
  private static let width = 120.0
  private static let height = 32.0
  /// Room for the mark, which is centred on the curve.
  private static let inset = 4.0
  /// The maximum number of points; more cannot be told apart.
  private static let pointLimit = 200

  static func markup(_ curve: Curve) -> Markup {
    let finite = curve.values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    func place(_ index: Int) -> (x: String, y: String) {
      let x = inset + Double(index) / Double(max(1, curve.values.count - 1)) * (width - 2 * inset)
      let share = high > low ? (curve.values[index] - low) / (high - low) : 0.5
      return (Number.coordinate(x), Number.coordinate(height - inset - share * (height - 2 * inset)))
    }
    let step = max(1, curve.values.count / pointLimit)
    let points = curve.values.indices.filter { $0 % step == 0 && curve.values[$0].isFinite }
      .map { place($0) }.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    let isMarked =
      curve.marked.map { curve.values.indices.contains($0) && curve.values[$0].isFinite } ?? false
    let mark: Markup? =
      !isMarked
      ? nil
      : curve.marked.map { "<circle class=\"f0\" cx=\"\(place($0).x)\" cy=\"\(place($0).y)\" r=\"3\"/>" }
    return """
      <svg class="spark" viewBox="0 0 \(Number.coordinate(width)) \(Number.coordinate(height))" role="img" \
      aria-label="\(curve.description)"><polyline class="s0" fill="none" stroke-width="1.5" points="\(points)"/>\
      \(mark)</svg>
      """
  }
}
