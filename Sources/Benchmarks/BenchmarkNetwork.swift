import Neural

/// The networks that can be timed. `Benchmarks/networks.py` defines the same ones for PyTorch.
public enum BenchmarkNetwork: String, Sendable, CaseIterable, Encodable {
  /// The published assignment's network with its Dropout2d.
  case assignment
  /// ResNet-20 (He et al., 2015), without the shortcuts around the two blocks that halve the image.
  case resnet20
  /// 3×3 convolutions with max pooling, and dropout in the classifier, without BatchNorm (Simonyan and Zisserman,
  /// 2014).
  case vgg
  /// The assignment's network as a user might modify it: block 3 has 5×5 convolutions and SiLU.
  case edited

  /// The network with newly initialised weights. Input: 3×32×32; output: log-probabilities of ten classes.
  public func model(seed: UInt64 = 1) throws -> Model {
    switch self {
    case .assignment: try .cifar10Net(seed: seed)
    case .resnet20: try Model("ResNet-20", seed: seed) { Self.resnet20Layers }
    case .vgg: try Model("VGG", seed: seed) { Self.vggLayers }
    case .edited: try Self.editedModel(seed: seed)
    }
  }

  private static var resnet20Layers: Sequential {
    func unit(_ i: Int, _ o: Int, stride: Int = 1) -> Sequential {
      Sequential {
        Conv2d(i, o, kernelSize: 3, stride: stride, padding: 1, bias: false)
        BatchNorm2d(o)
      }
    }
    func block(_ width: Int) -> Sequential {
      Sequential {
        Residual {
          unit(width, width)
          ReLU()
          unit(width, width)
        }
        ReLU()
      }
    }
    func halving(_ width: Int) -> Sequential {
      Sequential {
        unit(width / 2, width, stride: 2)
        ReLU()
        unit(width, width)
        ReLU()
      }
    }
    return Sequential {
      unit(3, 16)
      ReLU()
      for _ in 0..<3 { block(16) }
      for width in [32, 64] {
        halving(width)
        for _ in 0..<2 { block(width) }
      }
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(64, 10)
      LogSoftmax()
    }
  }

  private static var vggLayers: Sequential {
    Sequential {
      for (i, o) in [(3, 64), (64, 128), (128, 256)] {
        Conv2d(i, o, kernelSize: 3, padding: 1)
        ReLU()
        Conv2d(o, o, kernelSize: 3, padding: 1)
        ReLU()
        MaxPool2d(2)
      }
      Flatten()
      Linear(256 * 4 * 4, 256)
      ReLU()
      Dropout(0.5)
      Linear(256, 10)
      LogSoftmax()
    }
  }

  private static func editedModel(seed: UInt64) throws -> Model {
    let block = Block("block3") {
      for (i, o) in [(32, 32), (32, 64), (64, 128)] {
        Conv2d(i, o, kernelSize: 5, padding: 2)
        BatchNorm2d(o)
        SiLU()
        Dropout2d(0.05)
      }
    }
    let elements = try Model.cifar10Net().elements.map {
      $0.name == "block3" ? LayerElement(block, name: "block3") : $0
    }
    return try Model("CIFAR10Net, edited", seed: seed, elements: elements)
  }
}
