import Neural

/// A convolution or linear layer with the normalisation, activation, pooling and dropout after it. The engine runs them
/// fused, so they are timed together.
struct NetworkUnit {
  /// Its position in the network, for example `block1.0.depthwise`, and the layer's type.
  var name: String
  var operations: [any Neural.Operation]
  var input: Shape
  var output: Shape
  /// Whether it reads the images, so that no gradient of its input is needed.
  var isFirst: Bool

  /// The units of a model. Sums of residual blocks, what follows them, and global pooling belong to none.
  static func all(of model: Model) -> [NetworkUnit] {
    var units: [NetworkUnit] = []
    // The last node of the last unit, while that may still grow.
    var last: Int?
    for (index, node) in model.graph.nodes.enumerated() {
      if isProduct(node.operation) {
        units.append(
          NetworkUnit(
            name: "\(node.path) \(node.operation.typeName)", operations: [node.operation],
            input: model.graph.inputShape(of: node), output: node.shape, isFirst: units.isEmpty))
        last = index
      } else if last == index - 1, node.inputs == [index - 1], isFused(node.operation) {
        units[units.count - 1].operations.append(node.operation)
        units[units.count - 1].output = node.shape
        last = index
      }
    }
    return units
  }

  private static func isProduct(_ operation: any Neural.Operation) -> Bool {
    operation is Conv2d || operation is Linear
  }

  private static func isFused(_ operation: any Neural.Operation) -> Bool {
    switch operation {
    case is Flatten, is AdaptiveAvgPool2d, is LogSoftmax, is Softmax: false
    default: operation.typeName != "Add"
    }
  }

  // MARK: Models to time

  /// Two networks, with and without the unit; the difference in time is the unit's. Both start with a
  /// normalisation, so that the unit must compute an input gradient.
  func models() throws -> (with: Model, without: Model) {
    let norm: any Layer = input.isImage ? BatchNorm2d(input.channels) : BatchNorm1d(input.channels)
    let front = isFirst ? [] : [norm]
    func head(_ shape: Shape) -> [any Layer] {
      shape.isImage
        ? [AdaptiveAvgPool2d(1), Flatten(), Linear(shape.channels, 10), LogSoftmax()] : [LogSoftmax()]
    }
    func model(_ layers: [any Layer]) throws -> Model {
      try Model(name, input: input, seed: 1, elements: layers.map { LayerElement($0) })
    }
    return (try model(front + operations + head(output)), try model(front + head(input)))
  }

  /// The kernel that computes the convolution or the linear layer.
  func kernel(_ setting: Setting) throws -> KernelChoice? {
    Plan.kernel(
      of: operations[0], input: input, output: try operations[0].outputShape(for: input),
      batchSize: setting.batchSize, precision: setting.precision)
  }

  // MARK: What it costs at least

  /// FLOPs of the product for one image, with a multiply-add counted as two; training includes both gradients.
  func work() throws -> (forward: Double, training: Double) {
    let product = operations[0]
    let forward = 2.0 * Double(product.multiplyAdds(from: input, to: try product.outputShape(for: input)))
    return (forward, isFirst ? 2 * forward : 3 * forward)
  }

  /// The minimum number of floats moved in a training step, however well operations are fused: for each image, the
  /// input is read forward and backward and its gradient written, the output is written and its gradient read; for
  /// each batch, the weights are read twice and their gradients written.
  func numbersMoved(batchSize: Int) -> Double {
    var read = input.elements
    if let c = (operations[0] as? Conv2d)?.convolution {
      // A strided convolution may skip pixels.
      read = min(read, output.height * output.width * c.kernelSize * c.kernelSize * c.inChannels)
    }
    let weights = operations[0].parameters.reduce(0) { $0 + $1.count }
    let images = 2 * read + (isFirst ? 0 : input.elements) + 2 * output.elements
    return Double(batchSize * images + 3 * weights)
  }
}
