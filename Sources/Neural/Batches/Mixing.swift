/// Mixes each image of a batch with the previous one, and their labels in the same proportion.
///
///     let data = try ImageData(dataset, mixing: [.mixup(alpha: 0.2), .cutmix()])
///
/// As in torchvision's `v2.MixUp` and `v2.CutMix`, one share is drawn for a whole batch. If there are several mixings,
/// one is chosen for each batch. The numbers drawn depend only on the seed, the epoch and the batch's index.
public struct Mixing: Sendable, Hashable, CustomStringConvertible {
  /// The parameter of the beta distribution that shares are drawn from: both of its parameters.
  public static let alpha = AugmentationArgument("alpha", 1.0, in: 0.01...1000)

  /// The ways of mixing.
  public enum Kind: String, Sendable, Hashable {
    /// Weighted sums of whole images (Zhang et al., ICLR 2018).
    case mixup
    /// A rectangle of one image in the other (Yun et al., ICCV 2019).
    case cutmix
  }

  /// The way of mixing.
  public let kind: Kind
  /// The parameter of the beta distribution: below 1, most images remain almost unmixed.
  public let alpha: Double

  /// Adds images with weights (torchvision: `v2.MixUp`).
  ///
  /// - Parameter alpha: the parameter of the beta distribution, 0.01…1000.
  public static func mixup(alpha: Double = Mixing.alpha.default) -> Mixing {
    Mixing(kind: .mixup, alpha: alpha)
  }

  /// Replaces a rectangle of each image (torchvision: `v2.CutMix`).
  ///
  /// - Parameter alpha: the parameter of the beta distribution, 0.01…1000.
  public static func cutmix(alpha: Double = Mixing.alpha.default) -> Mixing {
    Mixing(kind: .cutmix, alpha: alpha)
  }

  public var description: String { ".\(kind.rawValue)(alpha: \(alpha))" }

  /// Checks the parameters.
  ///
  /// - Throws: ``AugmentationError`` for a value out of range.
  public func validate() throws(AugmentationError) {
    if let fact = Self.alpha.fault(alpha) {
      throw AugmentationError(fact, index: nil, name: kind.rawValue)
    }
  }

  /// A rectangle of an image, in pixels.
  struct Box: Hashable {
    var rows, columns: Range<Int>
  }

  /// The numbers drawn for a batch.
  struct Parameters: Hashable {
    /// The share of each image itself; the rest is the previous one's.
    var share: Double
    /// The rectangle that is replaced; `nil` mixes whole images.
    var box: Box?
  }

  func drawParameters(for size: ImageSize, from random: inout RandomStream) -> Parameters {
    let share = random.beta(alpha)
    guard kind == .cutmix else { return Parameters(share: share, box: nil) }
    let (x, y) = (random.below(size.width), random.below(size.height))
    let half = 0.5 * (1 - share).squareRoot()
    func range(_ center: Int, _ length: Int) -> Range<Int> {
      let reach = Int(half * Double(length))
      return max(0, center - reach)..<min(length, center + reach)
    }
    let box = Box(rows: range(y, size.height), columns: range(x, size.width))
    let area = Double(box.rows.count * box.columns.count) / Double(size.pixels)
    return Parameters(share: 1 - area, box: box)
  }

  /// Mixes a batch in place.
  ///
  /// - Parameter images: `count` images of `size` with `channels` channels each.
  static func apply(
    _ parameters: Parameters, to images: UnsafeMutablePointer<Float>, count: Int, size: ImageSize,
    channels: Int
  ) {
    let stride = size.pixels * channels
    guard count > 1 else { return }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: stride) { last in
      guard let last = last.baseAddress else { return }
      last.update(from: images + (count - 1) * stride, count: stride)
      // From the end, so that each image's predecessor is still unmixed.
      for index in Swift.stride(from: count - 1, through: 0, by: -1) {
        let own = images + index * stride
        let other = index > 0 ? UnsafePointer(own - stride) : UnsafePointer(last)
        if let box = parameters.box {
          for y in box.rows {
            let start = (y * size.width + box.columns.lowerBound) * channels
            (own + start).update(from: other + start, count: box.columns.count * channels)
          }
        } else {
          let (mine, rest) = (Float(parameters.share), Float(1 - parameters.share))
          for i in 0..<stride { own[i] = other[i] * rest + own[i] * mine }
        }
      }
    }
  }
}

extension RandomStream {
  /// A number in 0…1 from the beta distribution whose two parameters are `alpha`.
  mutating func beta(_ alpha: Double) -> Double {
    let (one, other) = (gamma(alpha), gamma(alpha))
    // With small parameters, both may be too small for a Double.
    return one + other > 0 ? one / (one + other) : unit() < 0.5 ? 0 : 1
  }

  /// A number from the gamma distribution with this shape and scale 1 (Marsaglia and Tsang, 2000).
  private mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 {
      let power = Math.pow(1 - unit(), 1 / shape)
      return gamma(shape + 1) * power
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      let u = 1 - unit()
      if v > 0, Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v) { return d * v }
    }
  }
}
