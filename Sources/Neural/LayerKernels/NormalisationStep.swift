import CKernels

/// Batch normalisation, with the ReLU and Dropout2d that may follow it in the same passes.
///
/// y = dropout(relu((x − mean)·γ/σ + β)). A channel's dropout is a factor of at least 0, so it can be moved through
/// the ReLU into scale and offset. Sums over the batch are computed from sums over each image, in image order. Each
/// image's sums are taken around its first pixel, so that a large mean costs no digits.
struct NormalisationStep: BatchStatisticsStep {
  struct Dropout {
    var p: Double
    var node: Int
  }

  /// The places of the parameters and running statistics in their arenas.
  struct Offsets {
    var weight: Int
    var bias: Int
    var runningMean: Int
    var runningVariance: Int
  }

  private let pixels: Int
  private let channels: Int
  private let eps: Double
  private let momentum: Double
  private let weight: Int
  private let bias: Int
  private let runningMean: Int
  private let runningVariance: Int
  private let relu: Bool
  private let dropout: Dropout?
  /// Whether to normalise by the batch's own statistics and update the running ones, instead of using the latter.
  private let usesBatch: Bool

  /// Doubles: an image's means and sums of squared deviations.
  private let imageMoments: Buffer
  /// [6][channels]: mean, 1/σ, γ/σ, β, and the gradient's input factor and constant.
  private let coefficients: Buffer
  /// [3][channels]: the image's scale and offset including dropout, and the dropout factor.
  private let imageCoefficients: Buffer
  /// Doubles: an image's Σ dz and Σ dz·(x − mean).
  private let imageSums: Buffer

  init(
    _ input: Shape, _ offsets: Offsets, eps: Double, momentum: Double, relu: Bool, dropout: Dropout?,
    options: CompilerOptions, buffers: inout BufferList
  ) {
    pixels = input.height * input.width
    channels = input.channels
    self.eps = eps
    self.momentum = momentum
    weight = offsets.weight
    bias = offsets.bias
    runningMean = offsets.runningMean
    runningVariance = offsets.runningVariance
    self.relu = relu
    self.dropout = dropout
    usesBatch = options.trains && !options.freezesStatistics
    imageMoments = buffers.perImage(4 * channels)
    coefficients = buffers.shared(6 * channels)
    imageCoefficients = buffers.perImage(3 * channels)
    imageSums = buffers.perImage(4 * channels)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { true }
  var readsNarrow: Bool { true }
  var writesNarrow: (output: Bool, gradient: Bool) { (true, true) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward, !usesBatch else { return [] }
    let body = { (f: Frame) in
      for c in 0..<channels {
        setCoefficients(
          f, c, mean: Double(f.run.statistics[runningMean + c]),
          variance: Double(f.run.statistics[runningVariance + c]))
      }
    }
    return [Preparation(body: body, buffers: [coefficients])]
  }

  func observe(_ input: Buffer) -> [Pass] {
    guard usesBatch else { return [] }
    return [
      Pass(.images { f in sum(f, input) }, [input, imageMoments, imageCoefficients]),
      Pass(.split(count: channels, combineMoments), [imageMoments, coefficients]),
    ]
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let apply = { (f: Frame) in
      var normalisation = imageNormalisation(f, input, output: output)
      f.kernels.pointee.normalise(&normalisation, f[input], f[output])
    }
    return [Pass(.images(apply), [input, coefficients, imageCoefficients, output])]
  }

  private func sum(_ f: Frame, _ input: Buffer) {
    let (x, moments, first) = (f[input], f[imageMoments].doubles, f[imageCoefficients])
    if input.isNarrow {
      f.kernels.pointee.from_bf16(x, first, Int64(channels))
    } else {
      first.update(from: x, count: channels)
    }
    f.kernels.pointee.moments(
      x, input.isNarrow ? 1 : 0, first, Int64(pixels), Int64(channels), moments, moments + channels)
    let n = Double(pixels)
    for c in 0..<channels {
      let sum = moments[c]
      moments[c] = Double(first[c]) + sum / n
      moments[channels + c] -= sum * sum / n
    }
  }

  /// Combines the images' means and variances of some channels to the batch's (Chan, Golub and LeVeque, 1983).
  private func combineMoments(_ f: Frame, _ some: Range<Int>) {
    let n = Double(pixels)
    let (first, stride) = f.copies(of: imageMoments)
    let count = f.count
    for c in some {
      var (mean, squares) = (0.0, 0.0)
      for image in 0..<count {
        let moments = (first + image * stride).doubles
        let before = Double(image)
        let delta = moments[c] - mean
        mean += delta / (before + 1)
        squares += moments[channels + c] + delta * delta * n * before / (before + 1)
      }
      let total = n * Double(count)
      let variance = max(squares / total, 0)
      setCoefficients(f, c, mean: mean, variance: squares.isNaN ? .nan : variance)
      let momentum = f.run.statisticsMomentum ?? momentum
      blend(&f.run.statistics[runningMean + c], with: mean, momentum)
      blend(&f.run.statistics[runningVariance + c], with: squares / max(1, total - 1), momentum)
    }
  }

  private func blend(_ running: inout Float, with value: Double, _ momentum: Double) {
    running = Float((1 - momentum) * Double(running) + momentum * value)
  }

  private func setCoefficients(_ f: Frame, _ c: Int, mean: Double, variance: Double) {
    let inverse = 1 / (variance + eps).squareRoot()
    let table = f[coefficients] + c
    table[0] = Float(mean)
    table[channels] = Float(inverse)
    table[2 * channels] = Float(Double(f.run.parameters[weight + c]) * inverse)
    table[3 * channels] = f.run.parameters[bias + c]
  }

  /// The kernel's arguments for an image; with dropout, computed again whenever they are needed.
  private func imageNormalisation(
    _ f: Frame, _ input: Buffer, output: Buffer? = nil, dy: Buffer? = nil, dx: Buffer? = nil
  ) -> quire_normalisation {
    let table = f[coefficients]
    var (scale, offset) = (table + 2 * channels, table + 3 * channels)
    if let dropout {
      let own = f[imageCoefficients]
      let factor = own + 2 * channels
      quire_dropout_channels(
        factor, Int64(channels), Float(dropout.p), f.run.seed, f.dropoutCounter(node: dropout.node),
        UInt32(truncatingIfNeeded: f.image))
      for c in 0..<channels {
        own[c] = scale[c] * factor[c]
        own[channels + c] = offset[c] * factor[c]
      }
      (scale, offset) = (own, own + channels)
    }
    return quire_normalisation(
      mean: table, scale: scale, offset: offset, pixels: Int64(pixels), channels: Int64(channels),
      relu: relu ? 1 : 0, x_bf16: input.isNarrow ? 1 : 0, dy_bf16: dy?.isNarrow == true ? 1 : 0,
      y_bf16: output?.isNarrow == true ? 1 : 0, dx_bf16: dx?.isNarrow == true ? 1 : 0)
  }

  func observeGradient(_ values: StepValues, _ outputGradient: Buffer) -> [Pass] {
    let input = values.input
    let sums = { (f: Frame) in
      var normalisation = imageNormalisation(f, input, dy: outputGradient)
      let sums = f[imageSums].doubles
      f.kernels.pointee.normalise_sums(&normalisation, f[input], f[outputGradient], sums, sums + channels)
      guard dropout != nil else { return }
      let factor = f[imageCoefficients] + 2 * channels
      for c in 0..<2 * channels { sums[c] *= Double(factor[c % channels]) }
    }
    return [
      Pass(.images(sums), [input, coefficients, imageCoefficients, outputGradient, imageSums]),
      Pass(.split(count: channels, combineSums), [imageSums, coefficients]),
    ]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    guard let dx = gradients.input else { return [] }
    let (input, dy) = (values.input, gradients.output)
    let apply = { (f: Frame) in
      var normalisation = imageNormalisation(f, input, dy: dy, dx: dx)
      let table = f[coefficients]
      f.kernels.pointee.normalise_backward(
        &normalisation, f[input], f[dy], normalisation.scale, table + 4 * channels, table + 5 * channels,
        f[dx])
    }
    return [Pass(.images(apply), [input, coefficients, imageCoefficients, dy, dx])]
  }

  private func combineSums(_ f: Frame, _ some: Range<Int>) {
    let table = f[coefficients]
    let (first, stride) = f.copies(of: imageSums)
    let count = f.count
    let total = Double(pixels * count)
    for c in some {
      var (sum, product) = (0.0, 0.0)
      for image in 0..<count {
        let sums = (first + image * stride).doubles
        sum += sums[c]
        product += sums[channels + c]
      }
      let (inverse, scale) = (Double(table[channels + c]), Double(table[2 * channels + c]))
      f.run.gradients[weight + c] = Float(product * inverse)
      f.run.gradients[bias + c] = Float(sum)
      table[4 * channels + c] = !usesBatch ? 0 : Float(-scale * inverse * inverse * product / total)
      table[5 * channels + c] = !usesBatch ? 0 : Float(-scale * sum / total)
    }
  }
}
