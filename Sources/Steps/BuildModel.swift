import Neural
import Reporting

extension Run {
  /// Builds a model from layers: checks the shapes and initialises the weights from the run's seed.
  ///
  /// - Parameter inputSize: height and width of the images, in pixels; they have three channels.
  /// - Throws: ``ModelError`` if a layer does not fit its input.
  public func buildModel(_ name: String, inputSize: Int = 32, elements: [LayerElement]) throws -> Model {
    let model = try Model(name, input: settings.input(inputSize), seed: settings.seed, elements: elements)
    record {
      $0.models.append(
        Ledger.ModelFacts(
          name: name, parameters: model.parameterCount, receptiveField: ReceptiveField(model).final))
    }
    append(
      .message(
        .info, "\(name): \(grouped(model.parameterCount)) parameters, \(model.input) → \(model.output)"))
    return model
  }
}

extension RunSettings {
  /// The shape of a model's images.
  func input(_ size: Int) throws -> Shape {
    guard (1...1024).contains(size) else {
      throw TrainingError(.value(name: "inputSize", expected: "in 1…1024", found: "\(size)"))
    }
    return Shape(3, size, size)
  }
}
