/// A float tensor in row-major order: a parameter, a running statistic or an input read from a file.
///
/// Layouts follow PyTorch: convolution weights are [out, in/groups, kernel height, kernel width].
///
///     let bias = Tensor(shape: [3], values: [0, 1, 2])
public struct Tensor: Sendable, Hashable {
  /// The dimensions.
  public let shape: [Int]
  /// The elements, in row-major order.
  public var values: [Float]

  /// Creates a tensor.
  ///
  /// - Precondition: `values.count` is the product of `shape`.
  public init(shape: [Int], values: [Float]) {
    precondition(
      values.count == shape.reduce(1, *), "a tensor of shape \(shape) holds \(shape.reduce(1, *)) values")
    self.shape = shape
    self.values = values
  }

  /// Creates a tensor of zeros.
  public init(zeros shape: [Int]) {
    self.init(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
  }

  /// The number of elements.
  public var count: Int { values.count }
}
