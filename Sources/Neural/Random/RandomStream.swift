import CKernels

/// The purpose of a stream of random numbers. Streams with different purposes never share a number.
public enum RandomPurpose: UInt64, Sendable {
  /// Initial values of parameters.
  case initialisation = 1
  /// Shuffling, augmentation, dropout, generated images, splitting data, figures, drawing samples, and mixing images of a
  /// batch.
  case shuffle, augmentation, dropout, synthetic, split, gallery, sampler, mixing
}

/// Random numbers that depend only on a seed, a purpose and two indices, never on order or threads.
///
/// Philox4x32-10 (Salmon et al., SC 2011). The seed is the key; purpose and indices are the counter.
///
///     var a = RandomStream(seed: 1, .augmentation, index: 3, item: 17)
///     var b = RandomStream(seed: 1, .augmentation, index: 3, item: 17)
///     a.unit() == b.unit()   // true: same place, same number
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: UInt64
  private let high: UInt64
  private var low: UInt64
  private var block = quire_philox4(x: 0, y: 0, z: 0, w: 0)
  private var left = 0

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - seed: the seed of the run.
  ///   - purpose: the purpose of the numbers.
  ///   - index: for example the epoch, or a parameter's position; below 2²⁴.
  ///   - item: for example the image; below 2³².
  public init(seed: UInt64, _ purpose: RandomPurpose, index: Int = 0, item: Int = 0) {
    key = seed
    high =
      purpose.rawValue << 56 | (UInt64(truncatingIfNeeded: index) & 0xFF_FFFF) << 32
      | UInt64(truncatingIfNeeded: item) & 0xFFFF_FFFF
    low = 0
  }

  /// The next 32 random bits.
  public mutating func next32() -> UInt32 {
    if left == 0 {
      block = quire_philox(key, high, low)
      low &+= 1
      left = 4
    }
    left -= 1
    switch left {
    case 3: return block.x
    case 2: return block.y
    case 1: return block.z
    default: return block.w
    }
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let upper = UInt64(next32())
    return upper << 32 | UInt64(next32())
  }

  /// A uniform number in [0, 1), with 53 bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform number in [lower, upper).
  public mutating func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * unit()
  }

  /// An unbiased uniform integer in `0 ..< bound` (`bound` at least 1), by Lemire's multiplication (2019).
  public mutating func below(_ bound: Int) -> Int {
    let range = UInt32(clamping: max(1, bound))
    var product = UInt64(next32()) * UInt64(range)
    if UInt32(truncatingIfNeeded: product) < range {
      let threshold = (0 &- range) % range
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) * UInt64(range) }
    }
    return Int(product >> 32)
  }

  /// A normal number with mean 0 and standard deviation 1 (Box-Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * Math.log(1 - unit())).squareRoot()
    return radius * Math.cos(2 * .pi * unit())
  }

  /// The numbers 0 ..< count in random order (Fisher-Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<max(0, count))
    for i in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(i, below(i + 1)) }
    return order
  }
}
