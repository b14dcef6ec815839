import CellCatalogue
import Neural
import Reporting
import Support

/// `evaluate`: measures a model's accuracy.
public enum EvaluateStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let data = p("data", label: "on", ImageData.self, "the data")
  public static let split = p(
    "split", Split.self, default: .test, defaultText: ".test", "the images to evaluate on")
  public static let testTimeAugmentation = p(
    "testTimeAugmentation", TestTimeAugmentation?.self, default: nil, defaultText: "nil",
    "variants of each image over which the model's outputs are averaged")

  package static let step = Step(
    "evaluate", "Evaluates a model on every image of a split, in evaluation mode.",
    example: "let evaluation = evaluate(model, on: data)", effects: [.readsWeights], model, data, split,
    testTimeAugmentation,
    rehearse: { run, call in
      guard let data = call[data, as: DataOutline.self], let split = call[split] else { return nil }
      try data.require(split)
      if case .some(.some) = call[testTimeAugmentation] {
        try data.dataset.targets.require(.labels, for: TestTimeAugmentation.purpose)
      }
      if let model = call[model] { try run.evaluate(model, on: data) }
      return EvaluationOutline(targets: data.dataset.targets, split: split)
    },
    causes: [
      .argument(split, TrainingError.self, where: \.isMissingSplit),
      .argument(testTimeAugmentation, TrainingError.self, where: \.isAboutTestTimeAugmentation),
    ],
    run: { run, model, data, split, testTimeAugmentation in
      try run.evaluate(model, on: data, split: split, testTimeAugmentation: testTimeAugmentation)
    })
}

/// Evaluates a model on every image of a split; see ``Run/evaluate``.
@discardableResult
public func evaluate(
  _ model: Model, on data: ImageData, split: Split = EvaluateStep.split.default,
  testTimeAugmentation: TestTimeAugmentation? = EvaluateStep.testTimeAugmentation.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) -> Evaluation {
  Program.step(file, line, column) {
    try $0.evaluate(model, on: data, split: split, testTimeAugmentation: testTimeAugmentation)
  }
}

extension Run {
  /// Evaluates a model on every image of a split, in evaluation mode.
  ///
  /// - Parameter testTimeAugmentation: variants of each image over which the model's outputs are averaged; needs data
  ///   with classes.
  /// - Throws: ``TrainingError`` if the data does not fit the model or has no such split, ``MemoryError``.
  public func evaluate(
    _ model: Model, on data: ImageData, split: Split = EvaluateStep.split.default,
    testTimeAugmentation: TestTimeAugmentation? = EvaluateStep.testTimeAugmentation.default
  ) throws -> Evaluation {
    let set = try data.images(of: split)
    try memory.check(evaluationOf: model, batchSize: data.batchSize, threads: settings.threads)
    let evaluation = try model.evaluate(
      set, of: data, split: split, threads: settings.threads, testTimeAugmentation: testTimeAugmentation,
      shouldStop: { [observer] in observer.shouldStop })
    record {
      $0.evaluations.append(
        .init(
          name: model.name, split: split, score: evaluation.score, weights: model.weightsOrigin,
          testTimeAugmentation: testTimeAugmentation, metrics: ClassificationMetrics(evaluation),
          confusion: evaluation.recordedConfusion))
    }
    var facts = zip(evaluation.score.metrics, evaluation.score.values).map { metric, value in
      Fact(metric.title, metric.text(value))
    }
    if !facts.isEmpty { facts[0].note = evaluation.source }
    append(.facts(facts + [Fact("Loss", Number.fixed(evaluation.loss, 4))]))
    return evaluation
  }
}

extension RehearsedRun {
  /// Checks that a model fits the data and the memory limit.
  package func evaluate(_ model: Model, on data: DataOutline) throws {
    try model.check(against: data)
    try memory.check(evaluationOf: model, batchSize: data.batchSize, threads: settings.threads)
  }
}

extension Evaluation {
  /// The confusion matrix, where run.json has one.
  fileprivate var recordedConfusion: ConfusionMatrix? {
    guard (1...Ledger.Evaluated.mostClasses).contains(classNames.count) else { return nil }
    return ConfusionMatrix(classes: classNames, counts: confusion)
  }

  /// The images and the weights, for captions: `10,000 test images, weights after epoch 12, the best on the test images`.
  var source: String {
    ["\(Number.grouped(count)) \(samplesText)", weights.map { "\($0)" }, testTimeAugmentation?.note]
      .compactMap(\.self).joined(separator: ", ")
  }
}

/// A phrase as a sentence of a caption.
func sentence(_ phrase: String) -> String { phrase.prefix(1).uppercased() + phrase.dropFirst() + "." }
