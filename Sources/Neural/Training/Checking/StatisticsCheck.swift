/// An operation whose output in training depends on the variance of its input: it needs more than one value.
protocol NormalisingOperation: Operation {
  /// The number of values from which each mean and variance is computed in training.
  ///
  /// - Parameters:
  ///   - input: the shape of one sample.
  ///   - batch: samples in the batch.
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int
}

extension BatchNorm1d: NormalisingOperation {
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int { batch }
}

extension BatchNorm2d: NormalisingOperation {
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int { batch * input.height * input.width }
}

extension GroupNorm: NormalisingOperation {
  /// A group belongs to one sample, so the batch does not matter.
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int {
    numChannels / numGroups * input.height * input.width
  }
}

extension ModelGraph {
  /// Checks that no layer normalises a single value, whose variance is 0: it would always give its bias (PyTorch:
  /// "Expected more than 1 value per channel when training").
  ///
  /// - Throws: ``ModelError`` with the layer's path and place.
  func checkStatistics(trainedOn data: DataOutline) throws {
    let batch = data.smallestBatch
    for module in modules {
      guard let operation = module.operation as? any NormalisingOperation,
        operation.valuesPerStatistic(of: module.input, batch: batch) <= 1
      else { continue }
      let fact: ModelError.Fact =
        operation is GroupNorm
        ? .oneValuePerGroup(input: module.input)
        : .oneValuePerChannel(
          input: module.input, images: data.trainCount, batchSize: data.batchSize, dropLast: data.dropLast)
      throw ModelError(fact: fact, layer: module.typeName, path: module.path, origin: module.origin)
    }
  }
}
