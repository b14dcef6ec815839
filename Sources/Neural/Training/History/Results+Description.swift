import Support

// What `print` shows: a line for each value, not its millions of numbers.

extension DataOutline: CustomStringConvertible {
  /// `flowers: 240 training, 60 test images in 3 classes`.
  public var description: String {
    let counts = [
      (trainCount, "training"), (validationCount ?? 0, "validation"), (dataset.testCount, "test"),
    ]
    .filter { $0.0 > 0 }.map { "\(Number.grouped($0.0)) \($0.1)" }
    let classes = dataset.classNames.count
    return "\(dataset.name): \(counts.joined(separator: ", ")) \(samples)"
      + (classes == 0 ? "" : " in \(Number.counted(classes, "class", plural: "classes"))")
  }
}

extension ImageData: CustomStringConvertible {
  /// `flowers: 240 training, 60 test images in 3 classes, batches of 64`.
  public var description: String { "\(outline), batches of \(Number.grouped(batchSize))" }
}

extension Evaluation: CustomStringConvertible {
  /// `Net on 1,000 test images: loss 0.4321, 87.02%`.
  public var description: String {
    "\(modelName) on \(Number.grouped(count)) \(samplesText): \(score)"
  }
}

extension History: CustomStringConvertible {
  /// `Net: 50 epochs, best 87.02% on the test images at epoch 48`.
  public var description: String {
    let trained = "\(modelName): \(Number.counted(epochs.count, "epoch"))"
    guard let best else { return trained }
    return
      "\(trained), best \(best.evaluation.decidingText) on the \(best.split.samples(ofTable: isOfTable)) at epoch \(best.epoch)"
  }
}
