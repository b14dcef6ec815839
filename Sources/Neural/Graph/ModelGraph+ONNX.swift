extension ModelGraph {
  /// The network as operators of ONNX, for evaluation, without the values of its parameters.
  ///
  /// - Throws: ``ModelError`` with the place of a layer that ONNX cannot express.
  func onnx() throws(ModelError) -> ONNXGraph {
    var graph = ONNXGraph()
    // The name of each node's output.
    var values: [String] = []
    for node in nodes {
      var lowering = ONNXLowering(
        graph, inputs: node.inputs.map { $0 < 0 ? ONNXGraph.input : values[$0] }, path: node.path,
        from: inputShape(of: node), to: node.shape)
      do throws(ModelError.Fact) {
        try node.operation.onnx(&lowering)
      } catch {
        throw ModelError(
          fact: error, layer: node.operation.typeName, path: node.path,
          origin: modules.first { $0.path == node.path }?.origin)
      }
      graph = lowering.graph
      values.append(lowering.value)
    }
    graph.result = values.last ?? ONNXGraph.input
    return graph.ended()
  }
}
