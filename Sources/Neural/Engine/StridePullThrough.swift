/// Reduces an evaluation to the pixels that are read.
///
/// A 1×1 convolution with stride s reads every s-th pixel. The layers before it, back to the first layer whose taps
/// are closer than s pixels, need to compute only these pixels: pointwise layers on a smaller image, a convolution
/// of dilation d with dilation d/s, and that first layer with stride s. This is exact, since zeros around the image
/// stay zeros. (Training cannot use it: the statistics of a normalisation include every pixel.)
extension ModelGraph {
  /// The same function with strides moved towards the images, where this is provably equivalent.
  func pullingStridesThrough() -> ModelGraph {
    var graph = self
    for index in nodes.indices.reversed() {
      guard let c = (graph.nodes[index].operation as? Conv2d)?.convolution, c.kernelSize == 1, c.stride > 1,
        c.padding == 0, let source = graph.nodes[index].inputs.first,
        graph.subsample(source, by: c.stride, dryRun: true)
      else { continue }
      _ = graph.subsample(source, by: c.stride, dryRun: false)
      var changed = c
      changed.stride = 1
      graph.nodes[index].operation = Conv2d(changed)
    }
    return graph
  }

  /// Makes a node compute every `stride`-th pixel of every `stride`-th row; returns whether that is possible.
  private mutating func subsample(_ index: Int, by stride: Int, dryRun: Bool) -> Bool {
    guard index >= 0, nodes.count(where: { $0.inputs.contains(index) }) == 1,
      let subsampled = nodes[index].operation.subsampled(by: stride)
    else { return false }
    for source in subsampled.readsSubsampledInput ? nodes[index].inputs : [] {
      guard subsample(source, by: stride, dryRun: dryRun) else { return false }
    }
    guard !dryRun else { return true }
    let shape = nodes[index].shape
    nodes[index].operation = subsampled.operation
    nodes[index].shape = Shape(
      shape.channels, (shape.height + stride - 1) / stride, (shape.width + stride - 1) / stride)
    return true
  }
}
