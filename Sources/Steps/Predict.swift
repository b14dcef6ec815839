import Neural
import Reporting

/// A model's answer for one image.
public struct Prediction: Sendable, Hashable, Codable {
  public var path: String
  public var className: String
  /// Probability of the answer, in 0…1.
  public var confidence: Double
}

extension Run {
  /// Asks a model about PNG images.
  ///
  /// - Parameters:
  ///   - paths: PNG files; relative ones start at the notebook's folder. Other sizes are resized.
  ///   - data: tells the class names and the normalisation.
  /// - Throws: ``ImageError`` for a file that is no PNG.
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
