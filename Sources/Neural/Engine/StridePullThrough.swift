/// An evaluation computes only the pixels that are read.
///
/// A 1×1 convolution with stride s reads every s-th pixel. What lies before it, back to the first layer whose
/// neighbours stand closer than s, need compute those pixels alone: pointwise layers on the smaller image, a
/// convolution of dilation d with dilation d/s, and that first layer with stride s. Exact, since zeros around
/// the image stay zeros. (Training cannot: the statistics of a normalisation are of every pixel.)
extension ModelGraph {
  /// The same function with strides moved towards the images, where that can be proved.
  func pullingStridesThrough() -> ModelGraph {
    var graph = self
    for index in nodes.indices.reversed() {
      guard case .conv2d(let c) = graph.nodes[index].operation, c.kernelSize == 1, c.stride > 1,
        c.padding == 0, let source = graph.nodes[index].inputs.first,
        graph.subsample(source, by: c.stride, dryRun: true)
      else { continue }
      _ = graph.subsample(source, by: c.stride, dryRun: false)
      graph.nodes[index].operation = .conv2d(c.with(stride: 1))
    }
    return graph
  }

  /// Makes a node compute every `stride`-th pixel of every `stride`-th row; whether that is possible.
  private mutating func subsample(_ index: Int, by stride: Int, dryRun: Bool) -> Bool {
    guard index >= 0, nodes.count(where: { $0.inputs.contains(index) }) == 1 else { return false }
    let node = nodes[index]
    var operation = node.operation
    var sources: [Int] = []
    switch operation {
    case .batchNorm2d, .relu, .leakyReLU, .silu, .dropout, .add: sources = node.inputs
    case .conv2d(let c):
      let (dilation, rest) = c.dilation.quotientAndRemainder(dividingBy: stride)
      let keepsSize = c.stride == 1 && 2 * c.padding == c.dilation * (c.kernelSize - 1)
      if keepsSize, c.kernelSize == 1 {
        sources = node.inputs
      } else if keepsSize, rest == 0, c.padding.isMultiple(of: stride) {
        sources = node.inputs
        operation = .conv2d(c.with(padding: c.padding / stride, dilation: dilation))
      } else {
        operation = .conv2d(c.with(stride: c.stride * stride))
      }
    default: return false
    }
    for source in sources {
      guard subsample(source, by: stride, dryRun: dryRun) else { return false }
    }
    if !dryRun {
      nodes[index].operation = operation
      nodes[index].shape = Shape(
        node.shape.channels, (node.shape.height + stride - 1) / stride,
        (node.shape.width + stride - 1) / stride)
    }
    return true
  }
}

extension Convolution {
  fileprivate func with(stride: Int? = nil, padding: Int? = nil, dilation: Int? = nil) -> Convolution {
    var changed = self
    changed.stride = stride ?? self.stride
    changed.padding = padding ?? self.padding
    changed.dilation = dilation ?? self.dilation
    return changed
  }
}
