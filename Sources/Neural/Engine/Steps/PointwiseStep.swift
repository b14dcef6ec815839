import CKernels

/// A 1×1 convolution of stride 1 whose products are of bfloat16 numbers with sums in single precision. Used in
/// mixed precision, where channels come in pairs.
struct PointwiseStep: PlanStep {
  private let parameters: ConvolutionParameters
  private let pixels: Int
  private let inputs: Int
  private let outputs: Int

  /// Pairs of bfloat16 in the place of floats: weights [panel of out][in/2][16], transposed
  /// [panel of in][out/2][16] by way of a plain transpose [out][in]; the bias as [panel][16].
  private let packed: Buffer
  private let packedBias: Buffer
  private let transposed: Buffer
  private let packedTransposed: Buffer
  /// The input and the output's gradient as [pixel][channel/2].
  private let narrowInput: Buffer
  private let narrowGradient: Buffer
  /// Pairs of pixels: of the input [pixel/2][in], of the output's gradient [panel][pixel/2][16].
  private let pairedInput: Buffer
  private let pairedGradient: Buffer

  /// By pixel into narrow rows and wide ones; by input channel into pairs of pixels and into the weights.
  private let narrowRows: (inputs: OffsetTable, outputs: OffsetTable)
  private let wideRows: (inputs: OffsetTable, outputs: OffsetTable)
  private let channels: OffsetTable
  private let weightRows: OffsetTable
  private let origin: OffsetTable

  /// Pixels whose gradients are multiplied at once.
  private static let pixelsAtOnce = 256

  static func suits(_ c: Convolution) -> Bool {
    c.kernelSize == 1 && c.stride == 1 && c.padding == 0 && c.groups == 1
      && c.inChannels.isMultiple(of: 2) && c.outChannels.isMultiple(of: 2)
  }

  /// `nil` where an offset is beyond 32 bits.
  init?(_ c: Convolution, pixels: Int, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    let (inputs, outputs) = (c.inChannels, c.outChannels)
    func rows(_ step: Int) -> OffsetTable? { OffsetTable((0..<pixels).map { $0 * step }) }
    guard let narrowInputs = rows(inputs / 2), let narrowOutputs = rows(outputs / 2),
      let wideInputs = rows(inputs), let wideOutputs = rows(outputs),
      let channels = OffsetTable(Array(0..<inputs)),
      let weightRows = OffsetTable((0..<inputs).map { $0 * outputs }), let origin = OffsetTable([0])
    else { return nil }
    self.parameters = parameters
    self.pixels = pixels
    self.inputs = inputs
    self.outputs = outputs
    narrowRows = (narrowInputs, narrowOutputs)
    wideRows = (wideInputs, wideOutputs)
    self.channels = channels
    self.weightRows = weightRows
    self.origin = origin
    packed = buffers.shared(panels(outputs) * inputs / 2 * 16)
    packedBias = buffers.shared(panels(outputs) * 16)
    transposed = buffers.shared(inputs * outputs)
    packedTransposed = buffers.shared(panels(inputs) * outputs / 2 * 16)
    narrowInput = buffers.perImage(pixels * inputs / 2)
    narrowGradient = buffers.perImage(pixels * outputs / 2)
    let pairs = (min(pixels, Self.pixelsAtOnce) + 1) / 2
    pairedInput = buffers.perImage(pairs * inputs)
    pairedGradient = buffers.perImage(panels(outputs) * pairs * 16)
  }

  var isTrained: Bool { true }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward else { return [] }
    let body = { (f: Frame) in
      let weights = parameters.weights(f)
      let (inputs, outputs) = (Int64(inputs), Int64(outputs))
      f.kernels.pointee.pack_bf16(weights, inputs, outputs, outputs, f[packed])
      quire_transpose(weights, inputs, outputs, f[transposed])
      f.kernels.pointee.pack_bf16(f[transposed], outputs, inputs, inputs, f[packedTransposed])
      if let bias = parameters.bias(f) { f.kernels.pointee.pack(bias, 1, outputs, outputs, f[packedBias]) }
    }
    return [Preparation(body: body, buffers: [packed, transposed, packedTransposed, packedBias])]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      f.kernels.pointee.to_bf16(f[input], f[narrowInput], Int64(pixels * inputs))
      var product = quire_product(
        a: f[narrowInput], rows: narrowRows.inputs.pointer, segments: origin.pointer, a_step: 1, b: f[packed],
        bias: parameters.hasBias ? UnsafePointer(f[packedBias]) : nil, c: f[output],
        c_rows: wideRows.outputs.pointer, row_count: Int64(pixels), segment_count: 1,
        length: Int64(inputs / 2),
        columns: Int64(outputs), accumulate: 0)
      f.kernels.pointee.product_bf16?(&product)
    }
    return [Pass(.images(body), [input, output, narrowInput, packed, packedBias])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy) = (values.input, gradients.output)
    var passes = [
      Pass(
        .gradients { f in weightGradients(f, x: f[input], dy: f[dy]) },
        [input, dy, pairedInput, pairedGradient])
    ]
    if let dx = gradients.input {
      let body = { (f: Frame) in
        f.kernels.pointee.to_bf16(f[dy], f[narrowGradient], Int64(pixels * outputs))
        var product = quire_product(
          a: f[narrowGradient], rows: narrowRows.outputs.pointer, segments: origin.pointer, a_step: 1,
          b: f[packedTransposed], bias: nil, c: f[dx], c_rows: wideRows.inputs.pointer,
          row_count: Int64(pixels), segment_count: 1, length: Int64(outputs / 2), columns: Int64(inputs),
          accumulate: 0)
        f.kernels.pointee.product_bf16?(&product)
      }
      passes.append(Pass(.images(body), [dy, narrowGradient, packedTransposed, dx]))
    }
    return passes
  }

  /// dW[in][out] += Σ over pixels of x · dy, two pixels at a time.
  private func weightGradients(_ f: Frame, x: UnsafePointer<Float>, dy: UnsafePointer<Float>) {
    for first in stride(from: 0, to: pixels, by: Self.pixelsAtOnce) {
      let count = Int64(min(Self.pixelsAtOnce, pixels - first))
      let rows = dy + first * outputs
      if let bias = parameters.biasGradients(f) {
        f.kernels.pointee.column_sums(rows, count, Int64(outputs), bias)
      }
      f.kernels.pointee.pair_rows_bf16(
        x + first * inputs, count, Int64(inputs), Int64(inputs), f[pairedInput])
      f.kernels.pointee.pack_bf16(rows, count, Int64(outputs), Int64(outputs), f[pairedGradient])
      var product = quire_product(
        a: f[pairedInput], rows: channels.pointer, segments: origin.pointer, a_step: Int64(inputs),
        b: f[pairedGradient], bias: nil, c: parameters.weightGradients(f), c_rows: weightRows.pointer,
        row_count: Int64(inputs), segment_count: 1, length: (count + 1) / 2, columns: Int64(outputs),
        accumulate: 1)
      f.kernels.pointee.product_bf16?(&product)
    }
  }
}
