/// An operation whose output in training depends on the variance of its input: it needs more than one value.
protocol NormalisingOperation: Operation {
  /// Whether each mean and variance is of a channel of the whole batch, instead of a group of one sample's channels.
  var dependsOnBatch: Bool { get }

  /// The number of values from which each mean and variance is computed in training.
  ///
  /// - Parameters:
  ///   - input: the shape of one sample.
  ///   - batch: samples in the batch.
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int
}
