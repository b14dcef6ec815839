import CellCatalogue
import Neural
import Reporting
import Support

/// `misclassified`: shows a model's worst mistakes.
public enum MisclassifiedStep {
  public static let evaluation = p("evaluation", label: nil, Evaluation.self, "the model's predictions")
  public static let data = p("data", label: "on", ImageData.self, "the data on which the model was evaluated")
  public static let count = p("count", Int.self, default: 25, "maximum number of images", range: .in(1...100))

  package static let step = Step(
    "misclassified", "Shows the misclassified images with the highest loss.",
    example: "misclassified(evaluation, on: data)", effects: [.showsCaptioned], evaluation, data, count,
    rehearse: { _, call in
      try call[evaluation, as: ForeseenEvaluation.self]?.targets.require(.labels, for: purpose)
      if let data = call[data, as: DataOutline.self] {
        try data.dataset.targets.require(.labels, for: purpose)
        try data.requireImages(for: purpose)
      }
      return nil
    }, run: { run, evaluation, data, count in try run.misclassified(evaluation, on: data, count: count) })

  fileprivate static let purpose = "a gallery of misclassified images"
}

/// Shows the misclassified images with the highest loss; see ``Run/misclassified``.
public func misclassified(
  _ evaluation: Evaluation, on data: ImageData, count: Int = MisclassifiedStep.count.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.misclassified(evaluation, on: data, count: count) }
}

extension Run {
  /// Shows the misclassified images with the highest loss.
  ///
  /// - Parameter count: maximum number of images, 1…100.
  /// - Throws: ``TrainingError`` if `count` is out of range, the data is not that of the evaluation, or
  ///   it is a table.
  public func misclassified(
    _ evaluation: Evaluation, on data: ImageData, count: Int = MisclassifiedStep.count.default
  ) throws {
    try MisclassifiedStep.count.check(count)
    try evaluation.targets.require(.labels, for: MisclassifiedStep.purpose)
    try data.outline.requireImages(for: MisclassifiedStep.purpose)
    let set = try data.images(of: evaluation.split)
    guard set.count == evaluation.samples.count, data.classNames == evaluation.classNames else {
      throw TrainingError(
        .value(
          name: "data", expected: "the data of the evaluation (\(evaluation.samples.count) images)",
          found: "\(set.count) images of \(data.dataset.name)"))
    }
    let wrong = evaluation.misclassified(count)
    guard !wrong.isEmpty else {
      append(.message(.success, "All \(evaluation.source): every image was classified correctly."))
      return
    }
    let images = wrong.compactMap { sample -> GalleryImage? in
      guard sample.index < set.count, let image = set.pixelImage(sample.index) else { return nil }
      let truth = evaluation.classNames[sample.label]
      let answer = evaluation.classNames[sample.prediction]
      return GalleryImage(
        image, caption: "\(truth) → \(answer), \(Number.fixed(sample.confidence, 2))",
        alt: "\(truth) classified as \(answer) with confidence \(Number.fixed(sample.confidence, 2))")
    }
    append(
      .gallery(
        Gallery(
          caption:
            "True class → predicted class, with the model's confidence. \(sentence(evaluation.source))",
          rows: [GalleryRow(nil, images)])))
  }
}
