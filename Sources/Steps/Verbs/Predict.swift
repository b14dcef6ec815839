import CellCatalogue
import Neural
import Reporting
import Support

/// A model's prediction for an image.
public struct Prediction: Sendable, Hashable, Codable, HostValue {
  /// The image's path, as given.
  public var path: String
  /// The name of the predicted class.
  public var className: String
  /// The probability of the predicted class, 0…1.
  public var confidence: Double
}

/// `predict`: classifies images.
public enum PredictStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let paths = p(
    "paths", label: nil, [String].self, "PNG or JPEG files, relative to the notebook's folder")
  public static let data = p(
    "data", label: "on", ImageData.self, "the data, which provides class names and normalisation")
  public static let testTimeAugmentation = p(
    "testTimeAugmentation", TestTimeAugmentation?.self, default: nil, defaultText: "nil",
    "variants of each image over which the model's outputs are averaged")

  fileprivate static let purpose = "a prediction of classes"
  fileprivate static let filePurpose = "a prediction for files"

  package static let step = Step(
    "predict", "Classifies PNG or JPEG images.",
    example: "let answers = predict(model, [\"cat.jpg\"], on: data)",
    effects: [.readsWeights, .readsFiles, .showsCaptioned], model, paths, data, testTimeAugmentation,
    rehearse: { run, call in
      var faults: [any Error] = []
      if let data = call[data, as: DataOutline.self] {
        do {
          try data.requireImages(for: filePurpose)
          try data.dataset.targets.require(.labels, for: purpose)
          if let model = call[model] { try run.evaluate(model, on: data) }
        } catch { faults.append(error) }
      }
      for (index, path) in (call[paths] ?? []).enumerated() {
        do { try run.look(at: path) } catch {
          faults.append(ArgumentFailure(error, parameter: paths.name, element: index))
        }
      }
      if !faults.isEmpty { throw RehearsalFailures(faults) }
      return nil
    },
    run: { run, model, paths, data, testTimeAugmentation in
      try run.predict(model, paths, on: data, testTimeAugmentation: testTimeAugmentation)
    })
}

/// Classifies PNG or JPEG images; see ``Run/predict``.
@discardableResult
public func predict(
  _ model: Model, _ paths: [String], on data: ImageData,
  testTimeAugmentation: TestTimeAugmentation? = PredictStep.testTimeAugmentation.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) -> [Prediction] {
  Program.step(file, line, column) {
    try $0.predict(model, paths, on: data, testTimeAugmentation: testTimeAugmentation)
  }
}

extension Run {
  /// Classifies PNG or JPEG images.
  ///
  /// - Parameters:
  ///   - paths: PNG or JPEG files, relative to the notebook's folder. Images are prepared like the data.
  ///   - data: Gives the class names and the normalisation.
  ///   - testTimeAugmentation: Variants of each image over which the model's outputs are averaged.
  /// - Throws: ``ImageError`` for a file that cannot be read.
  @discardableResult
  public func predict(
    _ model: Model, _ paths: [String], on data: ImageData,
    testTimeAugmentation: TestTimeAugmentation? = PredictStep.testTimeAugmentation.default
  ) throws -> [Prediction] {
    var images: [Image] = []
    for path in paths {
      observer.read(.image(path), stamp: settings.stamp(of: .image(path)))
      images.append(try Image(file: settings.resolve(path)))
    }
    guard !images.isEmpty else { return [] }
    try data.outline.requireImages(for: PredictStep.filePurpose)
    try data.targets.require(.labels, for: PredictStep.purpose)
    try memory.check(evaluationOf: model, batchSize: 1, threads: settings.threads)
    let rows = try model.predict(
      images, data: data, threads: settings.threads, testTimeAugmentation: testTimeAugmentation)
    var predictions: [Prediction] = []
    var shown: [GalleryImage] = []
    for (index, row) in rows.enumerated() {
      let order = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }
      let best = order.first ?? 0
      predictions.append(
        Prediction(path: paths[index], className: data.classNames[best], confidence: Double(row[best])))
      let words = order.prefix(3).map { "\(data.classNames[$0]) \(Number.fixed(Double(row[$0]), 2))" }
      let image = try data.dataset.prepared(images[index])
      if let picture = PixelImage(image) {
        shown.append(
          GalleryImage(picture, caption: words.joined(separator: ", "), alt: "\(paths[index]): \(words[0])"))
      }
    }
    let source = ["\(model.weightsOrigin)", testTimeAugmentation?.note].compactMap(\.self)
    append(
      .gallery(Gallery(caption: sentence(source.joined(separator: ", ")), rows: [GalleryRow(nil, shown)])))
    return predictions
  }
}

extension RehearsedRun {
  /// Checks that an image exists, unless the run may create it.
  func look(at path: String) throws {
    let path = settings.resolve(path)
    if fullPath(path).hasPrefix(fullPath(settings.output) + "/") { return }
    try Image.check(file: path)
  }
}
