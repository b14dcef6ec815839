/// Runs a compiled model over image sets in evaluation mode.
enum Scorer {
  /// Loss and accuracy over a set.
  ///
  /// - Throws: ``TrainingError`` once `shouldStop` says so.
  static func score(
    _ plan: Plan, _ set: ImageSet, _ pipeline: AugmentationPipeline, batchSize: Int,
    shouldStop: () -> Bool
  ) throws -> Score {
    var loss = 0.0
    var correct = 0
    var seen = 0
    try batches(set, pipeline, batchSize) { images, labels, count in
      let result = try plan.evaluate(images: images, labels: labels, count: count)
      loss += result.loss * Double(count)
      correct += result.correct
      seen += count
      if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
    }
    let total = Double(max(1, seen))
    return Score(loss: loss / total, accuracy: Double(correct) / total)
  }

  /// The answer for every image, in the set's order.
  static func samples(
    _ plan: Plan, _ model: Model, _ set: ImageSet, _ pipeline: AugmentationPipeline, batchSize: Int,
    shouldStop: () -> Bool
  ) throws -> [Evaluation.Sample] {
    let classes = model.output.elements
    let isSoftmax = model.graph.nodes.last?.operation is Softmax
    var output = [Float](repeating: 0, count: batchSize * classes)
    var losses = [Float](repeating: 0, count: batchSize)
    var samples: [Evaluation.Sample] = []
    samples.reserveCapacity(set.count)
    try batches(set, pipeline, batchSize) { images, labels, count in
      _ = try output.withUnsafeMutableBufferPointer { out in
        try losses.withUnsafeMutableBufferPointer { loss in
          guard let out = out.baseAddress, let loss = loss.baseAddress else { return }
          _ = try plan.evaluate(
            images: images, labels: labels, count: count, into: out, losses: loss)
        }
      }
      for i in 0..<count {
        let row = model.probabilities(Array(output[i * classes..<(i + 1) * classes]))
        let best = row.indices.max { row[$0] < row[$1] } ?? 0
        // Probabilities have no logits to take the loss from.
        let loss = isSoftmax ? -Math.log(Double(row[Int(labels[i])])) : Double(losses[i])
        samples.append(
          Evaluation.Sample(
            index: samples.count, label: Int(labels[i]), prediction: best, confidence: Double(row[best]),
            loss: loss))
      }
      if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
    }
    return samples
  }

  private static func batches(
    _ set: ImageSet, _ pipeline: AugmentationPipeline, _ batchSize: Int,
    _ body: (UnsafePointer<Float>, UnsafePointer<Int32>, Int) throws -> Void
  ) throws {
    let stream = try BatchStream.evaluation(of: set, pipeline: pipeline, batchSize: batchSize)
    try stream.epoch(0) { batch in
      guard let images = batch.images.baseAddress, let labels = batch.labels.baseAddress else { return }
      try body(images, labels, batch.count)
    }
  }
}

extension Model {
  /// The model's last layer's numbers as probabilities, whether it ends in log-softmax, softmax or logits.
  func probabilities(_ output: [Float]) -> [Float] {
    if graph.nodes.last?.operation is Softmax { return output }
    // exp(log-probabilities) and softmax(logits) are the same once normalised.
    let top = output.max() ?? 0
    let powers = output.map { Float(Math.exp(Double($0 - top))) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Answers for a whole image set. The loss is the cross-entropy, which on log-probabilities is the NLL.
  ///
  /// - Throws: ``PlanError`` where the model does not fit the set.
  public func evaluate(
    _ set: ImageSet, of data: ImageData, split: String, threads: Int,
    shouldStop: () -> Bool = { false }
  ) throws -> Evaluation {
    try check(against: data.outline)
    let plan = try Plan(
      self, batchSize: data.batchSize, loss: .crossEntropy(), threads: threads, seed: 0, mode: .inference)
    try plan.load(state)
    return Evaluation(
      modelName: name, classNames: data.classNames, split: split,
      samples: try Scorer.samples(
        plan, self, set, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop))
  }

  /// Class probabilities for each image, resized to the model's input where it has another size.
  ///
  /// - Throws: ``TrainingError`` where the model does not fit the data, ``PlanError``, ``ImageError``.
  public func predict(_ images: [Image], data: ImageData, threads: Int) throws -> [[Float]] {
    try check(against: data.outline)
    let classes = output.elements
    let plan = try Plan(self, batchSize: 1, loss: .nll, threads: threads, seed: 0, mode: .inference)
    try plan.load(state)
    return try images.map { image in
      let fitting = try image.resized(to: data.dataset.imageSize)
      let pixels = data.pipeline.normalized(fitting)
      var answer = [Float](repeating: 0, count: classes)
      _ = try pixels.withUnsafeBufferPointer { pixels in
        try answer.withUnsafeMutableBufferPointer { answer in
          guard let from = pixels.baseAddress, let to = answer.baseAddress else { return }
          _ = try plan.evaluate(images: from, labels: nil, count: 1, into: to)
        }
      }
      return probabilities(answer)
    }
  }

  /// - Throws: ``TrainingError`` where the data has other images or another number of classes.
  public func check(against data: DataOutline) throws {
    let size = data.dataset.imageSize
    let found = Shape(3, size.height, size.width)
    guard input == found else { throw TrainingError(.input(model: input, data: found)) }
    guard output.elements == data.classNames.count else {
      throw TrainingError(.classes(model: output.elements, data: data.classNames.count))
    }
  }
}

extension Loss {
  /// - Throws: ``TrainingError`` where the model's last layer gives this loss numbers it is not made for.
  func check(endOf model: Model) throws {
    let end = model.graph.nodes.last?.operation
    switch self {
    case .nll:
      guard end is LogSoftmax else { throw TrainingError(.loss(".nll", end: model.lastLayerName)) }
    case .crossEntropy:
      guard !(end is Softmax) else { throw TrainingError(.loss(".crossEntropy()", end: model.lastLayerName)) }
    }
  }
}

extension Model {
  fileprivate var lastLayerName: String {
    graph.modules.last { $0.operation != nil || !$0.isContainer }?.typeName ?? name
  }
}
