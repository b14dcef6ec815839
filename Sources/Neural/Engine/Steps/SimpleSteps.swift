import CKernels

/// The operations that do each image by itself and have no parameters.
extension SimpleStep {
  /// ReLU, LeakyReLU or SiLU of `count` numbers an image.
  static func activation(_ operation: Operation, count: Int) -> SimpleStep? {
    let n = Int64(count)
    switch operation {
    case .relu:
      return SimpleStep(
        forwardBody: { f, x, y in f.kernels.pointee.relu(x, y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.relu_backward(x, dy, dx, n) },
        backwardReads: (true, false), isCheap: true)
    case .leakyReLU(let slope):
      return SimpleStep(
        forwardBody: { f, x, y in f.kernels.pointee.leaky_relu(x, Float(slope), y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.leaky_relu_backward(x, dy, Float(slope), dx, n)
        },
        backwardReads: (true, false), isCheap: true)
    case .silu:
      return SimpleStep(
        forwardBody: { f, x, y in f.kernels.pointee.silu(x, y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.silu_backward(x, dy, dx, n) },
        backwardReads: (true, false), isCheap: true)
    default: return nil
    }
  }

  /// Max, average or adaptive average pooling.
  static func pooling(
    _ operation: Operation, from shape: Shape, to result: Shape
  ) -> SimpleStep? {
    func geometry(_ window: Pooling) -> quire_pooling {
      quire_pooling(
        height: Int64(shape.height), width: Int64(shape.width), channels: Int64(shape.channels),
        out_height: Int64(result.height), out_width: Int64(result.width), kernel: Int64(window.kernelSize),
        stride: Int64(window.stride), padding: Int64(window.padding))
    }
    switch operation {
    case .maxPool2d(let window):
      let pooling = geometry(window)
      return SimpleStep(
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool($0, x, y) } },
        backwardBody: { f, x, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool_backward($0, x, dy, dx) }
        }, backwardReads: (true, false))
    case .avgPool2d(let window):
      let pooling = geometry(window)
      return SimpleStep(
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.average_pool($0, x, y) }
        },
        backwardBody: { f, _, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.average_pool_backward($0, dy, dx) }
        })
    case .adaptiveAvgPool2d:
      let pooling = geometry(Pooling(kernelSize: 1, stride: 1, padding: 0))
      return SimpleStep(
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.adaptive_pool($0, x, y) }
        },
        backwardBody: { f, _, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.adaptive_pool_backward($0, dy, dx) }
        })
    default: return nil
    }
  }

  /// [pixel][channel] to features with the channels slowest, as PyTorch has them.
  static func flatten(_ shape: Shape) -> SimpleStep {
    let (pixels, channels) = (Int64(shape.height * shape.width), Int64(shape.channels))
    return SimpleStep(
      forwardBody: { _, x, y in quire_transpose(x, pixels, channels, y) },
      backwardBody: { _, _, _, dy, dx in quire_transpose(dy, channels, pixels, dx) })
  }

  /// Softmax over `count` features, or its logarithm.
  static func softmax(logarithm: Bool, count: Int) -> SimpleStep {
    let n = Int64(count)
    return SimpleStep(
      forwardBody: { _, x, y in logarithm ? quire_log_softmax(x, y, n) : quire_softmax(x, y, n) },
      backwardBody: { _, _, y, dy, dx in
        logarithm ? quire_log_softmax_backward(y, dy, dx, n) : quire_softmax_backward(y, dy, dx, n)
      }, backwardReads: (false, true))
  }
}
