extension ModelGraph {
  /// Multiplications with an addition that one image's forward pass takes in convolutions and linear layers.
  public var multiplyAdds: Int {
    nodes.reduce(0) { $0.addingClamped($1.multiplyAdds) }
  }
}

extension ModelGraph.Node {
  fileprivate var multiplyAdds: Int {
    switch operation {
    case .conv2d(let c): shape.elements * c.kernelSize * c.kernelSize * (c.inChannels / max(1, c.groups))
    case .linear(let inputs, let outputs, _): inputs * outputs
    default: 0
    }
  }
}
