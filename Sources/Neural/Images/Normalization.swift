/// Converts bytes to floats: (x − 255·mean) / (255·std) in single precision, per channel.
///
///     Normalization.cifar10.mean   // [0.4914, 0.4822, 0.4465]
public struct Normalization: Sendable, Hashable {
  /// The mean of each channel, 0…1: of R, G and B, or of brightness.
  public let mean: [Double]
  /// The standard deviation of each channel, above 0.
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

  /// The usual normalisation for MNIST: the mean and the deviation over all pixels of the training images.
  public static let mnist = Normalization(mean: [0.1307], std: [0.3081])

  /// Constants for images whose data set has none: CIFAR-10's, or MNIST's for grayscale images.
  public static func standard(for mode: ColorMode) -> Normalization {
    switch mode {
    case .grayscale: .mnist
    case .rgb: .cifar10
    }
  }

  /// The normalised value of each byte: 256 floats for each channel.
  ///
  /// - Precondition: there are as many means as deviations.
  var table: [Float] {
    mean.indices.flatMap { channel in
      let shift = Float(mean[channel]) * 255
      let factor = 1 / (Float(std[channel]) * 255)
      return (0..<256).map { (Float($0) - shift) * factor }
    }
  }

  /// The mean colour as bytes, rounded; a shade of grey for a single mean, and black if the means are not one or three
  /// finite numbers.
  public var meanColor: RGB {
    guard [1, 3].contains(mean.count), mean.allSatisfy(\.isFinite) else { return .black }
    let bytes = mean.map { UInt8(min(max(($0 * 255).rounded(), 0), 255)) }
    return bytes.count == 3 ? RGB(bytes[0], bytes[1], bytes[2]) : RGB(bytes[0], bytes[0], bytes[0])
  }
}
