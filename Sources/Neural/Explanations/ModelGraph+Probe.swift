extension ModelGraph {
  /// The path of the layer that ``ModelGraph/probing(_:)`` adds.
  static let probePath = "grad-cam.probe"

  /// The operations up to and including a node.
  func prefix(through node: Int) -> ModelGraph {
    var graph = self
    graph.nodes = Array(nodes[...node])
    return graph
  }

  /// The same function for evaluations, up to the class scores, with a layer behind a node that changes nothing: the
  /// gradient of its bias is the gradient with respect to the node's output, summed over the pixels.
  ///
  /// Scores come before a final softmax or log-softmax. Dropout is left out.
  ///
  /// - Precondition: the node's output is an image, and the node is not the last.
  func probing(_ node: Int) -> ModelGraph {
    let probe = BatchNorm2d(nodes[node].shape.channels, eps: 1e-12)
    var graph = self
    graph.nodes = []
    for (index, original) in nodes.enumerated() {
      if index == nodes.count - 1, index != node {
        if original.operation is LogSoftmax || original.operation is Softmax { continue }
      }
      var new = original
      if original.operation is Dropout { new.operation = Dropout(0) }
      if original.operation is Dropout2d { new.operation = Dropout2d(0) }
      // Nodes behind the probe move by one, and its readers read the probe.
      new.inputs = original.inputs.map { $0 >= node ? $0 + 1 : $0 }
      graph.nodes.append(new)
      if index == node {
        graph.nodes.append(
          Node(operation: probe, inputs: [node], shape: original.shape, path: Self.probePath))
      }
    }
    graph.modules.append(
      Module(
        path: Self.probePath, typeName: probe.typeName, input: nodes[node].shape, output: nodes[node].shape,
        operation: probe, parameters: probe.parameters, depth: 0, isContainer: false, origin: nil))
    return graph
  }
}
