import CKernels

/// A convolution with one filter a channel.
struct DepthwiseStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let input: Buffer
  private let output: Buffer
  private let weight: Int
  private let bias: Int?

  private let padded: Buffer?
  private let paddedGradient: Buffer?
  /// By phase: [tap][channel].
  private let phaseWeights: Buffer

  init(
    _ geometry: ConvolutionGeometry, input: Buffer, output: Buffer, weight: Int, bias: Int?,
    buffers: inout BufferList
  ) {
    self.geometry = geometry
    self.input = input
    self.output = output
    self.weight = weight
    self.bias = bias
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    phaseWeights = buffers.shared(geometry.taps.count * geometry.convolution.outChannels)
  }

  var isTrained: Bool { true }

  private var channels: Int { geometry.convolution.outChannels }
  /// A kernel of its own computes these, rows at a time.
  private var is3x3: Bool { geometry.convolution.kernelSize == 3 && geometry.convolution.stride == 1 }

  func prepare(_ phase: Phase) -> Preparation? {
    guard phase == .backward, !is3x3 else { return nil }
    let body = { (f: Frame) in
      var target = f[phaseWeights]
      for tap in geometry.phases.flatMap(\.tapNumbers) {
        target.update(from: f.run.parameters + weight + tap * channels, count: channels)
        target += channels
      }
    }
    return Preparation(body: body, buffers: [phaseWeights])
  }

  /// One image's arguments for ``is3x3``: reads an image of `shape` within `margins` from a pixel on.
  private func rows3x3(
    _ padded: UnsafePointer<Float>, _ shape: Shape, _ margins: Margins, from pixel: (y: Int, x: Int) = (0, 0),
    weights: UnsafePointer<Float>, flipped: Bool = false, bias: UnsafePointer<Float>? = nil,
    out: UnsafeMutablePointer<Float>, size: Shape
  ) -> quire_depthwise3x3 {
    let width = margins.left + shape.width + margins.right
    return quire_depthwise3x3(
      in: padded + (pixel.y * width + pixel.x) * channels, in_stride: Int64(width * channels),
      dilation: Int64(geometry.convolution.dilation), weights: weights, flipped: flipped ? 1 : 0, bias: bias,
      out: out, height: Int64(size.height), width: Int64(size.width), channels: Int64(channels))
  }

  func forward(training: Bool) -> [Pass] {
    let body = { (f: Frame) in
      if is3x3 {
        var depthwise = rows3x3(
          paddedInput(f), geometry.input, geometry.margins, weights: f.run.parameters + weight,
          bias: bias.map { UnsafePointer(f.run.parameters + $0) }, out: f[output], size: geometry.output)
        return f.kernels.pointee.depthwise3x3(&depthwise)
      }
      var depthwise = quire_depthwise(
        in: paddedInput(f), rows: geometry.rows.pointer, taps: geometry.taps.pointer,
        weights: f.run.parameters + weight, bias: bias.map { UnsafePointer(f.run.parameters + $0) },
        out: f[output], out_rows: geometry.outRows.pointer, row_count: Int64(geometry.pixels),
        tap_count: Int64(geometry.taps.count), channels: Int64(channels))
      f.kernels.pointee.depthwise(&depthwise)
    }
    return [Pass(.images(body), [input, output, padded])]
  }

  func backward(_ gradients: Gradients) -> [Pass] {
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      if is3x3 {
        // Only what it reads counts; the output is not written.
        var depthwise = rows3x3(
          paddedInput(f), geometry.input, geometry.margins, weights: f.run.parameters + weight,
          out: f[gradients.output], size: geometry.output)
        f.kernels.pointee.depthwise3x3_weights(&depthwise, dy, f.gradients + weight)
      } else {
        f.kernels.pointee.depthwise_weights(
          paddedInput(f), geometry.rows.pointer, geometry.taps.pointer, Int64(geometry.pixels),
          Int64(geometry.taps.count), Int64(channels), dy, f.gradients + weight)
      }
      if let bias {
        f.kernels.pointee.column_sums(dy, Int64(geometry.pixels), Int64(channels), f.gradients + bias)
      }
    }
    var passes = [Pass(.gradients(weightBody), [input, padded, gradients.output])]
    if let dx = gradients.input {
      let body = { (f: Frame) in inputGradient(f, dy: f[gradients.output], dx: f[dx]) }
      passes.append(Pass(.images(body), [gradients.output, paddedGradient, phaseWeights, dx]))
    }
    return passes
  }

  private func paddedInput(_ f: Frame) -> UnsafePointer<Float> {
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
    if is3x3 {
      // The first pixel of the gradient that reaches the first pixel of the input.
      let (c, margins) = (geometry.convolution, geometry.gradientMargins)
      let (y, x) = (margins.top + c.padding - 2 * c.dilation, margins.left + c.padding - 2 * c.dilation)
      var depthwise = rows3x3(
        source, geometry.output, margins, from: (y, x), weights: f.run.parameters + weight, flipped: true,
        out: dx, size: geometry.input)
      return f.kernels.pointee.depthwise3x3(&depthwise)
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
