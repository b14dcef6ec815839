/// Tensors by a formula that `scripts/fixtures/named_networks.py` repeats, so that fixtures hold no weights.
public enum FormulaTensors {
  /// 64 random bits for an element of a tensor: splitmix64's finalizer of the tensor's position and the index.
  @inline(__always)
  private static func bits(_ position: Int, _ index: Int) -> UInt64 {
    var x = UInt64(truncatingIfNeeded: index) &* 0xBF58_476D_1CE4_E5B9
    x &+= UInt64(truncatingIfNeeded: position + 1) &* 0x9E37_79B9_7F4A_7C15
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  /// Uniform numbers between -bound and bound.
  public static func uniform(_ position: Int, count: Int, bound: Double) -> [Float] {
    (0..<count).map { index in
      Float(bound * (2 * Double(bits(position, index) >> 40) * 0x1p-24 - 1))
    }
  }

  /// Random bytes.
  public static func bytes(_ position: Int, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(bits(position, $0) >> 56) }
  }

  /// The weights of convolutions and linear layers by He et al. (2015), scales around 1, small biases.
  ///
  /// - Parameter shape: the shape in PyTorch's order.
  public static func initial(_ position: Int, shape: [Int], isScale: Bool) -> [Float] {
    let count = shape.reduce(1, *)
    guard shape.count == 1 else {
      return uniform(position, count: count, bound: (6 / (Double(count) / Double(shape[0]))).squareRoot())
    }
    return uniform(position, count: count, bound: isScale ? 0.25 : 0.125).map { isScale ? $0 + 1 : $0 }
  }

  /// The norm of a gradient, and its products with four vectors of random signs.
  public static func digest(_ position: Int, _ gradient: [Float]) -> [Double] {
    var (squares, products) = (0.0, SIMD4<Double>.zero)
    for (index, value) in gradient.enumerated() {
      let (value, bits) = (Double(value), bits(position, index))
      squares += value * value
      for k in 0..<4 { products[k] += (bits >> UInt64(k)) & 1 == 1 ? value : -value }
    }
    return [squares.squareRoot()] + (0..<4).map { products[$0] }
  }
}
