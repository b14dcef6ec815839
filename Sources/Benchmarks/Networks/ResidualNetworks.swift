import Neural

/// Networks of residual blocks (He et al., 2015).
extension Sequential {
  static var resnet20: Sequential {
    Sequential {
      unit(3, 16)
      for _ in 0..<3 { basicBlock(16) }
      for width in [32, 64] {
        halving(width)
        for _ in 0..<2 { basicBlock(width) }
      }
      head(64)
    }
  }

  static var resnet18: Sequential {
    Sequential {
      unit(3, 64, kernelSize: 7, stride: 2)
      MaxPool2d(3, stride: 2, padding: 1)
      for _ in 0..<2 { basicBlock(64) }
      for width in [128, 256, 512] {
        halving(width)
        basicBlock(width)
      }
      head(512)
    }
  }

  static var grouped: Sequential {
    Sequential {
      unit(3, 64)
      for _ in 0..<3 {
        Residual {
          unit(64, 128, kernelSize: 1)
          unit(128, 128, groups: 32)
          unit(128, 64, kernelSize: 1, activation: nil)
        }
        ReLU()
      }
      head(64)
    }
  }

  private static func basicBlock(_ width: Int) -> Sequential {
    Sequential {
      Residual {
        unit(width, width)
        unit(width, width, activation: nil)
      }
      ReLU()
    }
  }

  /// A block that halves the image and doubles the channels, without a shortcut.
  private static func halving(_ width: Int) -> Sequential {
    Sequential {
      unit(width / 2, width, stride: 2)
      unit(width, width)
    }
  }
}
