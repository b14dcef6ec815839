import CKernels

/// A 3×3 or 5×5 convolution of stride 1, possibly dilated, with a quarter or a sixth of the multiplications: F(4×4, 3×3)
/// and F(4×4, 5×5) (Winograd, 1980; Lavin and Gray, 2016).
///
/// Its weight gradients are summed at the 36 or 64 points over a group's images, on the group's thread, and converted
/// to gradients of the taps after the last image.
struct WinogradStep: PlanStep {
  private let problem: quire_winograd
  private let parameters: ConvolutionParameters
  /// The number of images multiplied together in an evaluation, or 1. Small images share one pass over the weights,
  /// which takes as long as the products of one image.
  private let imagesAtOnce: Int
  private let batchSize: Int

  /// Whether the backward pass multiplies bfloat16 numbers. The forward pass never does, because its errors would
  /// affect everything after it; nor does a 5×5 kernel, whose transforms multiply rounding errors by 19.
  private let narrowsGradients: Bool

  /// The weights at all points, and their transposes for the input gradient; the bias as [panel][16].
  private let transformed: Buffer
  private let transposed: Buffer?
  private let packedBias: Buffer
  private let forwardScratch: Buffer
  private let backwardScratch: Buffer
  /// The gradient of the weights at all points.
  private let pointGradients: Buffer

  /// Whether it can compute the convolution and is faster than the direct one: with few channels or pixels, the
  /// transforms cost too much.
  static func suits(_ c: Convolution, input: Shape) -> Bool {
    guard c.kernelSize == 3 || c.kernelSize == 5, c.stride == 1, c.padding == c.dilation * (c.kernelSize / 2),
      c.groups == 1
    else { return false }
    var problem = problem(c, input)
    return quire_winograd_pays(&problem) != 0
  }

  /// Enough tiles that the products take much longer than reading the weights.
  private static let tilesAtOnce = 64

  static func problem(_ c: Convolution, _ input: Shape) -> quire_winograd {
    quire_winograd(
      images: 1, height: Int64(input.height), width: Int64(input.width), kernel: Int64(c.kernelSize),
      dilation: Int64(c.dilation), in_channels: Int64(c.inChannels), out_channels: Int64(c.outChannels),
      in_bf16: 0, out_bf16: 0, dx_bf16: 0, relu: 0)
  }

  init(
    _ c: Convolution, input: Shape, _ parameters: ConvolutionParameters, options: CompilerOptions,
    buffers: inout BufferList
  ) {
    self.parameters = parameters
    narrowsGradients = options.isMixed && c.kernelSize == 3
    var problem = Self.problem(c, input)
    // Image buffers are adjacent without a gap if they fill whole cache lines.
    let isContiguous =
      input.elements.isMultiple(of: 16) && (input.height * input.width * c.outChannels).isMultiple(of: 16)
    imagesAtOnce =
      options.trains || !isContiguous
      ? 1 : max(1, min(options.batchSize, Self.tilesAtOnce / Int(quire_winograd_tiles(&problem))))
    problem.images = Int64(imagesAtOnce)
    problem.relu = parameters.relu ? 1 : 0
    batchSize = options.batchSize
    transformed = buffers.shared(Int(quire_winograd_weights_size(&problem)))
    let transposedSize =
      narrowsGradients
      ? quire_winograd_transposed_bf16_size(&problem) : quire_winograd_transposed_size(&problem)
    transposed = options.trains ? buffers.shared(Int(transposedSize)) : nil
    packedBias = buffers.shared(panels(c.outChannels) * 16)
    forwardScratch = buffers.perWorker(Int(quire_winograd_forward_scratch(&problem)))
    backwardScratch = buffers.perImage(Int(quire_winograd_backward_scratch(&problem)))
    pointGradients = buffers.perWorker(Int(quire_winograd_gradient_size(&problem)))
    self.problem = problem
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { imagesAtOnce == 1 }
  var writesNarrow: (output: Bool, gradient: Bool) { (imagesAtOnce == 1, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { parameters.groupedGradients }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward else { return [] }
    // Blocks are divided among threads unless the normalisation must be folded in before the first.
    var problem = problem
    let blocks = quire_winograd_blocks(&problem)
    let share = parameters.isFolded ? blocks : 8
    return stride(from: 0, to: blocks, by: Int64.Stride(share)).map { first in
      let body = { (f: Frame) in
        if first == 0 {
          parameters.fold(f)
          if let bias = parameters.bias(f) {
            let channels = problem.out_channels
            f.kernels.pointee.pack(bias, 1, channels, channels, f[packedBias])
          }
        }
        let (weights, count) = (parameters.weights(f), min(share, blocks - first))
        let transposed = transposed.map { f[$0] }
        withUnsafePointer(to: problem) { problem in
          f.kernels.pointee.winograd_weights(
            problem, weights, first, count, f[transformed], narrowsGradients ? nil : transposed)
          guard narrowsGradients, let transposed else { return }
          f.kernels.pointee.winograd_transposed_bf16(problem, weights, first, count, transposed)
        }
      }
      return Preparation(
        body: body, buffers: [transformed, packedBias] + [transposed].compactMap { $0 } + parameters.buffers)
    }
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let buffers = [input, output, transformed, packedBias, forwardScratch]
    guard imagesAtOnce > 1 else {
      var problem = problem
      (problem.in_bf16, problem.out_bf16) = (input.isNarrow ? 1 : 0, output.isNarrow ? 1 : 0)
      return [Pass(.images { [problem] f in convolve(f, problem, f[input], f[output]) }, buffers)]
    }
    let body = { (f: Frame, part: Range<Int>) in
      for chunk in part {
        let first = chunk * imagesAtOnce
        let images = min(imagesAtOnce, f.count - first)
        guard images > 0 else { return }
        var problem = problem
        problem.images = Int64(images)
        convolve(f, problem, f[input, image: first], f[output, image: first])
      }
    }
    return [Pass(.split(count: (batchSize + imagesAtOnce - 1) / imagesAtOnce, body), buffers)]
  }

  private func convolve(
    _ f: Frame, _ problem: quire_winograd, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: problem) { problem in
      f.kernels.pointee.winograd_forward(
        problem, x, f[transformed], parameters.hasBias ? UnsafePointer(f[packedBias]) : nil,
        f[forwardScratch], y)
    }
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    var problem = problem
    (problem.in_bf16, problem.out_bf16) = (input.isNarrow ? 1 : 0, gradients.output.isNarrow ? 1 : 0)
    let body = { [problem] (f: Frame) in
      withUnsafePointer(to: problem) { problem in
        let kernels = f.kernels.pointee
        let backward = narrowsGradients ? kernels.winograd_backward_bf16 : kernels.winograd_backward
        backward?(
          problem, f[input], f[gradients.output], transposed.map { UnsafePointer(f[$0]) }, f[backwardScratch],
          f[pointGradients], f.isFirstOfGroup ? 1 : 0, gradients.input.map { f[$0] },
          parameters.biasGradients(f))
        guard f.isLastOfGroup else { return }
        f.kernels.pointee.winograd_weight_gradients(
          problem, f[pointGradients], 0, quire_winograd_blocks(problem), parameters.weightGradients(f))
      }
    }
    return [
      Pass(
        .gradients(body),
        [input, gradients.output, transposed, backwardScratch, pointGradients, gradients.input]
          + parameters.sums)
    ]
  }
}
