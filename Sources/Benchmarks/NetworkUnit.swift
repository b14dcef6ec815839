import Neural

/// A convolution with its normalisation, activation and dropout. The engine runs them fused, so they are timed
/// together.
struct NetworkUnit {
  /// Its position in the network, for example `block1.0`, and the convolution's type.
  var name: String
  var layers: [any Layer]
  var input: Shape
  var output: Shape
  /// Whether it reads the images, so that no gradient of its input is needed.
  var isFirst: Bool

  /// The units of a model up to its global average pooling.
  static func all(of model: Model) throws -> [NetworkUnit] {
    var units: [NetworkUnit] = []
    var shape = model.input
    for (path, layer) in leaves(model.elements, under: "") {
      if layer is AdaptiveAvgPool2d { break }
      let output = try layer.outputShape(for: shape)
      if layer.isConvolution || units.isEmpty {
        units.append(
          NetworkUnit(
            name: "\(path) \(layer.typeName)", layers: [layer], input: shape, output: output,
            isFirst: units.isEmpty))
      } else {
        units[units.count - 1].layers.append(layer)
        units[units.count - 1].output = output
      }
      shape = output
    }
    return units
  }

  private static func leaves(_ elements: [LayerElement], under prefix: String) -> [(String, any Layer)] {
    elements.enumerated().flatMap { index, element in
      let name = element.name ?? "\(index)"
      let path = prefix.isEmpty ? name : "\(prefix).\(name)"
      if case .sequence(let inner, isContainer: true) = element.layer.structure {
        return leaves(inner, under: path)
      }
      return [(path, element.layer)]
    }
  }

  // MARK: Models to time

  /// Two networks, with and without the unit; the difference in time is the unit's. Both start with a
  /// normalisation, so that the unit must compute an input gradient.
  func models() throws -> (with: Model, without: Model) {
    let front: [any Layer] = isFirst ? [] : [BatchNorm2d(input.channels)]
    func head(_ channels: Int) -> [any Layer] {
      [AdaptiveAvgPool2d(1), Flatten(), Linear(channels, 10), LogSoftmax()]
    }
    func model(_ layers: [any Layer]) throws -> Model {
      try Model(name, input: input, seed: 1, elements: layers.map { LayerElement($0) })
    }
    return (try model(front + layers + head(output.channels)), try model(front + head(input.channels)))
  }

  // MARK: What it costs at least, for one image

  /// FLOPs of the convolutions, with a multiply-add counted as two; training includes both gradients.
  func operations() throws -> (forward: Double, training: Double) {
    let graph = try ModelGraph(layers.map { LayerElement($0) }, name: name, input: input)
    var forward = 0.0
    var training = 0.0
    for node in graph.nodes where node.operation is Conv2d {
      let count = 2.0 * Double(node.operation.multiplyAdds(from: graph.inputShape(of: node), to: node.shape))
      forward += count
      training += isFirst && node.inputs == [-1] ? 2 * count : 3 * count
    }
    return (forward, training)
  }

  /// The minimum number of floats moved in a training step, however well operations are fused: the input is read
  /// forward and backward and its gradient written; the output is written and its gradient read.
  var numbersMoved: Double {
    var read = input.elements
    if let c = (layers[0] as? Conv2d)?.convolution {
      // A strided convolution may skip pixels.
      read = min(read, output.height * output.width * c.kernelSize * c.kernelSize * c.inChannels)
    }
    return Double(2 * read + (isFirst ? 0 : input.elements) + 2 * output.elements)
  }
}

extension Layer {
  fileprivate var isConvolution: Bool {
    switch structure {
    case .operation(let operation): operation is Conv2d
    case .sequence, .residual: true
    }
  }
}
