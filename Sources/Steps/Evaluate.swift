import Neural
import Reporting

/// The images on which a model is evaluated.
public enum Split: String, Sendable, Hashable {
  /// The test images, the training images, or those set aside for validation.
  case test, train, validation
}

extension Run {
  /// Evaluates a model on every image of a split, in evaluation mode.
  public func evaluate(_ model: Model, on data: ImageData, split: Split = .test) throws -> Evaluation {
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
    append(
      .facts([
        Fact(
          "Accuracy", percent(evaluation.accuracy),
          note: "\(grouped(evaluation.samples.count)) \(split.rawValue) images"),
        Fact("Loss", fixed(evaluation.loss, 4)),
      ]))
    return evaluation
  }

  /// Shows which classes are confused.
  public func confusionMatrix(_ evaluation: Evaluation) throws {
    append(.confusionMatrix(ConfusionMatrix(classes: evaluation.classNames, counts: evaluation.confusion)))
  }

  /// Shows the wrong predictions with the highest loss.
  public func misclassified(_ evaluation: Evaluation, on data: ImageData, count: Int = 25) throws {
    guard (1...100).contains(count) else {
      throw TrainingError(.value(name: "count", expected: "in 1…100", found: "\(count)"))
    }
    let set =
      switch Split(rawValue: evaluation.split) {
      case .train: data.train
      case .validation: data.held
      default: data.test
      }
    guard set.count == evaluation.samples.count, data.classNames == evaluation.classNames else {
      throw TrainingError(
        .value(
          name: "data", expected: "the data of the evaluation (\(evaluation.samples.count) images)",
          found: "\(set.count) images of \(data.dataset.name)"))
    }
    let wrong = evaluation.misclassified(count)
    guard !wrong.isEmpty else {
      append(.message(.success, "Every \(evaluation.split) image got the right answer."))
      return
    }
    let images = wrong.compactMap { sample -> GalleryImage? in
      guard sample.index < set.count, let image = set.pixelImage(sample.index) else { return nil }
      let truth = evaluation.classNames[sample.label]
      let answer = evaluation.classNames[sample.prediction]
      return GalleryImage(
        image, caption: "\(truth) → \(answer), \(fixed(sample.confidence, 2))",
        alt: "a \(truth) taken for a \(answer) with probability \(fixed(sample.confidence, 2))")
    }
    append(
      .gallery(
        Gallery(
          caption: "True class → answer, and the probability the model gave it.",
          rows: [GalleryRow(nil, images)])))
  }
}

extension ImageSet {
  /// An image as shown in the report.
  func pixelImage(_ index: Int) -> PixelImage? {
    image(at: index).flatMap { PixelImage(width: $0.width, height: $0.height, pixels: $0.pixels) }
  }
}
