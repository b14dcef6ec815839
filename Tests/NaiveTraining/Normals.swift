@testable import Neural

/// Reproducible normally distributed numbers.
public func normals(_ count: Int, seed: UInt64, _ item: Int = 0) -> [Float] {
  var random = RandomStream(seed: seed, .synthetic, index: 1, item: item)
  return (0..<count).map { _ in Float(random.normal()) }
}
