import CellCatalogue
import Neural
import Reporting

/// `learnedFilters`: shows the filters of a model's first convolution.
public enum LearnedFiltersStep {
  public static let model = p("model", label: nil, Model.self, "the model")

  package static let step = Step(
    "learnedFilters", "Shows the filters of a model's first convolution.",
    example: "learnedFilters(model)", effects: [.readsWeights, .showsCaptioned], model,
    rehearse: { run, call in
      if let model = call[model] { _ = try model.firstFilters() }
      return nil
    },
    run: { run, model in try run.learnedFilters(model) })
}

/// Shows the filters of a model's first convolution; see ``Run/learnedFilters``.
public func learnedFilters(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.learnedFilters(model) }
}

extension Run {
  /// Shows the filters of a model's first convolution as a gallery, one image per output channel.
  ///
  /// A filter with three channels is shown in colour, all others as the mean over their channels. Each filter is
  /// scaled to its own range: its smallest weight is black, its largest white.
  ///
  /// - Throws: ``TrainingError`` if the model has no convolution.
  public func learnedFilters(_ model: Model) throws {
    let name = try model.firstFilters()
    let weights = model.state[name] ?? Tensor(zeros: [0, 0, 0, 0])
    let layer = name.dropLast(".weight".count)
    let shape = weights.shape
    let count = shape[1] * shape[2] * shape[3]
    let images = (0..<shape[0]).compactMap { filter -> GalleryImage? in
      let values = Array(weights.values[filter * count..<(filter + 1) * count])
      return PixelImage(filter: values, channels: shape[1], height: shape[2], width: shape[3]).map {
        GalleryImage($0, caption: "\(filter + 1)", alt: "filter \(filter + 1) of layer \(layer)")
      }
    }
    append(
      .gallery(
        Gallery(
          caption:
            "Filters of layer \(layer), each scaled from its smallest weight (black) to its largest (white). "
            + sentence("\(model.weightsOrigin)"),
          rows: [GalleryRow(nil, images)])))
  }
}

extension Model {
  /// The name of the first convolution's weights, whose shape is [outputs, inputs per group, height, width].
  fileprivate func firstFilters() throws -> String {
    guard let filters = graph.parameters.first(where: { $0.specification.shape.count == 4 }) else {
      throw TrainingError(
        .value(
          name: LearnedFiltersStep.model.name, expected: "a model with a convolution",
          found: "'\(name)', which has none"))
    }
    return filters.name
  }
}

extension PixelImage {
  /// Creates an image of a filter.
  ///
  /// - Parameter filter: the weights, channel by channel, each row by row.
  fileprivate init?(filter: [Float], channels: Int, height: Int, width: Int) {
    let area = height * width
    let low = filter.min() ?? 0
    let range = (filter.max() ?? 0) - low
    let pixels = (0..<area).flatMap { place -> [UInt8] in
      let values = (0..<channels).map { filter[$0 * area + place] }
      let colours = channels == 3 ? values : Array(repeating: values.reduce(0, +) / Float(channels), count: 3)
      return colours.map { colour in
        let level = 255 * (colour - low) / range
        // Weights that are all equal, or not finite, have no scale.
        return level.isFinite ? UInt8(min(max(level, 0), 255).rounded()) : 128
      }
    }
    self.init(width: width, height: height, pixels: pixels)
  }
}
