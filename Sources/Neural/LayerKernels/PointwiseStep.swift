import CKernels

/// A 1×1 convolution of stride 1: a product of pixels by channels.
///
/// In mixed precision its factors are bfloat16 and its sums single precision. If the number of channels is odd, it
/// stays in single precision.
struct PointwiseStep: PlanStep {
  private let parameters: ConvolutionParameters
  private let pixels: Int
  private let inputs: Int
  private let outputs: Int
  /// Whether factors are narrowed to bfloat16, two neighbours of a sum in the space of a float.
  private let isNarrow: Bool

  /// Weights [panel of out][in][16], transposed [panel of in][out][16] via [out][in]; the bias [panel][16].
  private let packed: Buffer
  private let packedBias: Buffer
  private let transposed: Buffer
  private let packedTransposed: Buffer
  /// The narrowed input or gradient [pixel][channel]; for some pixels the pairs [pixel/2][in] and the gradient
  /// [panel][pixel][16].
  private let narrowed: Buffer
  private let paired: Buffer
  private let packedGradient: Buffer

  /// By pixel; by input channel, offsets into pixels and into the weights.
  private let inputRows: OffsetTable
  private let outputRows: OffsetTable
  private let narrowInputRows: OffsetTable
  private let narrowOutputRows: OffsetTable
  private let channels: OffsetTable
  private let weightRows: OffsetTable
  private let origin: OffsetTable

  /// Pixels whose gradients are multiplied together: 16 KiB per panel, half of a first-level cache.
  private static let pixelsAtOnce = 256

  static func suits(_ c: Convolution) -> Bool {
    c.kernelSize == 1 && c.stride == 1 && c.padding == 0 && c.groups == 1
  }

  /// `nil` if an offset does not fit 32 bits.
  init?(
    _ c: Convolution, pixels: Int, _ parameters: ConvolutionParameters, options: CompilerOptions,
    buffers: inout BufferList
  ) {
    let (inputs, outputs) = (c.inChannels, c.outChannels)
    let most = min(pixels, Self.pixelsAtOnce)
    func rows(_ step: Int) -> OffsetTable? { OffsetTable((0..<pixels).map { $0 * step }) }
    guard let inputRows = rows(inputs), let outputRows = rows(outputs),
      let narrowInputRows = rows(inputs / 2),
      let narrowOutputRows = rows(outputs / 2), let channels = OffsetTable(Array(0..<inputs)),
      let weightRows = OffsetTable((0..<inputs).map { $0 * outputs }), let origin = OffsetTable([0])
    else { return nil }
    self.parameters = parameters
    self.pixels = pixels
    self.inputs = inputs
    self.outputs = outputs
    isNarrow = options.isMixed && inputs.isMultiple(of: 2) && outputs.isMultiple(of: 2)
    self.inputRows = inputRows
    self.outputRows = outputRows
    self.narrowInputRows = narrowInputRows
    self.narrowOutputRows = narrowOutputRows
    self.channels = channels
    self.weightRows = weightRows
    self.origin = origin
    packed = buffers.shared(panels(outputs) * inputs * 16)
    packedBias = buffers.shared(panels(outputs) * 16)
    transposed = buffers.shared(inputs * outputs)
    packedTransposed = buffers.shared(panels(inputs) * outputs * 16)
    narrowed = buffers.perImage(isNarrow ? pixels * max(inputs, outputs) / 2 : 0)
    paired = buffers.perImage(isNarrow ? (most + 1) / 2 * inputs : 0)
    packedGradient = buffers.perImage(panels(outputs) * (most + 1) * 16)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { isNarrow }
  var writesNarrow: (output: Bool, gradient: Bool) { (isNarrow, isNarrow) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { parameters.groupedGradients }

  func prepare(_ phase: Phase) -> [Preparation] {
    let (inputs, outputs) = (Int64(inputs), Int64(outputs))
    switch phase {
    case .forward:
      let body = { (f: Frame) in
        parameters.fold(f)
        pack(f, parameters.weights(f), inputs, outputs, f[packed])
        if let bias = parameters.bias(f) { f.kernels.pointee.pack(bias, 1, outputs, outputs, f[packedBias]) }
      }
      return [Preparation(body: body, buffers: [packed, packedBias] + parameters.buffers)]
    case .backward:
      let body = { (f: Frame) in
        quire_transpose(parameters.weights(f), inputs, outputs, f[transposed])
        pack(f, f[transposed], outputs, inputs, f[packedTransposed])
      }
      return [Preparation(body: body, buffers: [transposed, packedTransposed])]
    }
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      multiply(
        f, input, inputs, (inputRows, narrowInputRows), by: f[packed],
        bias: parameters.hasBias ? UnsafePointer(f[packedBias]) : nil, into: output, outputs, outputRows)
    }
    return [Pass(.images(body), [input, output, narrowed, packed, packedBias] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy) = (values.input, gradients.output)
    let weights = { (f: Frame) in
      for first in stride(from: 0, to: pixels, by: Self.pixelsAtOnce) {
        weightGradients(f, input, dy: dy, first: first, min(Self.pixelsAtOnce, pixels - first))
      }
    }
    var passes = [Pass(.gradients(weights), [input, dy, paired, packedGradient] + parameters.sums)]
    if let dx = gradients.input {
      let body = { (f: Frame) in
        multiply(
          f, dy, outputs, (outputRows, narrowOutputRows), by: f[packedTransposed], bias: nil, into: dx,
          inputs, inputRows)
      }
      passes.append(Pass(.images(body), [dy, narrowed, packedTransposed, dx]))
    }
    return passes
  }

  private func pack(
    _ f: Frame, _ matrix: UnsafePointer<Float>, _ rows: Int64, _ columns: Int64,
    _ target: UnsafeMutablePointer<Float>
  ) {
    if isNarrow {
      f.kernels.pointee.pack_bf16(matrix, 0, rows, columns, columns, target)
    } else {
      f.kernels.pointee.pack(matrix, rows, columns, columns, target)
    }
  }

  private func run(_ product: inout quire_product, _ f: Frame) {
    if isNarrow {
      f.kernels.pointee.product_bf16?(&product)
    } else {
      f.multiply(&product)
    }
  }

  /// y [pixel][out] = x [pixel][in] · W + bias
  private func multiply(
    _ f: Frame, _ x: Buffer, _ inputs: Int, _ rows: (wide: OffsetTable, narrow: OffsetTable),
    by weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, into y: Buffer, _ outputs: Int,
    _ outRows: OffsetTable
  ) {
    var factor = f[x]
    if isNarrow, !x.isNarrow {
      f.kernels.pointee.to_bf16(factor, f[narrowed], Int64(pixels * inputs))
      factor = f[narrowed]
    }
    var product = quire_product(
      a: factor, rows: isNarrow ? rows.narrow.pointer : rows.wide.pointer, segments: origin.pointer,
      a_step: 1,
      b: weights, bias: bias, c: f[y], c_rows: outRows.pointer, row_count: Int64(pixels), segment_count: 1,
      length: Int64(isNarrow ? inputs / 2 : inputs), columns: Int64(outputs), accumulate: 0,
      relu: parameters.relu ? 1 : 0, c_bf16: y.isNarrow ? 1 : 0)
    run(&product, f)
  }

  /// dW[in][out] += Σ over some pixels, starting at `first`, of x · dy
  private func weightGradients(_ f: Frame, _ input: Buffer, dy output: Buffer, first: Int, _ pixels: Int) {
    let (count, inputs, outputs) = (Int64(pixels), Int64(inputs), Int64(outputs))
    func from(_ buffer: Buffer, _ channels: Int64) -> UnsafePointer<Float> {
      UnsafePointer(f[buffer]) + first * Int(channels) / (buffer.isNarrow ? 2 : 1)
    }
    let (x, dy) = (from(input, inputs), from(output, outputs))
    let dyIsNarrow: Int32 = output.isNarrow ? 1 : 0
    if let bias = parameters.biasGradients(f) {
      f.kernels.pointee.column_sums(dy, dyIsNarrow, count, outputs, bias)
    }
    if isNarrow {
      f.kernels.pointee.pack_bf16(dy, dyIsNarrow, count, outputs, outputs, f[packedGradient])
      f.kernels.pointee.pair_rows_bf16(x, input.isNarrow ? 1 : 0, count, inputs, inputs, f[paired])
    } else {
      f.kernels.pointee.pack(dy, count, outputs, outputs, f[packedGradient])
    }
    var product = quire_product(
      a: isNarrow ? UnsafePointer(f[paired]) : x, rows: channels.pointer, segments: origin.pointer,
      a_step: inputs,
      b: f[packedGradient], bias: nil, c: parameters.weightGradients(f), c_rows: weightRows.pointer,
      row_count: inputs, segment_count: 1, length: isNarrow ? (count + 1) / 2 : count, columns: outputs,
      accumulate: 1, relu: 0, c_bf16: 0)
    run(&product, f)
  }
}
