import Neural

/// The networks that can be timed. `Benchmarks/networks` defines the same ones for PyTorch.
public enum BenchmarkNetwork: String, Sendable, CaseIterable, Encodable {
  /// The published assignment's network with its Dropout2d.
  case assignment
  /// The assignment's network as a user might modify it: block 3 has 5×5 convolutions and SiLU.
  case edited
  /// Three linear layers, 3072-1024-1024-10, with ReLU.
  case mlp
  /// LeNet-5 (LeCun et al., 1998) with ReLU and max pooling.
  case lenet
  /// 3×3 convolutions with max pooling, and dropout in the classifier, without BatchNorm (Simonyan and Zisserman,
  /// 2014).
  case vgg
  /// The same kind of network with up to 512 channels on 4×4 pixels, and global average pooling.
  case deepVGG = "deep-vgg"
  /// 3×3 convolutions with BatchNorm and max pooling on 64×64 pixels.
  case vggBN64 = "vgg-bn-64"
  /// 5×5 convolutions with BatchNorm and max pooling.
  case conv5
  /// The convolutions of ``vgg`` with GroupNorm and GELU.
  case groupNormGELU = "groupnorm-gelu"
  /// ResNet-20 (He et al., 2015), without the shortcuts around the two blocks that halve the image.
  case resnet20
  /// ResNet-18 for ten classes on 224×224 pixels, without the shortcuts around the three blocks that halve the image.
  case resnet18At224 = "resnet18-224"
  /// Three residual bottlenecks with 3×3 convolutions in 32 groups (Xie et al., 2017).
  case grouped
  /// Inverted residuals as in MobileNetV2 (Sandler et al., 2018), for 32×32 pixels, with ReLU.
  case mobileNetV2 = "mobilenetv2"
  /// Inverted residuals with 5×5 depthwise convolutions and SiLU.
  case depthwise5SiLU = "depthwise5-silu"

  /// The network with newly initialised weights. Output: log-probabilities of ten classes.
  ///
  /// - Parameters:
  ///   - input: the shape of an image; `nil` uses ``input``. Networks with a `Flatten` on an image accept no other.
  ///   - dropsOut: whether dropout layers have their probability; otherwise it is 0.
  ///   - seed: the seed of the initial weights.
  /// - Throws: `ModelError` if the network does not accept the shape.
  public func model(input: Shape? = nil, dropsOut: Bool = true, seed: UInt64 = 1) throws -> Model {
    try Model(
      rawValue, input: input ?? self.input, seed: seed, elements: layers(dropsOut: dropsOut).elements)
  }

  /// The shape of an image: channels, height and width.
  public var input: Shape {
    switch self {
    case .vggBN64: Shape(3, 64, 64)
    case .resnet18At224: Shape(3, 224, 224)
    default: Shape(3, 32, 32)
    }
  }

  private func layers(dropsOut: Bool) throws -> Sequential {
    switch self {
    case .assignment: try .assignment(dropsOut: dropsOut)
    case .edited: try .editedAssignment(dropsOut: dropsOut)
    case .mlp: .mlp
    case .lenet: .lenet
    case .vgg: .vgg(dropsOut: dropsOut)
    case .deepVGG: .deepVGG
    case .vggBN64: .vggBN64
    case .conv5: .conv5
    case .groupNormGELU: .groupNormGELU
    case .resnet20: .resnet20
    case .resnet18At224: .resnet18
    case .grouped: .grouped
    case .mobileNetV2: .mobileNetV2
    case .depthwise5SiLU: .depthwise5SiLU
    }
  }
}

extension Sequential {
  /// A convolution without a bias that keeps the size at stride 1, BatchNorm and an activation.
  static func unit(
    _ inChannels: Int, _ outChannels: Int, kernelSize: Int = 3, stride: Int = 1, groups: Int = 1,
    activation: (any Layer)? = ReLU()
  ) -> Sequential {
    Sequential {
      Conv2d(
        inChannels, outChannels, kernelSize: kernelSize, stride: stride, padding: kernelSize / 2,
        groups: groups, bias: false)
      BatchNorm2d(outChannels)
      if let activation { activation }
    }
  }

  /// Global average pooling and a linear layer, for ten classes.
  static func head(_ channels: Int) -> Sequential {
    Sequential {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(channels, 10)
      LogSoftmax()
    }
  }
}
