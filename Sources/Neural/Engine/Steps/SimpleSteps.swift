import CKernels

/// The operations that do each image by itself and have no parameters.
extension SimpleStep {
  /// ReLU, LeakyReLU or SiLU of `count` numbers an image.
  static func activation(_ operation: Operation, count: Int, input: Buffer, output: Buffer) -> SimpleStep? {
    let n = Int64(count)
    switch operation {
    case .relu:
      return SimpleStep(
        input: input, output: output,
        forwardBody: { f, x, y in f.kernels.pointee.relu(x, y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.relu_backward(x, dy, dx, n) },
        backwardReadsInput: true)
    case .leakyReLU(let slope):
      return SimpleStep(
        input: input, output: output,
        forwardBody: { f, x, y in f.kernels.pointee.leaky_relu(x, Float(slope), y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.leaky_relu_backward(x, dy, Float(slope), dx, n)
        },
        backwardReadsInput: true)
    case .silu:
      return SimpleStep(
        input: input, output: output,
        forwardBody: { f, x, y in f.kernels.pointee.silu(x, y, n) },
        backwardBody: { f, x, _, dy, dx in f.kernels.pointee.silu_backward(x, dy, dx, n) },
        backwardReadsInput: true)
    default: return nil
    }
  }

  /// Max, average or adaptive average pooling.
  static func pooling(
    _ operation: Operation, from shape: Shape, to result: Shape, input: Buffer, output: Buffer
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
        input: input, output: output,
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool($0, x, y) } },
        backwardBody: { f, x, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.max_pool_backward($0, x, dy, dx) }
        }, backwardReadsInput: true)
    case .avgPool2d(let window):
      let pooling = geometry(window)
      return SimpleStep(
        input: input, output: output,
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.average_pool($0, x, y) }
        },
        backwardBody: { f, _, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.average_pool_backward($0, dy, dx) }
        })
    case .adaptiveAvgPool2d:
      let pooling = geometry(Pooling(kernelSize: 1, stride: 1, padding: 0))
      return SimpleStep(
        input: input, output: output,
        forwardBody: { f, x, y in withUnsafePointer(to: pooling) { f.kernels.pointee.adaptive_pool($0, x, y) }
        },
        backwardBody: { f, _, _, dy, dx in
          withUnsafePointer(to: pooling) { f.kernels.pointee.adaptive_pool_backward($0, dy, dx) }
        })
    default: return nil
    }
  }

  /// [pixel][channel] to features with the channels slowest, as PyTorch has them.
  static func flatten(_ shape: Shape, input: Buffer, output: Buffer) -> SimpleStep {
    let (pixels, channels) = (Int64(shape.height * shape.width), Int64(shape.channels))
    return SimpleStep(
      input: input, output: output,
      forwardBody: { _, x, y in quire_transpose(x, pixels, channels, y) },
      backwardBody: { _, _, _, dy, dx in quire_transpose(dy, channels, pixels, dx) })
  }

  /// Softmax over `count` features, or its logarithm.
  static func softmax(logarithm: Bool, count: Int, input: Buffer, output: Buffer) -> SimpleStep {
    let n = Int64(count)
    return SimpleStep(
      input: input, output: output,
      forwardBody: { _, x, y in logarithm ? quire_log_softmax(x, y, n) : quire_softmax(x, y, n) },
      backwardBody: { _, _, y, dy, dx in
        logarithm ? quire_log_softmax_backward(y, dy, dx, n) : quire_softmax_backward(y, dy, dx, n)
      }, backwardReadsOutput: true)
  }
}

/// Dropout of elements or of whole channels; the same random numbers are drawn again in the backward pass, so
/// that no mask is stored. Evaluation copies.
struct DropoutStep: PlanStep {
  var p: Double
  var wholeChannels: Bool
  var node: Int
  var shape: Shape
  var input: Buffer
  var output: Buffer
  private let factors: Buffer

  init(
    p: Double, wholeChannels: Bool, node: Int, shape: Shape, input: Buffer, output: Buffer,
    buffers: inout BufferList
  ) {
    self.p = p
    self.wholeChannels = wholeChannels
    self.node = node
    self.shape = shape
    self.input = input
    self.output = output
    factors = buffers.perImage(wholeChannels ? shape.channels : 0)
  }

  func forward(training: Bool) -> [Pass] {
    let body = { (f: Frame) in
      if training {
        apply(f, f[input], f[output])
      } else {
        f[output].update(from: f[input], count: shape.elements)
      }
    }
    return [Pass(.images(body), [input, output, factors])]
  }

  func backward(_ gradients: Gradients) -> [Pass] {
    guard let dx = gradients.input else { return [] }
    return [Pass(.images { f in apply(f, f[gradients.output], f[dx]) }, [gradients.output, dx, factors])]
  }

  private func apply(_ f: Frame, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    let high = f.dropoutCounter(node: node)
    let low = UInt32(truncatingIfNeeded: f.image)
    if wholeChannels {
      quire_dropout_channels(f[factors], Int64(shape.channels), Float(p), f.run.seed, high, low)
      f.kernels.pointee.scale_channels(
        x, f[factors], y, Int64(shape.height * shape.width), Int64(shape.channels))
    } else {
      f.kernels.pointee.dropout(x, y, Int64(shape.elements), Float(p), f.run.seed, high, low)
    }
  }
}

/// The sum of a residual connection.
struct AddStep: PlanStep {
  var count: Int
  var inputs: [Buffer]
  var output: Buffer

  func forward(training: Bool) -> [Pass] {
    guard let first = inputs.first, let second = inputs.last else { return [] }
    return [
      Pass(
        .images { f in f.kernels.pointee.add(f[first], f[second], f[output], Int64(count)) },
        inputs + [output])
    ]
  }

  func backward(_ gradients: Gradients) -> [Pass] {
    gradients.inputs.compactMap { $0 }.map { dx in
      Pass(.images { f in f[dx].update(from: f[gradients.output], count: count) }, [gradients.output, dx])
    }
  }
}
