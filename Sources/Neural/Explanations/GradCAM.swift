/// Explains predictions by Grad-CAM (Selvaraju et al., ICCV 2017): the feature maps of a layer, weighted by the mean
/// gradient of a class's score with respect to each map, added up; negative sums become 0.
///
/// The score is the logit: softmax and log-softmax at the end of the model are left out. Normalisations use their running
/// statistics.
///
///     let gradCAM = try GradCAM(model, threads: 2)
///     let explanation = try gradCAM.explain(pixels)
final class GradCAM {
  /// The class and the regions that explain it.
  struct Explanation {
    var classIndex: Int
    /// The probabilities of all classes.
    var probabilities: [Float]
    var map: ActivationMap
  }

  private let shape: Shape
  private let classes: Int
  private let inputElements: Int
  private let features: Engine
  private let scores: Engine
  /// The position of the probe's bias in the gradients.
  private let bias: Int

  /// Compiles the model.
  ///
  /// - Parameter layer: the layer to explain, as ``Model/explainedNode(_:)`` takes it.
  /// - Throws: ``TrainingError`` if there is no such layer, ``PlanError`` if the model does not fit into memory.
  init(_ model: Model, layer: String? = nil, threads: Int) throws {
    let node = try model.explainedNode(layer)
    let graph = model.graph.probing(node)
    shape = model.graph.nodes[node].shape
    classes = graph.output.elements
    inputElements = model.input.elements
    func engine(_ graph: ModelGraph, trains: Bool) throws -> Engine {
      try Engine(
        graph, model: model.name,
        request: EngineRequest(
          options: CompilerOptions(batchSize: 1, trains: trains, freezesStatistics: true), objective: .given,
          threads: threads))
    }
    features = try engine(model.graph.prefix(through: node), trains: false)
    scores = try engine(graph, trains: true)
    bias = scores.store.offset(of: "bias", in: ModelGraph.probePath) ?? 0
    let state = model.state
    for engine in [features, scores] {
      for entry in engine.store.entries {
        let arena = entry.specification.isTrained ? engine.parameters : engine.statistics
        let tensor = state[entry.name] ?? entry.specification.initialValue(seed: 0, index: 0)
        if let base = arena.baseAddress { entry.load(tensor.values, into: base) }
      }
    }
  }

  /// Explains the prediction for an image.
  ///
  /// - Parameters:
  ///   - pixels: [height][width][channels], normalised.
  ///   - classIndex: the class to explain; `nil` for the most probable.
  /// - Precondition: there are as many pixels as the model's input has elements.
  func explain(_ pixels: [Float], classIndex: Int? = nil) -> Explanation {
    precondition(pixels.count == inputElements, "pixels of the model's input")
    let logits = Self.outputs(of: scores, classes, for: pixels)
    let top = logits.max() ?? 0
    let powers = logits.map { Float(Math.exp(Double($0 - top))) }
    let sum = powers.reduce(0, +)
    let best = logits.indices.max { logits[$0] < logits[$1] } ?? 0
    let explained = classIndex ?? best
    let weights = weights(of: explained, for: pixels)
    let maps = Self.outputs(of: features, shape.elements, for: pixels)
    let channels = shape.channels
    let values = (0..<shape.height * shape.width).map { place in
      let total = (0..<channels).reduce(0.0) {
        $0 + Double(weights[$1]) * Double(maps[place * channels + $1])
      }
      return Float(max(0, total))
    }
    return Explanation(
      classIndex: explained, probabilities: powers.map { $0 / sum },
      map: ActivationMap(height: shape.height, width: shape.width, values: values))
  }

  /// The mean gradient of a class's score with respect to each feature map.
  private func weights(of classIndex: Int, for pixels: [Float]) -> [Float] {
    var gradient = [Float](repeating: 0, count: classes)
    gradient[classIndex] = 1
    scores.run.output = nil
    gradient.withUnsafeBufferPointer { gradient in
      scores.run.outputGradient = gradient.baseAddress
      scores.train(images: pixels, count: 1, imageElements: inputElements, step: 0)
      scores.run.outputGradient = nil
    }
    let area = Float(shape.height * shape.width)
    return (0..<shape.channels).map { scores.gradients[bias + $0] / area }
  }

  private static func outputs(of engine: Engine, _ count: Int, for pixels: [Float]) -> [Float] {
    var outputs = [Float](repeating: 0, count: count)
    outputs.withUnsafeMutableBufferPointer { outputs in
      engine.run.output = outputs.baseAddress
      engine.evaluate(images: pixels, count: 1, imageElements: pixels.count)
      engine.run.output = nil
    }
    return outputs
  }
}
