import Neural
import Reporting

/// A model's prediction for an image.
public struct Prediction: Sendable, Hashable, Codable {
  /// The image's path, as given to `predict`.
  public var path: String
  /// The name of the predicted class.
  public var className: String
  /// The probability of the predicted class, 0…1.
  public var confidence: Double
}

extension Run {
  /// Predicts the classes of PNG images.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - paths: PNG files, relative to the notebook's folder. Images of other sizes are resized.
  ///   - data: provides the class names and the normalisation.
  /// - Throws: ``ImageError`` for a file that is not a PNG.
  @discardableResult
  public func predict(_ model: Model, _ paths: [String], on data: ImageData) throws -> [Prediction] {
    var images: [Image] = []
    for path in paths {
      observer.read(.image(path), stamp: settings.stamp(of: .image(path)))
      images.append(try Image(pngFile: settings.resolve(path)))
    }
    guard !images.isEmpty else { return [] }
    try memory.check(evaluationOf: model, batchSize: 1, threads: settings.threads)
    let rows = try model.predict(images, data: data, threads: settings.threads)
    var predictions: [Prediction] = []
    var shown: [GalleryImage] = []
    for (index, row) in rows.enumerated() {
      let order = row.indices.sorted { (row[$1], $0) < (row[$0], $1) }
      let best = order.first ?? 0
      predictions.append(
        Prediction(path: paths[index], className: data.classNames[best], confidence: Double(row[best])))
      let words = order.prefix(3).map { "\(data.classNames[$0]) \(fixed(Double(row[$0]), 2))" }
      let image = try images[index].resized(to: data.dataset.imageSize)
      if let picture = PixelImage(width: image.width, height: image.height, pixels: image.pixels) {
        shown.append(
          GalleryImage(picture, caption: words.joined(separator: ", "), alt: "\(paths[index]): \(words[0])"))
      }
    }
    append(.gallery(Gallery(rows: [GalleryRow(nil, shown)])))
    return predictions
  }
}
