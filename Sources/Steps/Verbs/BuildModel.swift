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
  public static let inputFeatures = p(
    "inputFeatures", Int?.self, default: nil,
    "number of features of the rows of a table; nil for images", range: .in(featureRange))
  public static let initialisation = p(
    "initialisation", WeightInitialisation.self, default: .standard, defaultText: ".standard",
    "distribution of the initial weights of convolutions and linear layers")
  public static let layers = builder("layers", of: "Layer", by: "LayerBuilder", "the layers, in order")

  /// The numbers of features that models can have.
  public static let featureRange = 1...1_000_000

  package static let step = Step(
    "buildModel", "Builds a model from layers, checks its shapes and initialises its weights from the seed.",
    example:
      "let model = buildModel(\"Tiny\") { Conv2d(3, 8, kernelSize: 3); AdaptiveAvgPool2d(1); Flatten(); Linear(8, 10); LogSoftmax() }",
    effects: [], resultName: "model", modelName, inputSize, inputWidth, inputChannels, inputFeatures,
    initialisation, layers,
    rehearse: { run, call in
      try conflict(
        call[inputSize], call[inputWidth] ?? nil, call[inputChannels], call[inputFeatures] ?? nil)
      guard let content = call[layers] else { return nil }
      let elements = content.layers
      do {
        guard let name = call[modelName], let size = call[inputSize], let width = call[inputWidth],
          let channels = call[inputChannels], let features = call[inputFeatures],
          let initialisation = call[initialisation], !content.hasGaps
        else { throw UnknownArgument() }
        return run.built(
          try run.settings.model(
            name, inputSize: size, inputWidth: width, inputChannels: channels, inputFeatures: features,
            initialisation: initialisation, elements: elements))
      } catch {
        guard error is ModelError || error is UnknownArgument else { throw error }
        // Report every layer that does not fit, not only the first.
        let size = call[inputSize]
        let side = size ?? inputSize.default
        // Without the number of features, the kind of input is unknown, and nothing can be said about the layers.
        guard let channels = call[inputChannels], let features = call[inputFeatures] else { return nil }
        let width = call[inputWidth]
        let faults =
          features.map { ModelFaults(elements, input: Shape(features: $0)) }
          ?? ModelFaults(
            elements, input: Shape(channels, side, (width ?? nil) ?? side),
            isSizeKnown: size != nil && width != nil)
        guard faults.errors.isEmpty else { throw RehearsalFailures(faults.errors) }
        if error is ModelError, !content.hasGaps, !faults.hasUnknownLayers { throw error }
        return nil
      }
    },
    run: { run, name, inputSize, inputWidth, inputChannels, inputFeatures, initialisation, layers in
      try run.buildModel(
        name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels,
        inputFeatures: inputFeatures, initialisation: initialisation, elements: layers.layers)
    })

  /// - Throws: ``TrainingError`` if the model would have two kinds of input.
  fileprivate static func conflict(_ size: Int?, _ width: Int?, _ channels: Int?, _ features: Int?) throws {
    guard let features else { return }
    let given = [
      (inputSize.name, size, inputSize.default), (inputWidth.name, width, nil),
      (inputChannels.name, channels, inputChannels.default),
    ]
    for (name, value, usual) in given {
      guard let value, value != usual else { continue }
      throw TrainingError(
        .value(
          name: inputFeatures.name, expected: "nil for a model of images (\(name): \(value))",
          found: "\(features)"
        ))
    }
  }
}

/// The model's layers are known before the run, but not its other arguments.
private struct UnknownArgument: Error {}

/// Builds a model from layers; see ``Run/buildModel``.
@discardableResult
public func buildModel(
  _ name: String, inputSize: Int = BuildModelStep.inputSize.default,
  inputWidth: Int? = BuildModelStep.inputWidth.default,
  inputChannels: Int = BuildModelStep.inputChannels.default,
  inputFeatures: Int? = BuildModelStep.inputFeatures.default,
  initialisation: WeightInitialisation = BuildModelStep.initialisation.default, file: String = #filePath,
  line: Int = #line, column: Int = #column, @LayerBuilder _ layers: () -> [LayerElement]
) -> Model {
  let elements = layers()
  return Program.step(file, line, column) {
    try $0.buildModel(
      name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels,
      inputFeatures: inputFeatures, initialisation: initialisation, elements: elements)
  }
}

extension Run {
  /// Builds a model from layers: checks their shapes and initialises their weights from the run's seed.
  ///
  /// - Parameters:
  ///   - inputSize: height and width of the images, 1…1024 pixels.
  ///   - inputWidth: the width, 1…1024 pixels, if it is not the height.
  ///   - inputChannels: channels of the images: 3 for RGB, 1 for grayscale.
  ///   - inputFeatures: the number of features of each row, for a model of tables; `nil` for a model of images.
  ///   - initialisation: distribution of the initial weights of convolutions and linear layers.
  /// - Throws: ``ModelError`` if a layer does not fit its input, ``TrainingError`` if an argument is out of range.
  public func buildModel(
    _ name: String, inputSize: Int = BuildModelStep.inputSize.default,
    inputWidth: Int? = BuildModelStep.inputWidth.default,
    inputChannels: Int = BuildModelStep.inputChannels.default,
    inputFeatures: Int? = BuildModelStep.inputFeatures.default,
    initialisation: WeightInitialisation = BuildModelStep.initialisation.default, elements: [LayerElement]
  ) throws -> Model {
    let model = try settings.model(
      name, inputSize: inputSize, inputWidth: inputWidth, inputChannels: inputChannels,
      inputFeatures: inputFeatures, initialisation: initialisation, elements: elements)
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
    _ name: String, inputSize: Int, inputWidth: Int?, inputChannels: Int, inputFeatures: Int?,
    initialisation: WeightInitialisation, elements: [LayerElement]
  ) throws -> Model {
    try BuildModelStep.inputSize.check(inputSize)
    try BuildModelStep.inputWidth.check(inputWidth)
    try BuildModelStep.inputChannels.check(inputChannels)
    try BuildModelStep.inputFeatures.check(inputFeatures)
    try BuildModelStep.conflict(inputSize, inputWidth, inputChannels, inputFeatures)
    let input =
      inputFeatures.map { Shape(features: $0) } ?? Shape(inputChannels, inputSize, inputWidth ?? inputSize)
    return try Model(name, input: input, seed: seed, initialisation: initialisation, elements: elements)
  }
}
