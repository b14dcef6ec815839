/// How the samples of an epoch are chosen.
public enum Sampler: String, Sendable, Hashable, CaseIterable {
  /// Each sample once, in random order (PyTorch: `RandomSampler`).
  case shuffled
  /// As many samples as the set has, drawn with replacement, each with a probability proportional to 1 / the number of
  /// samples of its class (PyTorch: `WeightedRandomSampler`). An epoch has about as many samples of each class.
  case weighted
}

/// Draws samples with replacement, each class with the same probability.
///
/// A draw depends only on the seed, the epoch and the position, not on earlier draws.
struct WeightedSampler: Sendable {
  /// The sums of the weights up to each sample, with it.
  private let sums: [Double]

  /// - Parameter labels: the class of each sample.
  init(_ labels: [Int32]) {
    var counts: [Int32: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    var sum = 0.0
    sums = labels.map { label in
      sum += 1 / Double(counts[label] ?? 1)
      return sum
    }
  }

  /// The sample at a position of an epoch.
  func sample(seed: UInt64, epoch: Int, position: Int) -> Int {
    var random = RandomStream(seed: seed, .sampler, index: epoch, item: position)
    let point = random.unit() * (sums.last ?? 0)
    // The first sample whose sum exceeds the point.
    var (low, high) = (0, max(0, sums.count - 1))
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > point { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
