import CKernels

/// A convolution with one 3×3 filter a channel and stride 1, its padding no wider than its filter's reach.
struct Depthwise3x3Step: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters
  /// The image, and the gradient of the output, with zeros around them.
  private let padded: Buffer?
  private let paddedGradient: Buffer?

  static func suits(_ c: Convolution) -> Bool {
    c.isDepthwise && c.kernelSize == 3 && c.stride == 1 && c.padding <= 2 * c.dilation
  }

  init(_ geometry: ConvolutionGeometry, _ parameters: ConvolutionParameters, buffers: inout BufferList) {
    self.geometry = geometry
    self.parameters = parameters
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { true }

  private var channels: Int { geometry.convolution.outChannels }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward, parameters.isFolded else { return [] }
    return [Preparation(body: parameters.fold, buffers: parameters.buffers)]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      var filter = filter(f, over: padding(f[input], f))
      filter.bias = parameters.bias(f)
      filter.out = f[output]
      f.kernels.pointee.depthwise3x3(&filter)
    }
    return [Pass(.images(body), [input, output, padded] + parameters.buffers)]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let weightBody = { (f: Frame) in
      let dy = f[gradients.output]
      var filter = filter(f, over: padding(f[input], f))
      f.kernels.pointee.depthwise3x3_weights(&filter, dy, parameters.weightGradients(f))
      if let bias = parameters.biasGradients(f) {
        let pixels = Int64(geometry.pixels)
        f.kernels.pointee.column_sums(dy, pixels, Int64(channels), bias)
      }
    }
    var passes = [Pass(.gradients(weightBody), [input, padded, gradients.output])]
    if let dx = gradients.input {
      passes.append(
        Pass(
          .images { f in inputGradient(f, dy: f[gradients.output], dx: f[dx]) },
          [gradients.output, paddedGradient, dx]))
    }
    return passes
  }

  /// The input's gradient is the same over the padded gradient of the output, with the filter turned around.
  private func inputGradient(_ f: Frame, dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>) {
    var source = dy
    if let paddedGradient {
      pad(dy, geometry.output, geometry.gradientMargins, into: f[paddedGradient])
      source = UnsafePointer(f[paddedGradient])
    }
    let margins = geometry.gradientMargins
    var filter = filter(f, over: source)
    filter.in_stride = Int64((margins.left + geometry.output.width + margins.right) * channels)
    filter.flipped = 1
    filter.out = dx
    filter.height = Int64(geometry.input.height)
    filter.width = Int64(geometry.input.width)
    f.kernels.pointee.depthwise3x3(&filter)
  }

  private func padding(_ x: UnsafePointer<Float>, _ f: Frame) -> UnsafePointer<Float> {
    guard let padded else { return x }
    pad(x, geometry.input, geometry.margins, into: f[padded])
    return UnsafePointer(f[padded])
  }

  /// The kernel's arguments for the forward pass; `out` is to be set.
  private func filter(_ f: Frame, over x: UnsafePointer<Float>) -> quire_depthwise3x3 {
    let margins = geometry.margins
    return quire_depthwise3x3(
      in: x, in_stride: Int64((margins.left + geometry.input.width + margins.right) * channels),
      dilation: Int64(geometry.convolution.dilation), weights: parameters.weights(f), flipped: 0, bias: nil,
      out: f.gradients, height: Int64(geometry.output.height), width: Int64(geometry.output.width),
      channels: Int64(channels))
  }
}
