extension Model {
  /// The published assignment's network: four blocks without pooling, 199,368 parameters, receptive field 49.
  ///
  ///     let model = try Model.cifar10Net()
  ///     model.parameterCount   // 199368
  ///
  /// - Parameters:
  ///   - dropout: the probability of dropping a channel; 0.05 is inferred from the published first epochs.
  ///   - seed: the seed of the initial weights.
  public static func cifar10Net(dropout: Double = 0.05, seed: UInt64 = 0) throws -> Model {
    func separable(_ i: Int, _ o: Int) -> any Layer {
      DepthwiseSeparableConv2d(i, o, kernelSize: 3, padding: 1)
    }
    func dilated(_ i: Int, _ o: Int, _ d: Int) -> any Layer {
      DilatedConv2d(i, o, kernelSize: 3, padding: d, dilation: d)
    }
    func unit(_ layer: any Layer, _ channels: Int, drop: Bool = true) -> [any Layer] {
      [layer, BatchNorm2d(channels), ReLU()] + (drop ? [Dropout2d(dropout)] : [])
    }
    func block(_ name: String, _ layers: [any Layer]...) -> LayerElement {
      LayerElement(Block(name, elements: layers.flatMap { $0 }.map { LayerElement($0) }), name: name)
    }
    return try Model(
      "CIFAR10Net", seed: seed,
      elements: [
        block(
          "block1", unit(separable(3, 32), 32), unit(separable(32, 64), 64), unit(separable(64, 128), 128)),
        block("transition1", unit(Conv2d(128, 32, kernelSize: 1), 32, drop: false)),
        block(
          "block2", unit(separable(32, 32), 32), unit(separable(32, 64), 64), unit(separable(64, 128), 128)),
        block("transition2", unit(Conv2d(128, 32, kernelSize: 1), 32, drop: false)),
        block(
          "block3", unit(dilated(32, 32, 2), 32), unit(dilated(32, 64, 2), 64), unit(dilated(64, 128, 2), 128)
        ),
        block("transition3", unit(Conv2d(128, 16, kernelSize: 1), 16, drop: false)),
        block(
          "block4", unit(dilated(16, 32, 4), 32), unit(dilated(32, 64, 4), 64),
          unit(dilated(64, 64, 4), 64, drop: false)),
        block("transition4", unit(Conv2d(64, 16, kernelSize: 1, stride: 2), 16, drop: false)),
        block("head", [AdaptiveAvgPool2d(1), Flatten(), Linear(16, 10), LogSoftmax()]),
      ])
  }
}
