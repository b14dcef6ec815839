import CKernels

/// A convolution with one filter per channel.
struct DepthwiseStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters

  private let padded: Buffer?
  private let paddedGradient: Buffer?
  /// By phase: [tap][channel].
  private let phaseWeights: Buffer

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    self.geometry = geometry
    self.parameters = parameters
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    phaseWeights = buffers.shared(geometry.taps.count * geometry.convolution.outChannels)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { true }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { parameters.groupedGradients }

  private var channels: Int { geometry.convolution.outChannels }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .backward else {
      return parameters.isFolded ? [Preparation(body: parameters.fold, buffers: parameters.buffers)] : []
    }
    let body = { (f: Frame) in
      var target = f[phaseWeights]
      for phase in geometry.phases {
        for tap in phase.tapNumbers {
          target.update(from: parameters.weights(f) + tap * channels, count: channels)
          target += channels
        }
      }
    }
    return [Preparation(body: body, buffers: [phaseWeights])]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      var depthwise = quire_depthwise(
        in: paddedInput(f, input), rows: geometry.rows.pointer, taps: geometry.taps.pointer,
        weights: parameters.weights(f), bias: parameters.bias(f),
        out: f[output], out_rows: geometry.outRows.pointer, row_count: Int64(geometry.pixels),
        tap_count: Int64(geometry.taps.count), channels: Int64(channels))
      f.kernels.pointee.depthwise(&depthwise)
    }
    return [Pass(.images(body), [input, output, padded] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      f.kernels.pointee.depthwise_weights(
        paddedInput(f, input), geometry.rows.pointer, geometry.taps.pointer, Int64(geometry.pixels),
        Int64(geometry.taps.count), Int64(channels), dy, parameters.weightGradients(f))
      if let bias = parameters.biasGradients(f) {
        f.kernels.pointee.column_sums(dy, 0, Int64(geometry.pixels), Int64(channels), bias)
      }
    }
    var passes = [Pass(.gradients(weightBody), [input, padded, gradients.output] + parameters.sums)]
    if let dx = gradients.input {
      let body = { (f: Frame) in inputGradient(f, dy: f[gradients.output], dx: f[dx]) }
      passes.append(Pass(.images(body), [gradients.output, paddedGradient, phaseWeights, dx]))
    }
    return passes
  }

  private func paddedInput(_ f: Frame, _ input: Buffer) -> UnsafePointer<Float> {
    guard let padded else { return UnsafePointer(f[input]) }
    pad(f[input], geometry.input, geometry.margins, into: f[padded])
    return UnsafePointer(f[padded])
  }

  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>) {
    var source = dy
    if let paddedGradient {
      pad(dy, geometry.output, geometry.gradientMargins, into: f[paddedGradient])
      source = UnsafePointer(f[paddedGradient])
    }
    var weights = UnsafePointer(f[phaseWeights])
    for phase in geometry.phases {
      var depthwise = quire_depthwise(
        in: source, rows: phase.rows.pointer, taps: phase.taps.pointer, weights: weights, bias: nil, out: dx,
        out_rows: phase.outRows.pointer, row_count: Int64(phase.rows.count),
        tap_count: Int64(phase.taps.count),
        channels: Int64(channels))
      f.kernels.pointee.depthwise(&depthwise)
      weights += phase.taps.count * channels
    }
  }
}
