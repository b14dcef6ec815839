/// The deviation of a tensor from its reference: relative to the largest magnitude, and in relative L2 norm.
public struct Deviation: Comparable, CustomStringConvertible {
  public var largest = 0.0
  public var norm = 0.0

  public init(largest: Double = 0, norm: Double = 0) {
    self.largest = largest
    self.norm = norm
  }

  public init(_ found: [Float], _ expected: [Float]) {
    guard found.count == expected.count else {
      (largest, norm) = (.infinity, .infinity)
      return
    }
    var (difference, magnitude, squares, expectedSquares) = (0.0, 0.0, 0.0, 0.0)
    for (a, b) in zip(found, expected) {
      let d = Double(a) - Double(b)
      difference = d.isNaN ? .infinity : max(difference, abs(d))
      magnitude = max(magnitude, abs(Double(b)))
      squares += d * d
      expectedSquares += Double(b) * Double(b)
    }
    largest = difference == 0 ? 0 : difference / magnitude
    norm = difference == 0 ? 0 : (squares / expectedSquares).squareRoot()
  }

  /// The norm of the difference relative to the norm of the expected values, or to that of values of this size if
  /// it is larger: few or cancelling terms have a small norm.
  public static func norm(_ found: [Float], _ expected: [Float], size: Double) -> Double {
    guard found.count == expected.count else { return .infinity }
    var (difference, norm) = (0.0, 0.0)
    for (a, b) in zip(found, expected) {
      difference += (Double(a) - Double(b)) * (Double(a) - Double(b))
      norm += Double(b) * Double(b)
    }
    return (difference / max(norm, Double(expected.count) * size * size)).squareRoot()
  }

  public static func < (a: Deviation, b: Deviation) -> Bool {
    max(a.largest, a.norm) < max(b.largest, b.norm)
  }
  public var description: String { "max \(largest), L2 \(norm)" }
}
