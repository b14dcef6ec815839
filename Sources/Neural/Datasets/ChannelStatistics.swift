/// The mean and the standard deviation of each channel over all pixels of a set, in 0…1, from exact sums. The deviation
/// is the population's (PyTorch: `std(correction=0)`).
///
///     ChannelStatistics(of: data.train).mean   // three numbers for RGB images, one for grayscale images
public struct ChannelStatistics: Sendable, Hashable {
  /// The mean of each channel.
  public let mean: [Double]
  /// The standard deviation of each channel.
  public let std: [Double]

  /// The standard deviations to divide by: a plain colour has none, so a byte's step is the minimum.
  public var positiveStd: [Double] { std.map { max($0, 1.0 / 255) } }

  /// Computes the statistics; they are 0 for an empty set.
  public init(of set: ImageSet) {
    let channels = set.channels
    var histogram = [Int](repeating: 0, count: channels * 256)
    set.pixels.withUnsafeBufferPointer { pixels in
      var channel = 0
      for value in pixels {
        histogram[channel &* 256 &+ Int(value)] &+= 1
        channel = channel &+ 1 == channels ? 0 : channel &+ 1
      }
    }
    let count = Double(max(1, set.count * set.size.pixels))
    func sum(_ channel: Int, _ term: (Int) -> Int) -> Double {
      Double((0..<256).reduce(0) { $0 + histogram[channel * 256 + $1] * term($1) })
    }
    let mean = (0..<channels).map { sum($0) { $0 } / count / 255 }
    self.mean = mean
    std = (0..<channels).map { channel in
      let variance = sum(channel) { $0 * $0 } / count / (255 * 255) - mean[channel] * mean[channel]
      return max(0, variance).squareRoot()
    }
  }
}
