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
        operation.dependsOnBatch
        ? .oneValuePerChannel(
          input: module.input, images: data.trainCount, batchSize: data.batchSize, dropLast: data.dropLast)
        : .oneValuePerGroup(input: module.input)
      throw ModelError(fact: fact, layer: module.typeName, path: module.path, origin: module.origin)
    }
  }
}
