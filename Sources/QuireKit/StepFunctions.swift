import Neural
import Steps

// A notebook's steps as functions, with the labels and defaults of cells. They do not throw: a step that fails ends
// the program with a located error and status 1. Their documentation is at `Run`, in Steps.

/// Loads images and sets batching and augmentation; see
/// ``Run/loadData(_:batchSize:dropLast:augmentation:validation:)``.
@discardableResult
public func loadData(
  _ source: DataSource, batchSize: Int = 64, dropLast: Bool = false, augmentation: [Augmentation] = [],
  validation: Double = 0, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ImageData {
  Program.step(file, line, column) {
    try $0.loadData(
      source, batchSize: batchSize, dropLast: dropLast, augmentation: augmentation, validation: validation)
  }
}

/// Shows training images before and after augmentation; see ``Run/showAugmentations(_:count:)``.
public func showAugmentations(
  _ data: ImageData, count: Int = 8, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.showAugmentations(data, count: count) }
}

/// Builds a model from layers; see ``Run/buildModel(_:inputSize:elements:)``.
@discardableResult
public func buildModel(
  _ name: String, inputSize: Int = 32, file: String = #filePath, line: Int = #line, column: Int = #column,
  @LayerBuilder _ layers: () -> [LayerElement]
) -> Model {
  let elements = layers()
  return Program.step(file, line, column) {
    try $0.buildModel(name, inputSize: inputSize, elements: elements)
  }
}

/// Prints the model's layers, output shapes and parameter counts; see ``Run/summary(_:)``.
@discardableResult
public func summary(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ModelSummary {
  Program.step(file, line, column) { try $0.summary(model) }
}

/// Shows how the receptive field grows through the model; see ``Run/receptiveField(_:)``.
@discardableResult
public func receptiveField(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ReceptiveField {
  Program.step(file, line, column) { try $0.receptiveField(model) }
}

/// Checks a model and its training against the assignment's requirements.
public func requirements(
  _ model: Model, history: History? = nil, maxParameters: Int = 200_000, minReceptiveField: Int = 44,
  minAccuracy: Double = 0.85, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) {
    _ = try $0.requirements(
      model, history: history, maxParameters: maxParameters, minReceptiveField: minReceptiveField,
      minAccuracy: minAccuracy)
  }
}

/// Trains a model on data; see `Run.train`.
@discardableResult
public func train(
  _ model: Model, on data: ImageData, epochs: Int, optimizer: Optimizer = .adamW(),
  schedule: Schedule = .constant, loss: Loss = .nll, earlyStopping: Int? = nil, target: Double? = nil,
  gradientClipping: GradientClipping? = nil, precision: Precision? = nil,
  onEpoch: ((EpochRecord) -> Void)? = nil, file: String = #filePath, line: Int = #line, column: Int = #column
) -> History {
  Program.step(file, line, column) {
    try $0.train(
      model, on: data, epochs: epochs, optimizer: optimizer, schedule: schedule, loss: loss,
      earlyStopping: earlyStopping, target: target, gradientClipping: gradientClipping, precision: precision,
      onEpoch: onEpoch)
  }
}

/// Evaluates a model on every image of a split; see ``Run/evaluate(_:on:split:)``.
@discardableResult
public func evaluate(
  _ model: Model, on data: ImageData, split: Split = .test, file: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Evaluation {
  Program.step(file, line, column) { try $0.evaluate(model, on: data, split: split) }
}

/// Prints the summary of a training; see ``Run/results(_:)``.
public func results(
  _ history: History, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.results(history) }
}

/// Draws a plot into the report and the output folder; see ``Run/plot(_:)``.
public func plot(_ plot: Plot, file: String = #filePath, line: Int = #line, column: Int = #column) {
  Program.step(file, line, column) { try $0.plot(plot) }
}

/// Compares trainings; those of a dictionary are sorted by name.
public func compare(
  _ runs: [String: History], file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let sorted = runs.sorted { $0.key < $1.key }.map { (name: $0.key, history: $0.value) }
  Program.step(file, line, column) { try $0.compare(sorted) }
}

/// Compares trainings, in the order of the literal.
public func compare(
  _ runs: KeyValuePairs<String, History>, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.compare(runs.map { (name: $0.key, history: $0.value) }) }
}

/// Shows which classes are confused; see ``Run/confusionMatrix(_:)``.
public func confusionMatrix(
  _ evaluation: Evaluation, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.confusionMatrix(evaluation) }
}

/// Shows the wrong predictions with the highest loss; see ``Run/misclassified(_:on:count:)``.
public func misclassified(
  _ evaluation: Evaluation, on data: ImageData, count: Int = 25, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) { try $0.misclassified(evaluation, on: data, count: count) }
}

/// Predicts the classes of PNG images; see ``Run/predict(_:_:on:)``.
@discardableResult
public func predict(
  _ model: Model, _ paths: [String], on data: ImageData, file: String = #filePath, line: Int = #line,
  column: Int = #column
) -> [Prediction] {
  Program.step(file, line, column) { try $0.predict(model, paths, on: data) }
}

/// Saves a model's weights in the output folder; see ``Run/save(_:to:)``.
public func save(
  _ model: Model, to path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { _ = try $0.save(model, to: path) }
}

/// Loads weights into a model; see ``Run/loadWeights(_:from:)``.
public func loadWeights(
  _ model: Model, from path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.loadWeights(model, from: path) }
}
