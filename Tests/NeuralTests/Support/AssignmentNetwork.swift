import Neural

/// The assignment's network as in the fixture: one flat sequence, so that parameters are named
/// `0.depthwise.weight`, with a dropout of probability `p` after every unit that has one.
func assignmentNetwork(dropout: any Layer = Dropout(0), seed: UInt64 = 1) throws -> Model {
  var layers: [any Layer] = []
  func unit(_ layer: any Layer, _ channels: Int, drops: Bool) {
    layers += [layer, BatchNorm2d(channels), ReLU()] as [any Layer]
    if drops { layers.append(dropout) }
  }
  for (i, o) in [(3, 32), (32, 64), (64, 128)] {
    unit(DepthwiseSeparableConv2d(i, o, kernelSize: 3, padding: 1), o, drops: true)
  }
  unit(Conv2d(128, 32, kernelSize: 1), 32, drops: false)
  for (i, o) in [(32, 32), (32, 64), (64, 128)] {
    unit(DepthwiseSeparableConv2d(i, o, kernelSize: 3, padding: 1), o, drops: true)
  }
  unit(Conv2d(128, 32, kernelSize: 1), 32, drops: false)
  for (i, o) in [(32, 32), (32, 64), (64, 128)] {
    unit(DilatedConv2d(i, o, kernelSize: 3, padding: 2, dilation: 2), o, drops: true)
  }
  unit(Conv2d(128, 16, kernelSize: 1), 16, drops: false)
  for (i, o, drops) in [(16, 32, true), (32, 64, true), (64, 64, false)] {
    unit(DilatedConv2d(i, o, kernelSize: 3, padding: 4, dilation: 4), o, drops: drops)
  }
  unit(Conv2d(64, 16, kernelSize: 1, stride: 2), 16, drops: false)
  layers += [AdaptiveAvgPool2d(1), Flatten(), Linear(16, 10), LogSoftmax()] as [any Layer]
  return try Model("CIFAR10Net", seed: seed, elements: layers.map { LayerElement($0) })
}
