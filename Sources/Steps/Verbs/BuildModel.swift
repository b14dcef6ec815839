import CellCatalogue
import Neural
import Reporting
import Support

/// `buildModel`: builds a model from layers.
public enum BuildModelStep {
  public static let modelName = p("name", label: nil, String.self, "the model's name")
  public static let inputSize = p(
    "inputSize", Int.self, default: 32, "height and width of the input images", unit: "pixels",
    range: .in(ImageSize.sides))
  public static let inputWidth = p(
    "inputWidth", Int?.self, default: nil, "width of the input images, if they are not square",
    unit: "pixels",
    range: .in(ImageSize.sides))
  public static let inputChannels = p(
    "inputChannels", Int.self, default: 3, "channels of the input images: 3 for RGB, 1 for grayscale",
    range: .in(1...3))
  public static let layers = builder("layers", of: "Layer", by: "LayerBuilder", "the layers, in order")

  package static let step = Step(
    "buildModel", "Builds a model from layers, checks its shapes and initialises its weights from the seed.",
    example:
      "let model = buildModel(\"Tiny\") { Conv2d(3, 8, kernelSize: 3); AdaptiveAvgPool2d(1); Flatten(); Linear(8, 10); LogSoftmax() }",
    effects: [], resultName: "model", modelName, inputSize, inputWidth, inputChannels, layers,
    rehearse: { run, call in
      guard let content = call[layers] else { return nil }
      let elements = content.layers
      do {
        guard let name = call[modelName], let size = call[inputSize], let width = call[inputWidth],
          let channels = call[inputChannels], !content.hasGaps
        else { throw UnknownArgument() }
        return run.built(
          try run.settings.model(
            name, inputSize: size, inputWidth: width, inputChannels: channels, elements: elements))
      } catch {
        guard error is ModelError || error is UnknownArgument else { throw error }
        // Report every layer that does not fit, not only the first.
        let size = call[inputSize]
        let side = size ?? inputSize.default
        guard let channels = call[inputChannels] else { return nil }
        let width = call[inputWidth]
        let faults = ModelFaults(
          elements, input: Shape(channels, side, (width ?? nil) ?? side),
          isSizeKnown: size != nil && width != nil)
        guard faults.errors.isEmpty else { throw RehearsalFailures(faults.errors) }
        if error is ModelError, !content.hasGaps, !faults.hasUnknownLayers { throw error }
        return nil
      }
    },
    run: { run, name, inputSize, inputWidth, inputChannels, layers in
      try run.buildModel(
        name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels,
        elements: layers.layers)
    })
}

/// The model's layers are known before the run, but not its other arguments.
private struct UnknownArgument: Error {}

/// Builds a model from layers; see ``Run/buildModel``.
@discardableResult
public func buildModel(
  _ name: String, inputSize: Int = BuildModelStep.inputSize.default,
  inputWidth: Int? = BuildModelStep.inputWidth.default,
  inputChannels: Int = BuildModelStep.inputChannels.default, file: String = #filePath, line: Int = #line,
  column: Int = #column, @LayerBuilder _ layers: () -> [LayerElement]
) -> Model {
  let elements = layers()
  return Program.step(file, line, column) {
    try $0.buildModel(
      name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels, elements: elements)
  }
}

extension Run {
  /// Builds a model from layers: checks their shapes and initialises their weights from the run's seed.
  ///
  /// - Parameters:
  ///   - inputSize: height and width of the images, 1…1024 pixels.
  ///   - inputWidth: the width, 1…1024 pixels, if it is not the height.
  ///   - inputChannels: channels of the images: 3 for RGB, 1 for grayscale.
  /// - Throws: ``ModelError`` if a layer does not fit its input.
  public func buildModel(
    _ name: String, inputSize: Int = BuildModelStep.inputSize.default,
    inputWidth: Int? = BuildModelStep.inputWidth.default,
    inputChannels: Int = BuildModelStep.inputChannels.default, elements: [LayerElement]
  ) throws -> Model {
    let model = try settings.model(
      name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels, elements: elements)
    record {
      $0.models.append(
        Ledger.ModelFacts(
          name: name, parameters: model.parameterCount, receptiveField: ReceptiveField(model).final))
    }
    append(
      .message(
        .info, "\(name): \(Number.grouped(model.parameterCount)) parameters, \(model.input) → \(model.output)"
      ))
    return model
  }
}

extension RunSettings {
  fileprivate func model(
    _ name: String, inputSize: Int, inputWidth: Int?, inputChannels: Int, elements: [LayerElement]
  ) throws -> Model {
    try BuildModelStep.inputSize.check(inputSize)
    try BuildModelStep.inputWidth.check(inputWidth)
    try BuildModelStep.inputChannels.check(inputChannels)
    return try Model(
      name, input: Shape(inputChannels, inputSize, inputWidth ?? inputSize), seed: seed, elements: elements)
  }
}
