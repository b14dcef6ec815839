import Neural

/// The reason why a benchmark has no result.
public enum BenchmarkError: Problem, Hashable {
  /// The processor does not support the precision.
  case unsupported(Precision)
  /// The network's input is not an RGB image.
  case notImages(Shape)
  /// The network expects other images than CIFAR-10's, or has another number of outputs than CIFAR-10 has classes.
  case notCIFAR(input: Shape, outputs: Int)

  public var description: String {
    switch self {
    case .unsupported(let precision):
      "\(precision.rawValue) is not supported by this processor's instruction set (\(Setting.instructionSet))"
    case .notImages(let input):
      "the network expects \(input); this benchmark needs a network for RGB images, such as 3×32×32"
    case .notCIFAR(let input, let outputs):
      "the network takes \(input) and has \(outputs) outputs, but CIFAR-10 has 3×32×32 images of 10 classes; omit "
        + "--data to use generated images"
    }
  }
}
