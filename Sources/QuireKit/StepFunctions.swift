import Neural
import Steps

// A notebook's steps as functions: labels and defaults are those of cells. None throws; a step that fails ends the
// program with its located error and status 1. What they do is said where `Run` has them, in Steps.

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

public func showAugmentations(
  _ data: ImageData, count: Int = 8, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.showAugmentations(data, count: count) }
}

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

@discardableResult
public func summary(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ModelSummary {
  Program.step(file, line, column) { try $0.summary(model) }
}

@discardableResult
public func receptiveField(
  _ model: Model, file: String = #filePath, line: Int = #line, column: Int = #column
) -> ReceptiveField {
  Program.step(file, line, column) { try $0.receptiveField(model) }
}

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

@discardableResult
public func evaluate(
  _ model: Model, on data: ImageData, split: Split = .test, file: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Evaluation {
  Program.step(file, line, column) { try $0.evaluate(model, on: data, split: split) }
}

public func results(
  _ history: History, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.results(history) }
}

public func plot(_ plot: Plot, file: String = #filePath, line: Int = #line, column: Int = #column) {
  Program.step(file, line, column) { try $0.plot(plot) }
}

/// A dictionary's runs in the order of their names; a literal's in its own.
public func compare(
  _ runs: [String: History], file: String = #filePath, line: Int = #line, column: Int = #column
) {
  let sorted = runs.sorted { $0.key < $1.key }.map { (name: $0.key, history: $0.value) }
  Program.step(file, line, column) { try $0.compare(sorted) }
}

public func compare(
  _ runs: KeyValuePairs<String, History>, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.compare(runs.map { (name: $0.key, history: $0.value) }) }
}

public func confusionMatrix(
  _ evaluation: Evaluation, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.confusionMatrix(evaluation) }
}

public func misclassified(
  _ evaluation: Evaluation, on data: ImageData, count: Int = 25, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) { try $0.misclassified(evaluation, on: data, count: count) }
}

@discardableResult
public func predict(
  _ model: Model, _ paths: [String], on data: ImageData, file: String = #filePath, line: Int = #line,
  column: Int = #column
) -> [Prediction] {
  Program.step(file, line, column) { try $0.predict(model, paths, on: data) }
}

public func save(
  _ model: Model, to path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { _ = try $0.save(model, to: path) }
}

public func loadWeights(
  _ model: Model, from path: String, file: String = #filePath, line: Int = #line, column: Int = #column
) {
  Program.step(file, line, column) { try $0.loadWeights(model, from: path) }
}
