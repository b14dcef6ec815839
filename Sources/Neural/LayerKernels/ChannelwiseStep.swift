import CKernels

/// A convolution of narrow groups of channels, or of one filter per channel, by vectors of channels: an output channel
/// is a sum over the taps and the inputs of its group, in each of which a spread image has that input in the channel's
/// place.
struct ChannelwiseStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters

  private let padded: Buffer?
  private let paddedGradient: Buffer?
  /// The spread images; see ``ConvolutionGeometry/planes``.
  private let spread: Buffer?
  private let spreadGradient: Buffer?
  /// By phase: [tap][channel].
  private let phaseWeights: Buffer

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    self.geometry = geometry
    self.parameters = parameters
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    spread = geometry.planes == 1 ? nil : buffers.perImage(geometry.planes * geometry.paddedElements)
    spreadGradient =
      geometry.planes == 1 ? nil : buffers.perImage(geometry.planes * geometry.paddedGradientElements)
    phaseWeights = buffers.shared(geometry.taps.count * geometry.convolution.outChannels)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { geometry.planes == 1 }
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
      let (weights, planes) = (parameters.weights(f), geometry.planes)
      var target = f[phaseWeights]
      for number in geometry.phases.lazy.flatMap(\.tapNumbers) {
        let (tap, output) = (number / planes, number % planes)
        for channel in 0..<channels {
          let group = channel / planes * planes
          target[channel] = weights[(tap * planes + channel - group) * channels + group + output]
        }
        target += channels
      }
    }
    return [Preparation(body: body, buffers: [phaseWeights])]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      var depthwise = quire_depthwise(
        in: spreadInput(f, input), rows: geometry.rows.pointer, taps: geometry.taps.pointer,
        weights: parameters.weights(f), bias: parameters.bias(f),
        out: f[output], out_rows: geometry.outRows.pointer, row_count: Int64(geometry.pixels),
        tap_count: Int64(geometry.taps.count), channels: Int64(channels))
      f.kernels.pointee.depthwise(&depthwise)
    }
    return [Pass(.images(body), [input, output, padded, spread] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      f.kernels.pointee.depthwise_weights(
        spreadInput(f, input), geometry.rows.pointer, geometry.taps.pointer, Int64(geometry.pixels),
        Int64(geometry.taps.count), Int64(channels), dy, parameters.weightGradients(f))
      if let bias = parameters.biasGradients(f) {
        f.kernels.pointee.column_sums(dy, 0, Int64(geometry.pixels), Int64(channels), bias)
      }
    }
    var passes = [Pass(.gradients(weightBody), [input, padded, spread, gradients.output] + parameters.sums)]
    if let dx = gradients.input {
      let body = { (f: Frame) in inputGradient(f, dy: f[gradients.output], dx: f[dx]) }
      passes.append(
        Pass(.images(body), [gradients.output, paddedGradient, spreadGradient, phaseWeights, dx]))
    }
    return passes
  }

  private func spreadInput(_ f: Frame, _ input: Buffer) -> UnsafePointer<Float> {
    spread(f, f[input], geometry.input, geometry.margins, padded, spread)
  }

  /// An image with its margins and, for narrow groups, with a line for each input of a group.
  private func spread(
    _ f: Frame, _ image: UnsafePointer<Float>, _ shape: Shape, _ margins: Margins, _ padded: Buffer?,
    _ spread: Buffer?
  ) -> UnsafePointer<Float> {
    var image = image
    if let padded {
      pad(image, shape, margins, into: f[padded])
      image = UnsafePointer(f[padded])
    }
    guard let spread else { return image }
    f.kernels.pointee.spread_groups(
      image, Int64(margins.top + shape.height + margins.bottom),
      Int64(margins.left + shape.width + margins.right), Int64(channels), Int64(geometry.planes), f[spread])
    return UnsafePointer(f[spread])
  }

  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>) {
    let source = spread(
      f, dy, geometry.output, geometry.gradientMargins, paddedGradient, spreadGradient)
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
