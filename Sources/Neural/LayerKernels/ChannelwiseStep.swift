import CKernels

/// A convolution of narrow groups of channels, or of one filter per channel, by vectors of channels: an output channel
/// is a sum over the taps and the inputs of its group, in each of which a spread image has that input in the channel's
/// place.
struct ChannelwiseStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters

  /// The padded image and output gradient or, for narrow groups, some channels of them, spread; see
  /// ``ConvolutionGeometry/planes``.
  private let padded: Buffer?
  private let paddedGradient: Buffer?
  /// By phase: [tap][channel].
  private let phaseWeights: Buffer

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    self.geometry = geometry
    self.parameters = parameters
    if geometry.planes == 1 {
      padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
      paddedGradient =
        geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    } else {
      let size = geometry.planes * Int(QUIRE_SPREAD)
      padded = buffers.perImage(geometry.paddedElements / geometry.convolution.inChannels * size)
      paddedGradient = buffers.perImage(
        geometry.paddedGradientElements / geometry.convolution.outChannels * size)
    }
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
      let (y, bias) = (f[output], parameters.bias(f))
      eachPart(f, f[input], geometry.input, geometry.margins, padded) { x, some in
        var filter = quire_depthwise(
          in: x, rows: geometry.rows.pointer, taps: geometry.taps.pointer,
          weights: parameters.weights(f) + some.lowerBound, bias: bias.map { $0 + some.lowerBound },
          out: y + some.lowerBound, out_rows: geometry.outRows.pointer, row_count: Int64(geometry.pixels),
          tap_count: Int64(geometry.taps.count), channels: Int64(some.count), stride: Int64(channels))
        f.kernels.pointee.convolve_channels(&filter)
      }
    }
    return [Pass(.images(body), [input, output, padded] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      eachPart(f, f[input], geometry.input, geometry.margins, padded) { x, some in
        f.kernels.pointee.depthwise_weights(
          x, geometry.rows.pointer, geometry.taps.pointer, Int64(geometry.pixels),
          Int64(geometry.taps.count), Int64(some.count), Int64(channels), dy + some.lowerBound,
          parameters.weightGradients(f) + some.lowerBound)
      }
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

  /// Passes a padded image with all its channels or, for narrow groups, as many spread ones as stay in the cache.
  private func eachPart(
    _ f: Frame, _ image: UnsafePointer<Float>, _ shape: Shape, _ margins: Margins, _ padded: Buffer?,
    _ body: (UnsafePointer<Float>, _ channels: Range<Int>) -> Void
  ) {
    guard let padded else { return body(image, 0..<channels) }
    let target = f[padded]
    guard geometry.planes > 1 else {
      pad(image, shape, margins, into: target)
      return body(target, 0..<channels)
    }
    for first in stride(from: 0, to: channels, by: Int(QUIRE_SPREAD)) {
      let some = first..<min(channels, first + Int(QUIRE_SPREAD))
      var spread = quire_spread(
        src: image + first, height: Int64(shape.height), width: Int64(shape.width), stride: Int64(channels),
        top: Int64(margins.top), bottom: Int64(margins.bottom), left: Int64(margins.left),
        right: Int64(margins.right), channels: Int64(some.count), group: Int64(geometry.planes), dst: target)
      f.kernels.pointee.spread_groups(&spread)
      body(target, some)
    }
  }

  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>) {
    eachPart(f, dy, geometry.output, geometry.gradientMargins, paddedGradient) { source, some in
      var weights = UnsafePointer(f[phaseWeights]) + some.lowerBound
      for phase in geometry.phases {
        var filter = quire_depthwise(
          in: source, rows: phase.rows.pointer, taps: phase.taps.pointer, weights: weights, bias: nil,
          out: dx + some.lowerBound, out_rows: phase.outRows.pointer, row_count: Int64(phase.rows.count),
          tap_count: Int64(phase.taps.count), channels: Int64(some.count), stride: Int64(channels))
        f.kernels.pointee.convolve_channels(&filter)
        weights += phase.taps.count * channels
      }
    }
  }
}
