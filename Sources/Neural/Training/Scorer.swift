/// Runs a compiled model over image sets in evaluation mode.
enum Scorer {
  /// Loss and accuracy over a set.
  ///
  /// - Throws: ``TrainingError`` once `shouldStop` says so.
  static func score(
    _ plan: Plan, _ set: ImageSet, _ pipeline: AugmentationPipeline, batchSize: Int,
    shouldStop: () -> Bool
  ) throws -> Score {
    var totals = ScoreTotals(plan)
    try batches(set, pipeline, batchSize) { images, targets, count in
      totals.add(try plan.evaluate(images: images, targets: targets, count: count), plan.metricSums)
      if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
    }
    return totals.score
  }

  /// The answers for every image, in the set's order, with the score over all of them.
  static func answers(
    _ plan: Plan, _ model: Model, _ set: ImageSet, _ pipeline: AugmentationPipeline, batchSize: Int,
    shouldStop: () -> Bool
  ) throws -> (answers: Evaluation.Answers, score: Score) {
    let outputs = model.output.elements
    let isSoftmax = model.outputKind == .probabilities
    var output = [Float](repeating: 0, count: batchSize * outputs)
    var losses = [Float](repeating: 0, count: batchSize)
    var samples: [Evaluation.Sample] = []
    var predictions: [Float] = []
    switch set.targets {
    case .labels: samples.reserveCapacity(set.count)
    case .values: predictions.reserveCapacity(set.count * outputs)
    }
    var sampleLosses: [Double] = []
    var totals = ScoreTotals(plan)
    try batches(set, pipeline, batchSize) { images, targets, count in
      try output.withUnsafeMutableBufferPointer { out in
        try losses.withUnsafeMutableBufferPointer { loss in
          guard let out = out.baseAddress, let loss = loss.baseAddress else { return }
          let result = try plan.evaluate(
            images: images, targets: targets, count: count, into: out, losses: loss)
          totals.add(result, plan.metricSums)
        }
      }
      switch targets {
      case .labels(let labels), .mixed(let labels, _, _):
        for i in 0..<count {
          let row = model.probabilities(Array(output[i * outputs..<(i + 1) * outputs]))
          let best = row.indices.max { row[$0] < row[$1] } ?? 0
          // Probabilities have no logits to take the loss from.
          let loss = isSoftmax ? -Math.log(Double(row[Int(labels[i])])) : Double(losses[i])
          samples.append(
            Evaluation.Sample(
              index: samples.count, label: Int(labels[i]), prediction: best, confidence: Double(row[best]),
              loss: loss))
        }
      case .values:
        predictions += output[..<(count * outputs)]
        sampleLosses += losses[..<count].map { Double($0) }
      }
      if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
    }
    switch set.targets {
    case .labels:
      let answers = Evaluation.Answers.classes(samples)
      return (answers, answers.score)
    case .values(let targets, _):
      return (
        .values(.init(targets: targets, predictions: predictions, losses: sampleLosses)), totals.score
      )
    }
  }

  private static func batches(
    _ set: ImageSet, _ pipeline: AugmentationPipeline, _ batchSize: Int,
    _ body: (UnsafePointer<Float>, BatchTargets, Int) throws -> Void
  ) throws {
    let stream = try BatchStream.evaluation(of: set, pipeline: pipeline, batchSize: batchSize)
    try stream.epoch(0) { batch in
      if let input = batch.input { try body(input.images, input.targets, batch.count) }
    }
  }
}

extension Model {
  /// The model's last layer's numbers as probabilities, whether it ends in log-softmax, softmax or logits.
  func probabilities(_ output: [Float]) -> [Float] {
    if outputKind == .probabilities { return output }
    // exp(log-probabilities) and softmax(logits) are the same once normalised.
    let top = output.max() ?? 0
    let powers = output.map { Float(Math.exp(Double($0 - top))) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// Evaluates the model on a set of images.
  ///
  /// - Parameters:
  ///   - set: the images.
  ///   - data: the data set that the images belong to, with its normalisation and batch size.
  ///   - split: the part of the data set that the images are.
  ///   - threads: number of threads, 1…256; does not affect the results.
  ///   - loss: the loss to report; `nil` for cross-entropy with class labels (on log-probabilities, this is
  ///     the NLL) and mean squared error with numbers.
  ///   - shouldStop: called after each batch; if it returns true, the evaluation throws a ``TrainingError``.
  /// - Throws: ``PlanError`` or ``TrainingError`` if the model or the loss does not fit the set.
  public func evaluate(
    _ set: ImageSet, of data: ImageData, split: Split, threads: Int, loss: Loss? = nil,
    shouldStop: () -> Bool = { false }
  ) throws -> Evaluation {
    try check(against: data.outline)
    try loss?.check(data.outline.dataset)
    let plan = try Plan(
      self, batchSize: data.batchSize, loss: loss ?? .ofEvaluations(on: set.targets.kind), threads: threads,
      seed: 0, mode: .inference)
    try plan.load(state)
    let (answers, score) = try Scorer.answers(
      plan, self, set, data.pipeline, batchSize: data.batchSize, shouldStop: shouldStop)
    return Evaluation(
      modelName: name, targets: data.dataset.targets, split: split, answers: answers, score: score,
      weights: weightsOrigin, isOfTable: data.dataset.table != nil)
  }

  /// Predicts the class probabilities of each image, or numbers if the data's targets are numbers. Images of
  /// a different size or with other channels are prepared like the data's images: see ``Dataset/prepared(_:)``.
  ///
  /// - Throws: ``TrainingError`` if the model does not fit the data, ``PlanError``, ``ImageError``.
  public func predict(_ images: [Image], data: ImageData, threads: Int) throws -> [[Float]] {
    try check(against: data.outline)
    let inputs = try images.map { data.pipeline.normalized(try data.dataset.prepared($0)) }
    return try predict(inputs: inputs, data: data, threads: threads)
  }

  /// Predicts the class probabilities of each row of a table, or numbers if the data's targets are numbers.
  ///
  /// - Parameter rows: features as they were given to the data set, before it is standardised.
  /// - Throws: ``TrainingError`` if the model does not fit the data, or a row has a different number of features or one
  ///   that is not finite; ``PlanError``.
  public func predict(rows: [[Double]], data: ImageData, threads: Int) throws -> [[Float]] {
    try check(against: data.outline)
    let inputs = try rows.enumerated().map { index, row in
      try data.outline.check(row: row, at: index)
      var input = [Float](repeating: 0, count: row.count)
      input.withUnsafeMutableBufferPointer { input in
        if let start = input.baseAddress { data.pipeline.prepare(row: row[...], into: start) }
      }
      return input
    }
    return try predict(inputs: inputs, data: data, threads: threads)
  }

  private func predict(inputs: [[Float]], data: ImageData, threads: Int) throws -> [[Float]] {
    let classes = output.elements
    let isClassifier = data.dataset.targets.kind == .labels
    let plan = try Plan(
      self, batchSize: 1, loss: .ofEvaluations(on: data.dataset.targets.kind), threads: threads, seed: 0,
      mode: .inference)
    try plan.load(state)
    return try inputs.map { input in
      var answer = [Float](repeating: 0, count: classes)
      _ = try input.withUnsafeBufferPointer { pixels in
        try answer.withUnsafeMutableBufferPointer { answer in
          guard let from = pixels.baseAddress, let to = answer.baseAddress else { return }
          _ = try plan.evaluate(images: from, targets: nil, count: 1, into: to)
        }
      }
      return isClassifier ? probabilities(answer) : answer
    }
  }

  /// - Throws: ``TrainingError`` if the model expects a different image size or number of features, or a different
  ///   number of classes or targets.
  public func check(against data: DataOutline) throws {
    let found = data.dataset.input
    guard input == found else { throw TrainingError(.input(model: input, data: found)) }
    guard output.elements == data.dataset.targets.outputs else {
      switch data.dataset.targets {
      case .classes(let names): throw TrainingError(.classes(model: output.elements, data: names.count))
      case .values(let names): throw TrainingError(.outputs(model: output.elements, data: names))
      }
    }
  }
}
