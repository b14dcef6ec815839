import Neural

/// Networks of inverted residuals (Sandler et al., 2018).
extension Sequential {
  static var mobileNetV2: Sequential {
    Sequential {
      unit(3, 32)
      invertedResidual(32, 16, expansion: 1, stride: 1)
      mobileStage(16, 24, count: 2, stride: 1)
      mobileStage(24, 32, count: 3, stride: 2)
      mobileStage(32, 64, count: 3, stride: 2)
      mobileStage(64, 96, count: 2, stride: 1)
      mobileStage(96, 160, count: 2, stride: 2)
      unit(160, 640, kernelSize: 1)
      head(640)
    }
  }

  static var depthwise5SiLU: Sequential {
    Sequential {
      unit(3, 32, activation: SiLU())
      for _ in 0..<3 {
        Residual {
          unit(32, 128, kernelSize: 1, activation: SiLU())
          unit(128, 128, kernelSize: 5, groups: 128, activation: SiLU())
          unit(128, 32, kernelSize: 1, activation: nil)
        }
      }
      head(32)
    }
  }

  private static func mobileStage(
    _ inChannels: Int, _ outChannels: Int, count: Int, stride: Int
  ) -> Sequential {
    Sequential {
      invertedResidual(inChannels, outChannels, expansion: 6, stride: stride)
      for _ in 1..<count { invertedResidual(outChannels, outChannels, expansion: 6, stride: 1) }
    }
  }

  /// Expands the channels, convolves them depthwise and projects them; adds its input if the shape stays.
  private static func invertedResidual(
    _ inChannels: Int, _ outChannels: Int, expansion: Int, stride: Int
  ) -> Sequential {
    let width = inChannels * expansion
    let layers = Sequential {
      if expansion > 1 { unit(inChannels, width, kernelSize: 1) }
      unit(width, width, stride: stride, groups: width)
      unit(width, outChannels, kernelSize: 1, activation: nil)
    }
    return stride == 1 && inChannels == outChannels
      ? Sequential { Residual(elements: layers.elements) } : layers
  }
}
