/// The class of an image and the regions that explain it.
public struct Explanation: Sendable, Hashable {
  /// The explained class.
  public let classIndex: Int
  /// The probability of the explained class, 0…1.
  public let probability: Double
  /// The regions that raise the score of the class.
  public let map: ActivationMap
}

extension Model {
  /// Explains the class of each image by Grad-CAM (Selvaraju et al., ICCV 2017): the feature maps of a layer, weighted by
  /// the mean gradient of the class's logit. Images of a different size are resized to the model's input, and images
  /// with other channels are converted.
  ///
  /// - Parameters:
  ///   - images: the images.
  ///   - data: the data that the model was trained on, with its normalisation.
  ///   - layer: the name of a layer or block whose output is an image; `nil` for the last convolution.
  ///   - classIndex: the class to explain; `nil` for each image's most probable class.
  ///   - threads: number of threads, 1…256; does not affect the results.
  /// - Throws: ``TrainingError`` if the model does not fit the data or has no such layer, ``PlanError``, ``ImageError``.
  public func explain(
    _ images: [Image], data: ImageData, layer: String? = nil, classIndex: Int? = nil, threads: Int
  ) throws -> [Explanation] {
    try check(against: data.outline)
    if let classIndex, !data.classNames.indices.contains(classIndex) {
      throw TrainingError(
        .value(
          name: "classIndex", expected: "at least 0 and below \(data.classNames.count)",
          found: "\(classIndex)"))
    }
    let gradCAM = try GradCAM(self, layer: layer, threads: threads)
    return try images.map { image in
      let found = gradCAM.explain(
        data.pipeline.normalized(
          try data.dataset.prepared(image)),
        classIndex: classIndex)
      return Explanation(
        classIndex: found.classIndex, probability: Double(found.probabilities[found.classIndex]),
        map: found.map)
    }
  }

  /// The name of the layer that ``explain(_:data:layer:classIndex:threads:)`` explains.
  ///
  /// - Throws: ``TrainingError`` if the model has no such layer.
  public func explainedLayer(_ layer: String?) throws -> String {
    let node = try explainedNode(layer)
    return layer ?? graph.nodes[node].path
  }

  /// The node whose output is explained: that of a layer or block, or the last convolution.
  ///
  /// - Throws: ``TrainingError`` if there is none, or its output is not an image.
  func explainedNode(_ layer: String?) throws -> Int {
    let images = graph.nodes.indices.dropLast().filter { graph.nodes[$0].shape.isImage }
    let convolution = images.last { graph.nodes[$0].operation is Conv2d }
    guard let layer else {
      guard let convolution else {
        throw TrainingError(
          .value(name: "model", expected: "a model with a convolution", found: "'\(name)', which has none"))
      }
      return convolution
    }
    let node = graph.nodes.indices.last {
      graph.nodes[$0].path == layer || graph.nodes[$0].path.hasPrefix("\(layer).")
    }
    guard let node, images.contains(node) else {
      let example = convolution.map { ", for example '\(graph.nodes[$0].path)'" } ?? ""
      throw TrainingError(
        .value(
          name: "layer", expected: "a layer of '\(name)' whose output is an image\(example)",
          found: "'\(layer)'"))
    }
    return node
  }
}
