import CKernels

/// ``WinogradStep`` for layers with more weights than pixels: over all images of a batch at once.
///
/// Image by image, inputs and output gradients are transformed; then threads divide the channels. Each transforms the
/// weights of its channels and multiplies them by every tile of the batch, so that the transformed weights never
/// reach memory and weight gradients need no copies for groups of images. An output has the same bits as that of
/// ``WinogradStep``.
struct WinogradBatchStep: PlanStep {
  private let problem: quire_winograd
  private let parameters: ConvolutionParameters

  private let packedBias: Buffer
  /// A pass's buffers: the transforms of all images' inputs, and scratch memory for an image and for a thread. The
  /// passes share none, so that each is needed only for a short time.
  private struct Memory {
    let inputs: Buffer
    let imageScratch: Buffer
    let scratch: Buffer

    init(_ problem: inout quire_winograd, _ buffers: inout BufferList) {
      inputs = buffers.shared(Int(quire_winograd_batch_input_size(&problem)))
      imageScratch = buffers.perImage(Int(quire_winograd_batch_line(&problem)))
      scratch = buffers.perWorker(Int(quire_winograd_batch_scratch(&problem)))
    }
  }

  private let forwardMemory: Memory
  private let backwardMemory: Memory
  private let inputGradientScratch: Buffer
  /// The transforms of all images' output gradients, and each image's sums of them.
  private let gradients: Buffer
  private let sums: Buffer

  /// With fewer weights at a point for each tile of an image, they stay in the cache from image to image.
  private static let fewestWeightsPerTile = 1024

  /// Whether it is faster than ``WinogradStep``, which must suit the convolution.
  static func suits(_ c: Convolution, input: Shape) -> Bool {
    var problem = WinogradStep.problem(c, input)
    return c.inChannels * c.outChannels >= fewestWeightsPerTile * Int(quire_winograd_tiles(&problem))
  }

  init(
    _ c: Convolution, input: Shape, _ parameters: ConvolutionParameters, options: CompilerOptions,
    buffers: inout BufferList
  ) {
    self.parameters = parameters
    var problem = WinogradStep.problem(c, input)
    problem.images = Int64(options.batchSize)
    problem.relu = parameters.relu ? 1 : 0
    packedBias = buffers.shared(panels(c.outChannels) * 16)
    forwardMemory = Memory(&problem, &buffers)
    backwardMemory = Memory(&problem, &buffers)
    inputGradientScratch = buffers.perWorker(Int(quire_winograd_batch_scratch(&problem)))
    gradients = buffers.shared(options.trains ? Int(quire_winograd_batch_output_size(&problem)) : 0)
    sums = buffers.perImage(panels(c.outChannels) * 16)
    self.problem = problem
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { true }
  var writesNarrow: (output: Bool, gradient: Bool) { (true, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward, parameters.hasBias else { return [] }
    let body = { (f: Frame) in
      parameters.fold(f)
      let channels = problem.out_channels
      if let bias = parameters.bias(f) { f.kernels.pointee.pack(bias, 1, channels, channels, f[packedBias]) }
    }
    return [Preparation(body: body, buffers: [packedBias] + parameters.buffers)]
  }

  /// The problem of a run's batch, which may be short.
  private func problem(_ f: Frame, input: Buffer, output: Buffer? = nil) -> quire_winograd {
    var problem = problem
    problem.images = Int64(f.count)
    problem.in_bf16 = input.isNarrow ? 1 : 0
    problem.out_bf16 = output?.isNarrow == true ? 1 : 0
    return problem
  }

  private func transform(_ input: Buffer, _ memory: Memory) -> Pass {
    let body = { (f: Frame) in
      var problem = problem(f, input: input)
      f.kernels.pointee.winograd_batch_input(
        &problem, f[input], Int64(f.image), f[memory.imageScratch], f[memory.inputs])
    }
    return Pass(.images(body), [input, memory.imageScratch, memory.inputs])
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output, memory) = (values.input, values.output, forwardMemory)
    let multiply = { (f: Frame, part: Range<Int>) in
      var problem = problem(f, input: input, output: output)
      let (y, stride) = f.copies(of: output)
      f.kernels.pointee.winograd_batch_forward(
        &problem, f[memory.inputs], parameters.weights(f),
        parameters.hasBias ? UnsafePointer(f[packedBias]) : nil,
        Int64(part.lowerBound), Int64(part.count), f[memory.scratch], y, Int64(stride))
    }
    return [
      transform(input, memory),
      Pass(
        .split(count: panels(Int(problem.out_channels)), multiply),
        [memory.inputs, output, packedBias, memory.scratch] + parameters.buffers),
    ]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy, memory) = (values.input, gradients.output, backwardMemory)
    let transformGradient = { (f: Frame) in
      var problem = self.problem(f, input: input, output: dy)
      f.kernels.pointee.winograd_batch_output_gradient(
        &problem, f[dy], Int64(f.image), f[memory.imageScratch], f[self.gradients], f[sums])
    }
    var whole = problem
    let weights = { (f: Frame, part: Range<Int>) in
      var problem = self.problem(f, input: input)
      f.kernels.pointee.winograd_batch_weight_gradients(
        &problem, f[memory.inputs], f[self.gradients], Int64(part.lowerBound), Int64(part.count),
        f[memory.scratch],
        parameters.weightGradients(f))
    }
    var passes = [
      transform(input, memory),
      Pass(.images(transformGradient), [dy, memory.imageScratch, self.gradients, sums]),
      Pass(
        .split(count: Int(quire_winograd_batch_blocks(&whole)), weights),
        [memory.inputs, self.gradients, memory.scratch]),
    ]
    if parameters.hasBias {
      passes.append(Pass(.split(count: Int(problem.out_channels), biasGradients), [sums]))
    }
    if let dx = gradients.input {
      let body = { (f: Frame, part: Range<Int>) in
        var problem = self.problem(f, input: input)
        problem.dx_bf16 = dx.isNarrow ? 1 : 0
        let (target, stride) = f.copies(of: dx)
        f.kernels.pointee.winograd_batch_input_gradient(
          &problem, f[self.gradients], parameters.weights(f), Int64(part.lowerBound), Int64(part.count),
          f[inputGradientScratch], target, Int64(stride))
      }
      passes.append(
        Pass(
          .split(count: panels(Int(problem.in_channels)), body), [self.gradients, dx, inputGradientScratch]))
    }
    return passes
  }

  private func biasGradients(_ f: Frame, _ channels: Range<Int>) {
    guard let target = parameters.biasGradients(f) else { return }
    let (first, stride) = f.copies(of: sums)
    for c in channels { target[c] = (0..<f.count).reduce(0) { $0 + first[$1 * stride + c] } }
  }
}
