import CKernels

/// A convolution with one 3×3 filter per channel and stride 1, with padding no wider than the filter's reach.
struct Depthwise3x3Step: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters

  static func suits(_ c: Convolution) -> Bool {
    c.isDepthwise && c.kernelSize == 3 && c.stride == 1 && c.padding <= 2 * c.dilation
  }

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters) {
    self.geometry = geometry
    self.parameters = parameters
  }

  var isTrained: Bool { true }
  var isCheap: Bool { true }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (true, true) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { parameters.groupedGradients }

  private var channels: Int { geometry.convolution.outChannels }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward, parameters.isFolded else { return [] }
    return [Preparation(body: parameters.fold, buffers: parameters.buffers)]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      var filter = filter(f, over: f[input])
      filter.bias = parameters.bias(f)
      filter.out = UnsafeMutableRawPointer(f[output])
      filter.out_bf16 = output.isNarrow ? 1 : 0
      f.kernels.pointee.depthwise3x3(&filter)
    }
    return [Pass(.images(body), [input, output] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      var filter = filter(f, over: f[input])
      f.kernels.pointee.depthwise3x3_weights(&filter, dy, parameters.weightGradients(f))
      if let bias = parameters.biasGradients(f) {
        let pixels = Int64(geometry.pixels)
        f.kernels.pointee.column_sums(dy, 0, pixels, Int64(channels), bias)
      }
    }
    var passes = [Pass(.gradients(weightBody), [input, gradients.output] + parameters.sums)]
    if let dx = gradients.input {
      passes.append(
        Pass(.images { f in inputGradient(f, dy: f[gradients.output], dx: dx) }, [gradients.output, dx]))
    }
    return passes
  }

  /// The input gradient is the same convolution of the output gradient, with the filter rotated by 180°.
  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: Buffer) {
    let c = geometry.convolution
    var filter = filter(f, over: dy)
    (filter.in_height, filter.height) = (filter.height, filter.in_height)
    (filter.in_width, filter.width) = (filter.width, filter.in_width)
    filter.padding = Int64(2 * c.dilation - c.padding)
    filter.flipped = 1
    filter.out = UnsafeMutableRawPointer(f[dx])
    filter.out_bf16 = dx.isNarrow ? 1 : 0
    f.kernels.pointee.depthwise3x3(&filter)
  }

  /// The kernel's arguments for the forward pass; the caller sets `out`.
  private func filter(_ f: Frame, over x: UnsafePointer<Float>) -> quire_depthwise3x3 {
    let c = geometry.convolution
    return quire_depthwise3x3(
      in: x, in_height: Int64(geometry.input.height), in_width: Int64(geometry.input.width),
      padding: Int64(c.padding), dilation: Int64(c.dilation), weights: parameters.weights(f), flipped: 0,
      bias: nil, out: f.run.gradients, out_bf16: 0, height: Int64(geometry.output.height),
      width: Int64(geometry.output.width),
      channels: Int64(channels))
  }
}
