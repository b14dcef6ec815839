import CellCatalogue
import Neural
import Reporting
import Support

/// `explain`: shows the regions of images that a model's predictions depend on.
public enum ExplainStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let data = p(
    "data", label: "on", ImageData.self, "the data, which provides class names and normalisation")
  public static let images = p(
    "images", [String].self, default: [], defaultText: "[]",
    "PNG or JPEG files, relative to the notebook's folder; none shows images of the data")
  public static let split = p(
    "split", Split.self, default: .test, defaultText: ".test", "the images of the data")
  public static let count = p(
    "count", Int.self, default: 8, "number of images of the data", range: .in(1...64))
  public static let layer = p(
    "layer", String?.self, default: nil, defaultText: "nil",
    "name of a layer or block, as in summary; nil uses the last convolution")
  public static let className = p(
    "className", String?.self, default: nil, defaultText: "nil",
    "class to explain; nil uses the predicted class of each image")

  fileprivate static let purpose = "an explanation of classes"

  package static let step = Step(
    "explain",
    "Shows the regions of images that raise a class's score, by Grad-CAM (Selvaraju et al., 2017).",
    example: "explain(model, on: data, count: 6)", effects: [.readsWeights, .readsFiles, .showsCaptioned],
    model, data, images, split, count, layer, className,
    rehearse: { run, call in
      var faults: [any Error] = []
      func attempt(_ check: () throws -> Void) { do { try check() } catch { faults.append(error) } }
      let data = call[data, as: DataOutline.self]
      attempt {
        guard let data else { return }
        try data.dataset.targets.require(.labels, for: purpose)
        if let model = call[model] { try run.evaluate(model, on: data) }
        if call[images]?.isEmpty == true, let split = call[split] { try data.require(split) }
        if let name = call[className] ?? nil { _ = try data.classIndex(of: name) }
      }
      attempt { if let model = call[model], let layer = call[layer] { _ = try model.explainedLayer(layer) } }
      for (index, path) in (call[images] ?? []).enumerated() {
        do { try run.look(at: path) } catch {
          faults.append(ArgumentFailure(error, parameter: images.name, element: index))
        }
      }
      if !faults.isEmpty { throw RehearsalFailures(faults) }
      return nil
    },
    causes: [.argument(split, TrainingError.self, where: \.isMissingSplit)],
    run: { run, model, data, images, split, count, layer, className in
      try run.explain(
        model, on: data, images: images, split: split, count: count, layer: layer, className: className)
    })
}

/// Shows the regions of images that a model's predictions depend on; see ``Run/explain``.
public func explain(
  _ model: Model, on data: ImageData, images: [String] = ExplainStep.images.default,
  split: Split = ExplainStep.split.default, count: Int = ExplainStep.count.default,
  layer: String? = ExplainStep.layer.default, className: String? = ExplainStep.className.default,
  file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) {
    try $0.explain(
      model, on: data, images: images, split: split, count: count, layer: layer, className: className)
  }
}

extension Run {
  /// Shows images with the regions that raise the score of a class, by Grad-CAM, with the class and its probability.
  ///
  /// - Parameters:
  ///   - data: Gives the class names and the normalisation, and the images if there are no paths.
  ///   - images: PNG or JPEG files, relative to the notebook's folder. Images are prepared like the data.
  ///   - split: The part of the data from which images are shown, the first of each class.
  ///   - count: The number of images of the data, 1…64.
  ///   - layer: The layer or block to explain; `nil` for the last convolution.
  ///   - className: The class to explain; `nil` for each image's predicted class.
  /// - Throws: ``TrainingError`` for a layer, class or split that does not exist, or data without classes; ``ImageError``
  ///   for a file that cannot be read.
  public func explain(
    _ model: Model, on data: ImageData, images paths: [String] = ExplainStep.images.default,
    split: Split = ExplainStep.split.default, count: Int = ExplainStep.count.default,
    layer: String? = ExplainStep.layer.default, className: String? = ExplainStep.className.default
  ) throws {
    try ExplainStep.count.check(count)
    try data.targets.require(.labels, for: ExplainStep.purpose)
    let name = try model.explainedLayer(layer)
    let classIndex = try className.map { try data.outline.classIndex(of: $0) }
    let shown = try paths.isEmpty ? images(of: data, split, count) : images(at: paths)
    try memory.check(evaluationOf: model, batchSize: 1, threads: settings.threads)
    let explanations = try model.explain(
      shown.map(\.image), data: data, layer: layer, classIndex: classIndex, threads: settings.threads)
    let size = data.dataset.imageSize
    var originals: [GalleryImage] = []
    var overlays: [GalleryImage] = []
    for (item, explanation) in zip(shown, explanations) {
      let image = try data.dataset.prepared(item.image).converted(to: .rgb)
      let words =
        "\(data.classNames[explanation.classIndex]) \(Number.fixed(explanation.probability, 2))"
      guard let picture = PixelImage(width: size.width, height: size.height, pixels: image.pixels),
        let overlay = PixelImage(
          width: size.width, height: size.height,
          pixels: HeatOverlay.pixels(image.pixels, heat: explanation.map.scaled(to: size)))
      else { continue }
      originals.append(GalleryImage(picture, caption: item.name, alt: item.name))
      overlays.append(
        GalleryImage(overlay, caption: words, alt: "regions of \(item.name) that explain \(words)"))
    }
    append(
      .gallery(
        Gallery(
          caption: "Regions that raise the score of the class, from none (unchanged) to most (yellow), "
            + "with the probability of the class: Grad-CAM of layer \(name). "
            + sentence("\(model.weightsOrigin)"),
          rows: [GalleryRow("Image", originals), GalleryRow("Grad-CAM", overlays)])))
  }

  private func images(at paths: [String]) throws -> [(name: String, image: Image)] {
    try paths.map { path in
      observer.read(.image(path), stamp: settings.stamp(of: .image(path)))
      return (path, try Image(file: settings.resolve(path)))
    }
  }

  private func images(of data: ImageData, _ split: Split, _ count: Int) throws -> [(
    name: String, image: Image
  )] {
    let set = try data.images(of: split)
    return Self.oneOfEachClass(set, count).compactMap { index in
      set.image(at: index).map { (data.classNames[Int(set.labels[index])], $0) }
    }
  }
}

extension DataOutline {
  /// The index of a class.
  ///
  /// - Throws: ``TrainingError`` if the data has no class of this name.
  fileprivate func classIndex(of name: String) throws -> Int {
    guard let index = classNames.firstIndex(of: name) else {
      let names = classNames.prefix(10).joined(separator: ", ") + (classNames.count > 10 ? ", …" : "")
      throw TrainingError(
        .value(
          name: ExplainStep.className.name, expected: "a class of '\(dataset.name)' (\(names))",
          found: "'\(name)'"))
    }
    return index
  }
}

/// Colours an image by a heat map.
enum HeatOverlay {
  /// The largest share of the colour in a pixel.
  private static let strength: Float = 0.65

  /// The pixels with red to yellow over them: the hotter, the more colour and the more yellow.
  ///
  /// - Parameters:
  ///   - pixels: [height][width][RGB].
  ///   - heat: [height][width], 0…1.
  static func pixels(_ pixels: [UInt8], heat: [Float]) -> [UInt8] {
    pixels.indices.map { index in
      let value = heat.indices.contains(index / 3) ? heat[index / 3] : 0
      let colour = [255, 225 * value, 0][index % 3]
      let mixed = Float(pixels[index]) + strength * value * (colour - Float(pixels[index]))
      return mixed.isFinite ? UInt8(min(max(mixed, 0), 255).rounded()) : pixels[index]
    }
  }
}
