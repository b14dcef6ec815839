import CellCatalogue
import Neural
import Reporting
import Support

/// A part of a data set.
public enum Split: String, Sendable, Hashable, HostValue {
  /// The test images, the training images, or those set aside for validation.
  case test, train, validation
}

/// `evaluate`: measures a model's accuracy.
public enum EvaluateStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let data = p("data", label: "on", ImageData.self, "the data")
  public static let split = p(
    "split", Split.self, default: .test, defaultText: ".test", "the images to evaluate on")

  package static let step = Step(
    "evaluate", "Evaluates a model on every image of a split, in evaluation mode.",
    example: "let evaluation = evaluate(model, on: data)", effects: [.readsWeights], model, data, split,
    rehearse: { run, call in
      if let model = call[model], let data = call[data, as: DataOutline.self] {
        try run.evaluate(model, on: data)
      }
      return nil
    },
    run: { run, model, data, split in try run.evaluate(model, on: data, split: split) })
}

/// Evaluates a model on every image of a split; see ``Run/evaluate``.
@discardableResult
public func evaluate(
  _ model: Model, on data: ImageData, split: Split = EvaluateStep.split.default, file: String = #filePath,
  line: Int = #line, column: Int = #column
) -> Evaluation {
  Program.step(file, line, column) { try $0.evaluate(model, on: data, split: split) }
}

extension Run {
  /// Evaluates a model on every image of a split, in evaluation mode.
  ///
  /// - Throws: ``TrainingError`` if the data does not fit the model, ``MemoryError``.
  public func evaluate(_ model: Model, on data: ImageData, split: Split = EvaluateStep.split.default) throws
    -> Evaluation
  {
    let set =
      switch split {
      case .test: data.test
      case .train: data.train
      case .validation: data.held
      }
    try memory.check(evaluationOf: model, batchSize: data.batchSize, threads: settings.threads)
    let evaluation = try model.evaluate(
      set, of: data, split: split.rawValue, threads: settings.threads,
      shouldStop: { [observer] in observer.shouldStop })
    record { $0.evaluations.append(.init(name: model.name, split: split.rawValue, score: evaluation.score)) }
    var facts = zip(evaluation.score.metrics, evaluation.score.values).map { metric, value in
      Fact(metric.title, metric.text(value))
    }
    if !facts.isEmpty { facts[0].note = "\(Number.grouped(evaluation.count)) \(split.rawValue) images" }
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
