import CellCatalogue
import Neural
import Reporting
import Support

/// `requirements`: checks a model against the assignment's requirements.
public enum RequirementsStep {
  public static let model = p("model", label: nil, Model.self, "the model")
  public static let history = p(
    "history", History?.self, default: nil, "the training history; without it, accuracy is not checked")
  public static let maxParameters = p(
    "maxParameters", Int.self, default: 200_000, "exclusive upper limit for the number of parameters")
  public static let minReceptiveField = p(
    "minReceptiveField", Int.self, default: 44, "exclusive lower limit for the receptive field",
    unit: "pixels")
  public static let minAccuracy = p(
    "minAccuracy", Double.self, default: 0.85,
    "minimum accuracy of the best epoch, on the test images or, if the data has a validation split, on those",
    range: .in(0...1))

  package static let step = Step(
    "requirements",
    "Checks a model against the requirements of notebooks/cifar10.md and shows which are met.",
    example: "requirements(model, history: history)", effects: [.replacesRequirements], model, history,
    maxParameters, minReceptiveField, minAccuracy, rehearse: Step.nothing
  ) { run, model, history, parameters, field, accuracy in
    _ = try run.requirements(
      model, history: history, maxParameters: parameters, minReceptiveField: field, minAccuracy: accuracy)
  }
}

/// Checks a model against the assignment's requirements; see ``Run/requirements``.
public func requirements(
  _ model: Model, history: History? = RequirementsStep.history.default,
  maxParameters: Int = RequirementsStep.maxParameters.default,
  minReceptiveField: Int = RequirementsStep.minReceptiveField.default,
  minAccuracy: Double = RequirementsStep.minAccuracy.default, file: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  Program.step(file, line, column) {
    _ = try $0.requirements(
      model, history: history, maxParameters: maxParameters, minReceptiveField: minReceptiveField,
      minAccuracy: minAccuracy)
  }
}

extension Run {
  /// Checks a model and its training against the assignment's requirements.
  ///
  /// - Parameters:
  ///   - history: without it, the accuracy is not checked.
  ///   - maxParameters: the model must have fewer parameters.
  ///   - minReceptiveField: the receptive field, in pixels, must be larger.
  ///   - minAccuracy: the minimum accuracy of the best epoch on the images that the epochs were evaluated on, as a
  ///     fraction.
  @discardableResult
  public func requirements(
    _ model: Model, history: History? = RequirementsStep.history.default,
    maxParameters: Int = RequirementsStep.maxParameters.default,
    minReceptiveField: Int = RequirementsStep.minReceptiveField.default,
    minAccuracy: Double = RequirementsStep.minAccuracy.default
  ) throws -> [Requirement] {
    let list = Requirement.list(
      model, history: history, maxParameters: maxParameters, minReceptiveField: minReceptiveField,
      minAccuracy: minAccuracy)
    record { $0.requirements = list }
    append(.checklist(list))
    return list
  }
}

extension Requirement {
  /// The requirements, computed from the model's graph.
  static func list(
    _ model: Model, history: History?, maxParameters: Int, minReceptiveField: Int, minAccuracy: Double
  ) -> [Requirement] {
    var maxPools = 0
    var depthwise = 0
    var globalPools = 0
    var dilations: Set<Int> = []
    var dilated = 0
    for node in model.graph.nodes {
      if node.operation is MaxPool2d { maxPools += 1 }
      if node.operation is AdaptiveAvgPool2d, node.shape.height == 1, node.shape.width == 1 {
        globalPools += 1
      }
      guard let c = (node.operation as? Conv2d)?.convolution else { continue }
      if c.groups > 1, c.groups == c.inChannels { depthwise += 1 }
      if c.dilation > 1 {
        dilated += 1
        dilations.insert(c.dilation)
      }
    }
    let field = ReceptiveField(model).final
    let rates = dilations.sorted().map(String.init).joined(separator: ", ")
    var list = [
      Requirement(
        "No max pooling", required: "no MaxPool2d", found: maxPools == 0 ? "none" : "\(maxPools)",
        passed: maxPools == 0),
      Requirement(
        "Depthwise separable convolution", required: "at least one",
        found: depthwise == 0 ? "none" : "\(depthwise)", passed: depthwise > 0),
      Requirement(
        "Dilated convolution", required: "at least one",
        found: dilated == 0 ? "none" : "\(dilated) (dilation \(rates))", passed: dilated > 0),
      Requirement(
        "Global average pooling", required: "before the classifier",
        found: globalPools == 0 ? "none" : "used", passed: globalPools > 0),
      Requirement(
        "Parameters", required: "fewer than \(Number.grouped(maxParameters))",
        found: Number.grouped(model.parameterCount),
        passed: model.parameterCount < maxParameters),
      Requirement(
        "Receptive field", required: "more than \(minReceptiveField) pixels", found: "\(field) pixels",
        passed: field > minReceptiveField),
    ]
    if let history {
      let best = history.best.flatMap { record in
        record.evaluation.accuracy.map { (accuracy: $0, epoch: record.epoch) }
      }
      list.append(
        Requirement(
          "\((history.split ?? .test).title) accuracy",
          required: "at least \(Number.setPercent(minAccuracy))",
          found: best.map { "\(Number.percent($0.accuracy)) (epoch \($0.epoch))" }
            ?? (history.task == .classification ? "not trained" : "none: the task is \(history.task)"),
          passed: best.map { $0.accuracy >= minAccuracy }))
    }
    return list
  }
}
