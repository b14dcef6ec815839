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

  /// The predictions for every image of a set.
  struct Predictions {
    var answers: Evaluation.Answers
    var score: Score
    var ranking: RankingScores?
  }

  /// The predictions for every image, in the set's order, with the score over all of them.
  static func predictions(
    _ plan: Plan, _ model: Model, _ set: ImageSet, _ pipeline: AugmentationPipeline, batchSize: Int,
    loss: Loss, testTimeAugmentation: TestTimeAugmentation?, shouldStop: () -> Bool
  ) throws -> Predictions {
    let outputs = model.output.elements
    let isSoftmax = model.outputKind == .probabilities
    let answerer = Answerer(plan, model, batchSize: batchSize, testTimeAugmentation: testTimeAugmentation)
    var samples: [Evaluation.Sample] = []
    var numbers: [Float] = []
    switch set.targets {
    case .labels: samples.reserveCapacity(set.count)
    case .values: break
    }
    numbers.reserveCapacity(set.count * outputs)
    var sampleLosses: [Double] = []
    var totals = ScoreTotals(plan)
    try batches(set, pipeline, batchSize) { images, targets, count in
      totals.add(try answerer.answer(images, targets, count: count, loss: loss), plan.metricSums)
      switch targets {
      case .labels(let labels), .mixed(let labels, _, _):
        for i in 0..<count {
          let row = model.probabilities(Array(answerer.outputs[i * outputs..<(i + 1) * outputs]))
          let best = row.indices.max { row[$0] < row[$1] } ?? 0
          // Probabilities have no logits to take the loss from.
          let loss = isSoftmax ? -Math.log(Double(row[Int(labels[i])])) : Double(answerer.losses[i])
          samples.append(
            Evaluation.Sample(
              index: samples.count, label: Int(labels[i]), prediction: best, confidence: Double(row[best]),
              loss: loss))
          numbers += row
        }
      case .values:
        numbers += answerer.outputs[..<(count * outputs)]
        sampleLosses += answerer.losses[..<count].map { Double($0) }
      }
      if shouldStop() { throw TrainingError(.interrupted(epoch: nil)) }
    }
    switch set.targets {
    case .labels:
      let answers = Evaluation.Answers.classes(samples)
      return Predictions(
        answers: answers, score: answers.score,
        ranking: RankingScores(probabilities: numbers, labels: samples.map(\.label), classes: outputs))
    case .values(let targets, _):
      return Predictions(
        answers: .values(.init(targets: targets, predictions: numbers, losses: sampleLosses)),
        score: totals.score)
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
  ///   - testTimeAugmentation: variants of each image over which the outputs are averaged, for class labels only.
  ///   - shouldStop: called after each batch; if it returns true, the evaluation throws a ``TrainingError``.
  /// - Throws: ``PlanError`` or ``TrainingError`` if the model or the loss does not fit the set.
  public func evaluate(
    _ set: ImageSet, of data: ImageData, split: Split, threads: Int, loss: Loss? = nil,
    testTimeAugmentation: TestTimeAugmentation? = nil,
    shouldStop: () -> Bool = { false }
  ) throws -> Evaluation {
    try check(against: data.outline)
    try loss?.check(data.outline.dataset)
    if testTimeAugmentation != nil {
      try data.targets.require(.labels, for: TestTimeAugmentation.purpose)
    }
    let loss = loss ?? .ofEvaluations(on: set.targets.kind)
    let plan = try Plan(
      self, batchSize: data.batchSize, loss: loss, threads: threads, seed: 0, mode: .inference)
    try plan.load(state)
    let found = try Scorer.predictions(
      plan, self, set, data.pipeline, batchSize: data.batchSize, loss: loss,
      testTimeAugmentation: testTimeAugmentation, shouldStop: shouldStop)
    return Evaluation(
      modelName: name, targets: data.dataset.targets, split: split, answers: found.answers,
      score: found.score, weights: weightsOrigin, isOfTable: data.dataset.table != nil,
      ranking: found.ranking,
      testTimeAugmentation: testTimeAugmentation)
  }

  /// Predicts the class probabilities of each image, or numbers if the data's targets are numbers. Images of
  /// a different size or with other channels are prepared like the data's images: see ``Dataset/prepared(_:)``.
  ///
  /// - Parameters:
  ///   - testTimeAugmentation: variants of each image over which the outputs are averaged, for class labels only.
  ///   - images: the images.
  ///   - data: gives the normalisation.
  ///   - threads: the number of threads.
  /// - Throws: ``TrainingError`` if the model does not fit the data, ``PlanError``, ``ImageError``.
  public func predict(
    _ images: [Image], data: ImageData, threads: Int, testTimeAugmentation: TestTimeAugmentation? = nil
  ) throws -> [[Float]] {
    try check(against: data.outline)
    let inputs = try images.map { data.pipeline.normalized(try data.dataset.prepared($0)) }
    return try predict(
      inputs: inputs, data: data, threads: threads, testTimeAugmentation: testTimeAugmentation)
  }

  /// Predicts the class probabilities of each row of a table, or numbers if the data's targets are numbers.
  ///
  /// - Parameters:
  ///   - rows: features as they were given to the data set, before it is standardised.
  ///   - data: the data set.
  ///   - threads: the number of threads.
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
    return try predict(inputs: inputs, data: data, threads: threads, testTimeAugmentation: nil)
  }

  private func predict(
    inputs: [[Float]], data: ImageData, threads: Int, testTimeAugmentation: TestTimeAugmentation?
  ) throws -> [[Float]] {
    let isClassifier = data.dataset.targets.kind == .labels
    if testTimeAugmentation != nil {
      try data.targets.require(.labels, for: TestTimeAugmentation.purpose)
    }
    let loss = Loss.ofEvaluations(on: data.dataset.targets.kind)
    let plan = try Plan(self, batchSize: 1, loss: loss, threads: threads, seed: 0, mode: .inference)
    try plan.load(state)
    let answerer = Answerer(plan, self, batchSize: 1, testTimeAugmentation: testTimeAugmentation)
    return try inputs.map { input in
      try input.withUnsafeBufferPointer { pixels in
        if let pixels = pixels.baseAddress { _ = try answerer.answer(pixels, nil, count: 1, loss: loss) }
      }
      return isClassifier ? probabilities(answerer.outputs) : answerer.outputs
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
