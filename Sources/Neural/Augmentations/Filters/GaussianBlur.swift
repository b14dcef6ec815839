/// Blurs the image with a Gaussian filter.
public struct GaussianBlur: ImageTransform {
  /// albumentations' class name.
  public static let name = "GaussianBlur"
  /// The range of the filter's side in pixels.
  public static let blurLimit = AugmentationArgument("blurLimit", 3...7, in: 0...99)
  /// The range of the standard deviation in pixels.
  public static let sigmaLimit = AugmentationArgument("sigmaLimit", 0.0...0, in: 0...16)

  /// The range of the filter's side in pixels; 0 computes it from the standard deviation.
  public let blurLimit: ClosedRange<Int>
  /// The range of the standard deviation in pixels; 0 computes it from the side.
  public let sigmaLimit: ClosedRange<Double>
  /// The probability that the image is changed, 0…1.
  public let p: Double

  /// The filter's side and standard deviation.
  public struct Parameters: Sendable, Hashable, CustomStringConvertible {
    /// The side in pixels; 0 computes it from the standard deviation.
    public let side: Int
    /// The standard deviation in pixels; 0 computes it from the side.
    public let sigma: Double

    /// Creates parameters.
    public init(side: Int, sigma: Double) { (self.side, self.sigma) = (side, sigma) }

    public var description: String {
      let parts = [side > 0 ? "\(side)×\(side)" : nil, sigma > 0 ? "σ \(shortNumber(sigma, 2))" : nil]
      return parts.compactMap(\.self).joined(separator: ", ")
    }
  }

  public var invalidArgument: AugmentationError.Fact? {
    if let fault = Self.blurLimit.fault(blurLimit) ?? Self.sigmaLimit.fault(sigmaLimit) { return fault }
    if blurLimit.lowerBound == 0, sigmaLimit.lowerBound == 0 {
      return .value(name: "sigmaLimit", expected: "above 0 if blurLimit starts at 0", found: "\(sigmaLimit)")
    }
    return .oddBounds("blurLimit", blurLimit)
  }

  public func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    var side = blurLimit.lowerBound + random.below(blurLimit.count)
    if side != 0, side % 2 == 0 { side = (side + 1) % (blurLimit.upperBound + 1) }
    return Parameters(side: side, sigma: random.uniform(sigmaLimit.lowerBound, sigmaLimit.upperBound))
  }

  public func apply(_ parameters: Parameters, to image: PixelBuffer) {
    guard parameters.side > 0 || parameters.sigma > 0 else { return }
    let automatic = Int((parameters.sigma * 6 + 1).rounded(.toNearestOrEven)) | 1
    let side = parameters.side > 0 ? parameters.side : automatic
    if side > 1 { image.blur(with: GaussianWeights(side: side, sigma: parameters.sigma).weights) }
  }
}

/// The weights of a Gaussian filter in 1/256: OpenCV's `getGaussianKernel` in fixed point.
struct GaussianWeights {
  let weights: [Int32]

  init(side: Int, sigma: Double) {
    let exact = Self.exact(side: side, sigma: sigma)
    var weights = [Int32](repeating: 0, count: side)
    var (error, sum): (Double, Int32) = (0, 0)
    for i in 0..<side / 2 {
      // The rounding error goes to the next weight.
      let value = exact[i] * 256 + error
      let rounded = value.rounded(.toNearestOrEven)
      error = value - rounded
      (weights[i], weights[side - 1 - i]) = (Int32(rounded), Int32(rounded))
      sum += 2 * Int32(rounded)
    }
    weights[side / 2] = 256 - sum
    self.weights = weights
  }

  /// The first half of the weights.
  private static func exact(side: Int, sigma: Double) -> [Double] {
    // OpenCV's filters without a standard deviation.
    let small = [3: [0.25], 5: [0.0625, 0.25], 7: [0.03125, 0.109375, 0.21875]]
    if sigma <= 0, let weights = small[side] { return weights }
    let sigma = sigma > 0 ? sigma : 0.3 * (Double(side - 1) * 0.5 - 1) + 0.8
    let scale = -0.125 / (sigma * sigma)
    let half = (0..<side / 2).map { i in
      let distance = Double(1 - side + 2 * i)
      return Math.exp(distance * distance * scale)
    }
    let factor = 1 / (half.reduce(0, +) * 2 + 1)
    return half.map { $0 * factor }
  }
}

extension PixelBuffer {
  /// Filters rows, then columns, with mirrored borders; the weights are in 1/256.
  func blur(with weights: [Int32]) {
    let (size, radius, channels) = (size, weights.count / 2, channels)
    let stride = size.width * channels
    let columns = (-radius..<size.width + radius).map { reflect101($0, size.width) * channels }
    let rows = (-radius..<size.height + radius).map { reflect101($0, size.height) * stride }
    replace(size: size) { source, target in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: stride * (size.height + 1)) { middle in
        for y in 0..<size.height {
          for x in 0..<size.width {
            for c in 0..<channels {
              var sum: Int32 = 0
              for (k, weight) in weights.enumerated() {
                sum &+= weight &* Int32(source[y * stride + columns[x + k] + c])
              }
              middle[y * stride + channels * x + c] = sum
            }
          }
        }
        let sums = UnsafeMutableBufferPointer(rebasing: middle[(stride * size.height)...])
        for y in 0..<size.height {
          sums.update(repeating: 1 << 15)
          for (k, weight) in weights.enumerated() {
            let row = rows[y + k]
            for i in 0..<stride { sums[i] &+= weight &* middle[row + i] }
          }
          for i in 0..<stride { target[y * stride + i] = UInt8(clamping: sums[i] >> 16) }
        }
      }
    }
  }
}

extension Augmentation {
  /// Blurs the image with a random Gaussian filter (albumentations: `GaussianBlur`).
  ///
  ///     .gaussianBlur(blurLimit: 3...7)
  ///
  /// - Parameters:
  ///   - blurLimit: the filter's side in pixels: an odd number of this range, 0…99, whose bounds are odd or 0; 0 computes
  ///     the side from the standard deviation.
  ///   - sigmaLimit: the standard deviation in pixels, uniform in this range, 0…16; 0 computes it from the side.
  ///   - p: probability, 0…1.
  public static func gaussianBlur(
    blurLimit: ClosedRange<Int> = GaussianBlur.blurLimit.default,
    sigmaLimit: ClosedRange<Double> = GaussianBlur.sigmaLimit.default,
    p: Double = AugmentationArgument.p.default
  ) -> Augmentation {
    Augmentation(GaussianBlur(blurLimit: blurLimit, sigmaLimit: sigmaLimit, p: p))
  }
}
