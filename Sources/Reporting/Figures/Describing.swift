import Support

/// A sentence that describes a series, generated from its values.
///
///     describe("Test accuracy", points, x: "epoch", better: .higher) { Number.percent($0) }
///     // "Test accuracy rises from 36.65% to a best of 87.02% at epoch 48 and ends at 85.52%."
func describe(
  _ name: String, _ points: [Point], x: String, better: Axis.Better?, format: (Double) -> String
) -> String {
  let drawn = points.filter { isDrawable($0.x) && isDrawable($0.y) }
  guard let first = drawn.first, let last = drawn.last else { return "\(name) has no values." }
  func at(_ point: Point) -> String { "at \(x) \(Number.text(point.x))" }
  if drawn.count == 1 { return "\(name) is \(format(first.y)) \(at(first))." }
  let low = drawn.reduce(first) { $1.y < $0.y ? $1 : $0 }
  let high = drawn.reduce(first) { $1.y > $0.y ? $1 : $0 }
  if low.y == high.y { return "\(name) stays at \(format(first.y))." }
  let end = "ends at \(format(last.y))"
  switch better {
  case nil:
    return "\(name) goes from \(format(first.y)) to \(format(last.y)), between \(format(low.y)) "
      + "\(at(low)) and \(format(high.y)) \(at(high))."
  case .higher, .lower:
    let best = better == .higher ? high : low
    if best == first { return "\(name) is best at the start, \(format(first.y)), and \(end)." }
    let move = better == .higher ? "rises" : "falls"
    let ending = best == last ? ", the last" : " and \(end)"
    return "\(name) \(move) from \(format(first.y)) to a best of \(format(best.y)) \(at(best))\(ending)."
  }
}

/// The sentence about values that a chart cannot show; `nil` if there are none.
func notFiniteNote(_ count: Int) -> String? {
  count == 0
    ? nil : "Not drawn: \(Number.counted(count, "value")) that \(count == 1 ? "is" : "are") not finite."
}

/// The text with an upper-case first letter.
func sentenceCase(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
