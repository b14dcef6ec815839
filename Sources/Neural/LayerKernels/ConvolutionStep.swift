import CKernels

/// A convolution as matrix products over a zero-padded image (Chellapilla et al., 2006, but without writing out the
/// columns): rows of pixels times panels of 16 output channels.
struct ConvolutionStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters

  private let padded: Buffer?
  private let paddedGradient: Buffer?
  /// [group][panel][tap][in][16], and the bias as [group][panel][16].
  private let packed: Buffer
  private let packedBias: Buffer
  /// By phase: [group][panel][tap][out][16].
  private let packedTransposed: Buffer
  /// The gradient of some output rows: [panel][pixel][16].
  private let packedGradient: Buffer
  private let rowsAtOnce: Int

  /// Pixels whose gradients are multiplied together: 16 KiB per panel, half of a first-level cache.
  private static let pixelsAtOnce = 256

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    self.geometry = geometry
    self.parameters = parameters
    let c = geometry.convolution
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    let inputs = c.inChannels / c.groups
    let outputs = c.outChannels / c.groups
    packed = buffers.shared(c.groups * geometry.taps.count * inputs * panels(outputs) * 16)
    packedBias = buffers.shared(c.groups * panels(outputs) * 16)
    packedTransposed = buffers.shared(c.groups * geometry.taps.count * outputs * panels(inputs) * 16)
    rowsAtOnce = min(geometry.output.height, max(1, Self.pixelsAtOnce / geometry.output.width))
    packedGradient = buffers.perImage(rowsAtOnce * geometry.output.width * panels(outputs) * 16)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { parameters.groupedGradients }

  private var groups: Int { geometry.convolution.groups }
  private var inputs: Int { geometry.convolution.inChannels / groups }
  private var outputs: Int { geometry.convolution.outChannels / groups }
  private var groupWeights: Int { geometry.taps.count * inputs * outputs }

  func prepare(_ phase: Phase) -> [Preparation] {
    switch phase {
    case .forward: [Preparation(body: packWeights, buffers: [packed, packedBias] + parameters.buffers)]
    case .backward: [Preparation(body: packTransposed, buffers: [packedTransposed])]
    }
  }

  private func packWeights(_ f: Frame) {
    parameters.fold(f)
    for group in 0..<groups {
      f.kernels.pointee.pack(
        parameters.weights(f) + group * groupWeights, Int64(geometry.taps.count * inputs), Int64(outputs),
        Int64(outputs), f[packed] + group * geometry.taps.count * inputs * panels(outputs) * 16)
      guard let bias = parameters.bias(f) else { continue }
      f.kernels.pointee.pack(
        bias + group * outputs, 1, Int64(outputs), Int64(outputs),
        f[packedBias] + group * panels(outputs) * 16)
    }
  }

  private func packTransposed(_ f: Frame) {
    var target = f[packedTransposed]
    for phase in geometry.phases {
      for group in 0..<groups {
        for (index, tap) in phase.tapNumbers.enumerated() {
          quire_pack_transposed(
            parameters.weights(f) + group * groupWeights + tap * inputs * outputs, Int64(outputs),
            Int64(inputs), Int64(outputs), Int64(phase.tapNumbers.count * outputs * 16),
            target + index * outputs * 16)
        }
        target += phase.tapNumbers.count * outputs * panels(inputs) * 16
      }
    }
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      let x = paddedInput(f, input)
      for group in 0..<groups {
        var product = quire_product(
          a: x + group * inputs, rows: geometry.rows.pointer, segments: geometry.runs.pointer, a_step: 1,
          b: f[packed] + group * geometry.taps.count * inputs * panels(outputs) * 16,
          bias: !parameters.hasBias ? nil : UnsafePointer(f[packedBias] + group * panels(outputs) * 16),
          c: f[output] + group * outputs, c_rows: geometry.outRows.pointer, row_count: Int64(geometry.pixels),
          segment_count: Int64(geometry.runs.count), length: Int64(geometry.runLength * inputs),
          columns: Int64(outputs),
          accumulate: 0, relu: parameters.relu ? 1 : 0, c_bf16: 0)
        f.multiply(&product)
      }
    }
    return [Pass(.images(body), [input, output, padded, packed, packedBias])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    var passes = [
      Pass(
        .gradients { f in weightGradients(f, input, dy: f[gradients.output]) },
        [input, padded, gradients.output, packedGradient] + parameters.sums)
    ]
    if let dx = gradients.input {
      passes.append(
        Pass(
          .images { f in inputGradient(f, dy: f[gradients.output], dx: f[dx]) },
          [gradients.output, paddedGradient, packedTransposed, dx]))
    }
    return passes
  }

  private func paddedInput(_ f: Frame, _ input: Buffer) -> UnsafePointer<Float> {
    guard let padded else { return UnsafePointer(f[input]) }
    pad(f[input], geometry.input, geometry.margins, into: f[padded])
    return UnsafePointer(f[padded])
  }

  /// dW[tap, in][out] += Σ over pixels of x · dy, some rows of pixels at a time.
  private func weightGradients(_ f: Frame, _ input: Buffer, dy: UnsafePointer<Float>) {
    let x = paddedInput(f, input)
    let (width, channels) = (geometry.output.width, geometry.convolution.outChannels)
    for top in stride(from: 0, to: geometry.output.height, by: rowsAtOnce) {
      let lines = min(rowsAtOnce, geometry.output.height - top)
      let pixels = lines * width
      let rows = dy + top * width * channels
      if let bias = parameters.biasGradients(f) {
        f.kernels.pointee.column_sums(rows, 0, Int64(pixels), Int64(channels), bias)
      }
      for group in 0..<groups {
        f.kernels.pointee.pack(
          rows + group * outputs, Int64(pixels), Int64(outputs), Int64(channels), f[packedGradient])
        var product = quire_product(
          a: x + group * inputs, rows: geometry.weightRows.pointer, segments: geometry.lines.pointer + top,
          a_step: Int64(geometry.step), b: f[packedGradient], bias: nil,
          c: parameters.weightGradients(f) + group * groupWeights, c_rows: geometry.weightOutRows.pointer,
          row_count: Int64(geometry.weightRows.count), segment_count: Int64(lines), length: Int64(width),
          columns: Int64(outputs), accumulate: 1, relu: 0, c_bf16: 0)
        f.multiply(&product)
      }
    }
  }

  /// dx[pixel][in] = Σ over taps and out of dy · W.
  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>) {
    var source = dy
    if let paddedGradient {
      pad(dy, geometry.output, geometry.gradientMargins, into: f[paddedGradient])
      source = UnsafePointer(f[paddedGradient])
    }
    var packed = UnsafePointer(f[packedTransposed])
    for phase in geometry.phases {
      for group in 0..<groups {
        var product = quire_product(
          a: source + group * outputs, rows: phase.rows.pointer, segments: phase.runs.pointer, a_step: 1,
          b: packed,
          bias: nil, c: dx + group * inputs, c_rows: phase.outRows.pointer,
          row_count: Int64(phase.rows.count),
          segment_count: Int64(phase.runs.count), length: Int64(phase.runLength * outputs),
          columns: Int64(inputs),
          accumulate: 0, relu: 0, c_bf16: 0)
        f.multiply(&product)
        packed += phase.taps.count * outputs * panels(inputs) * 16
      }
    }
  }
}

/// The number of panels of 16 columns.
func panels(_ columns: Int) -> Int { (columns + 15) / 16 }

/// Copies an image and adds zeros around it.
func pad(
  _ image: UnsafePointer<Float>, _ shape: Shape, _ margins: Margins, into target: UnsafeMutablePointer<Float>
) {
  quire_pad(
    image, Int64(shape.height), Int64(shape.width), Int64(shape.channels), Int64(margins.top),
    Int64(margins.bottom), Int64(margins.left), Int64(margins.right), target)
}
