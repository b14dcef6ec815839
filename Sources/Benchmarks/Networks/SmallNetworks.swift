import Neural

/// Networks that are mostly linear layers.
extension Sequential {
  static var mlp: Sequential {
    Sequential {
      Flatten()
      Linear(3072, 1024)
      ReLU()
      Linear(1024, 1024)
      ReLU()
      Linear(1024, 10)
      LogSoftmax()
    }
  }

  static var lenet: Sequential {
    Sequential {
      for (i, o) in [(3, 6), (6, 16)] {
        Conv2d(i, o, kernelSize: 5)
        ReLU()
        MaxPool2d(2)
      }
      Flatten()
      for (i, o) in [(16 * 5 * 5, 120), (120, 84)] {
        Linear(i, o)
        ReLU()
      }
      Linear(84, 10)
      LogSoftmax()
    }
  }
}
