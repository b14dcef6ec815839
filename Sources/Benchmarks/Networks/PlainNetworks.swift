import Neural

/// Convolutions and max pooling, without shortcuts.
extension Sequential {
  static func vgg(dropsOut: Bool) -> Sequential {
    Sequential {
      stages([[3, 64, 64], [64, 128, 128], [128, 256, 256]], vggUnit)
      Flatten()
      Linear(256 * 4 * 4, 256)
      ReLU()
      Dropout(dropsOut ? 0.5 : 0)
      Linear(256, 10)
      LogSoftmax()
    }
  }

  static var deepVGG: Sequential {
    Sequential {
      stages(
        [[3, 64, 64], [64, 128, 128], [128, 256, 256, 256], [256, 512, 512, 512]], vggUnit)
      head(512)
    }
  }

  static var vggBN64: Sequential {
    Sequential {
      stages([[3, 32, 32], [32, 64, 64], [64, 128, 128], [128, 256, 256]]) { unit($0, $1) }
      head(256)
    }
  }

  static var conv5: Sequential {
    Sequential {
      stages([[3, 32, 32], [32, 64, 64], [64, 128, 128]]) { unit($0, $1, kernelSize: 5) }
      head(128)
    }
  }

  static var groupNormGELU: Sequential {
    Sequential {
      stages([[3, 64, 64], [64, 128, 128], [128, 256, 256]]) { i, o in
        Sequential {
          Conv2d(i, o, kernelSize: 3, padding: 1, bias: false)
          GroupNorm(8, o)
          GELU()
        }
      }
      head(256)
    }
  }

  private static func vggUnit(_ inChannels: Int, _ outChannels: Int) -> Sequential {
    Sequential {
      Conv2d(inChannels, outChannels, kernelSize: 3, padding: 1)
      ReLU()
    }
  }

  /// Units between these numbers of channels; max pooling halves the image after each stage.
  private static func stages(_ widths: [[Int]], _ unit: (Int, Int) -> Sequential) -> Sequential {
    Sequential {
      for stage in widths {
        for (i, o) in zip(stage, stage.dropFirst()) { unit(i, o) }
        MaxPool2d(2)
      }
    }
  }
}
