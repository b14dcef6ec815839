/// Converts bytes to floats: (x − 255·mean) / (255·std) in single precision, per channel.
///
///     Normalization.cifar10.mean   // [0.4914, 0.4822, 0.4465]
public struct Normalization: Sendable, Hashable {
  /// The means of R, G and B, 0…1.
  public let mean: [Double]
  /// The standard deviations of R, G and B, above 0.
  public let std: [Double]

  /// Creates a normalisation.
  public init(mean: [Double], std: [Double]) {
    self.mean = mean
    self.std = std
  }

  /// The mean of R, G and B over CIFAR-10's training images.
  public static let cifar10Mean = [0.4914, 0.4822, 0.4465]
  /// The usual constants for CIFAR-10: the average of the deviations within single images. The deviation over all
  /// pixels is 0.247, 0.243, 0.262.
  public static let cifar10Std = [0.2023, 0.1994, 0.2010]
  /// The usual normalisation for CIFAR-10.
  public static let cifar10 = Normalization(mean: cifar10Mean, std: cifar10Std)

  /// The normalised value of each byte: 256 floats for R, 256 for G, 256 for B.
  ///
  /// - Precondition: there are three means and deviations.
  var table: [Float] {
    (0..<3).flatMap { channel in
      let shift = Float(mean[channel]) * 255
      let factor = 1 / (Float(std[channel]) * 255)
      return (0..<256).map { (Float($0) - shift) * factor }
    }
  }

  /// The mean colour as bytes, rounded; black if the means are not three finite numbers.
  public var meanColor: RGB {
    guard mean.count == 3, mean.allSatisfy(\.isFinite) else { return .black }
    let bytes = mean.map { UInt8(min(max(($0 * 255).rounded(), 0), 255)) }
    return RGB(bytes[0], bytes[1], bytes[2])
  }
}
