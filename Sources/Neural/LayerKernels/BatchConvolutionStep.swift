import CKernels
import COpenBLAS

/// ``ConvolutionStep`` for layers with more weights than pixels, such as `Linear`: over all images of a batch at once.
///
/// Threads divide the channels. Each packs the weights of its channels and multiplies them by every pixel of the batch,
/// so that packed weights never reach memory. Weight gradients are sums over the whole batch and need no copies for
/// groups of images. OpenBLAS does not compute outputs, because its rounding depends on the number of images.
struct BatchConvolutionStep: PlanStep {
  private let geometry: ConvolutionGeometry
  private let parameters: ConvolutionParameters
  private let batch: BatchGeometry

  /// The padded images, for the forward pass and the weight gradients, and the padded output gradients.
  private let padded: Buffer?
  private let paddedAgain: Buffer?
  private let paddedGradient: Buffer?
  /// Some panels of weights, [panel][tap][in][16] or [panel][tap][out][16]; behind them their biases, [panel][16].
  private let packed: Buffer
  private let packedTransposed: Buffer
  /// The output gradient of all images, [chunk of images][group][panel][pixel][16], and a panel's sums of it; some
  /// channels of a chunk's inputs, [pixel][channel].
  private let packedGradient: Buffer
  private let panelSums: Buffer
  private let packedInput: Buffer

  /// The number of weights above which loading OpenBLAS, which takes 5 ms, is worthwhile where it is faster.
  private static let weightsForOpenBLAS = 1 << 16
  /// The number of weights below which they stay in the cache from image to image, and the pixels of an image above
  /// which reading them takes little time.
  private static let fewestWeights = 1 << 15
  private static let mostPixels = 256

  /// Whether it is faster than ``ConvolutionStep`` and ``PointwiseStep``.
  static func suits(_ c: Convolution, output: Shape, options: CompilerOptions) -> Bool {
    let weights = c.kernelSize * c.kernelSize * c.inChannels * c.outChannels / c.groups
    return !options.isMixed && !c.isChannelwise && weights >= fewestWeights
      && output.height * output.width <= mostPixels
  }

  /// - Parameter inputStride: the distance in floats between the inputs of two images.
  ///
  /// `nil` if an offset does not fit 32 bits.
  init?(
    _ geometry: ConvolutionGeometry, inputStride: Int, _ parameters: ConvolutionParameters,
    options: CompilerOptions, buffers: inout BufferList
  ) {
    let c = geometry.convolution
    guard let batch = BatchGeometry(geometry, inputStride: inputStride, batchSize: options.batchSize) else {
      return nil
    }
    self.geometry = geometry
    self.parameters = parameters
    self.batch = batch
    padded = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedAgain = geometry.margins.isEmpty ? nil : buffers.perImage(geometry.paddedElements)
    paddedGradient =
      geometry.gradientMargins.isEmpty ? nil : buffers.perImage(geometry.paddedGradientElements)
    let (inputs, outputs) = (c.inChannels / c.groups, c.outChannels / c.groups)
    let taps = geometry.taps.count
    packed = buffers.perWorker((taps * inputs + 1) * BatchGeometry.panelsAtOnce * 16)
    packedTransposed = buffers.perWorker(taps * outputs * BatchGeometry.panelsAtOnce * 16)
    packedGradient = buffers.shared(
      options.trains ? c.groups * panels(outputs) * options.batchSize * geometry.pixels * 16 : 0)
    panelSums = buffers.perWorker(16)
    packedInput = buffers.perWorker(
      batch.imagesAtOnce * geometry.pixels * BatchGeometry.channelsAtOnce)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { [] }

  private var groups: Int { geometry.convolution.groups }
  private var inputs: Int { geometry.convolution.inChannels / groups }
  private var outputs: Int { geometry.convolution.outChannels / groups }
  private var groupWeights: Int { geometry.taps.count * inputs * outputs }

  func prepare(_ phase: Phase) -> [Preparation] {
    guard phase == .forward, parameters.isFolded else { return [] }
    return [Preparation(body: parameters.fold, buffers: parameters.buffers)]
  }

  // MARK: Forward

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let source = padded ?? input
    let multiply = { (f: Frame, part: Range<Int>) in
      var ready: BatchGeometry.Columns?
      for index in part {
        let task = batch.forward[index]
        let images = task.images.clamped(to: 0..<f.count)
        guard !images.isEmpty else { continue }
        if ready != task.columns { pack(f, task.columns) }
        ready = task.columns
        self.multiply(f, task.columns, images, source, output)
      }
    }
    return pad(input, geometry.input, geometry.margins, into: padded) + [
      Pass(.split(count: batch.forward.count, multiply), [source, output, packed] + parameters.buffers)
    ]
  }

  private func pad(_ source: Buffer, _ shape: Shape, _ margins: Margins, into target: Buffer?) -> [Pass] {
    guard let target else { return [] }
    return [
      Pass(
        .images { f in Neural.pad(f[source], shape, margins, into: f[target]) }, [source, target])
    ]
  }

  /// The weights of some columns, and their biases.
  private func pack(_ f: Frame, _ columns: BatchGeometry.Columns) {
    let rows = geometry.taps.count * inputs
    let first = columns.panels.lowerBound * 16
    let width = Int64(min(outputs, columns.panels.upperBound * 16) - first)
    f.kernels.pointee.pack(
      parameters.weights(f) + columns.group * groupWeights + first, Int64(rows), width, Int64(outputs),
      f[packed])
    guard let bias = parameters.bias(f) else { return }
    f.kernels.pointee.pack(
      bias + columns.group * outputs + first, 1, width, Int64(outputs),
      f[packed] + columns.panels.count * rows * 16)
  }

  private func multiply(
    _ f: Frame, _ columns: BatchGeometry.Columns, _ images: Range<Int>, _ source: Buffer, _ output: Buffer
  ) {
    let (first, pixels) = (columns.panels.lowerBound * 16, geometry.pixels)
    let rows = geometry.taps.count * inputs
    var product = quire_product(
      a: f[source, image: 0] + columns.group * inputs, rows: batch.rows.pointer + images.lowerBound * pixels,
      segments: geometry.runs.pointer, a_step: 1, b: f[packed],
      bias: parameters.hasBias ? UnsafePointer(f[packed] + columns.panels.count * rows * 16) : nil,
      c: f[output, image: 0] + columns.group * outputs + first,
      c_rows: batch.outRows.pointer + images.lowerBound * pixels, row_count: Int64(images.count * pixels),
      segment_count: Int64(geometry.runs.count), length: Int64(geometry.runLength * inputs),
      columns: Int64(min(outputs, columns.panels.upperBound * 16) - first), accumulate: 0,
      relu: parameters.relu ? 1 : 0, c_bf16: 0)
    f.kernels.pointee.product(&product)
  }

  // MARK: Backward

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy) = (values.input, gradients.output)
    let source = paddedAgain ?? input
    let weights = { (f: Frame, part: Range<Int>) in
      for index in part { weightGradients(f, batch.weights[index], source, dy) }
    }
    let pack = { (f: Frame, part: Range<Int>) in
      for index in part {
        packGradient(f, dy, panel: index / batch.chunks, chunk: index % batch.chunks)
      }
    }
    let allPanels = groups * panels(outputs)
    var passes = pad(input, geometry.input, geometry.margins, into: paddedAgain)
    passes += [
      Pass(.split(count: allPanels * batch.chunks, pack), [dy, packedGradient]),
      Pass(.split(count: batch.weights.count, weights), [source, dy, packedGradient, packedInput]),
    ]
    if parameters.hasBias {
      let sum = { (f: Frame, part: Range<Int>) in for panel in part { biasGradients(f, panel: panel) } }
      passes.append(Pass(.split(count: allPanels, sum), [packedGradient, panelSums]))
    }
    guard let dx = gradients.input else { return passes }
    let from = paddedGradient ?? dy
    let body = { (f: Frame, part: Range<Int>) in
      var ready: BatchGeometry.Columns?
      for index in part {
        let task = batch.backward[index]
        let images = task.images.clamped(to: 0..<f.count)
        guard !images.isEmpty else { continue }
        if ready != task.columns { packTransposed(f, task.columns) }
        ready = task.columns
        inputGradient(f, task.columns, images, from, dx)
      }
    }
    passes += pad(dy, geometry.output, geometry.gradientMargins, into: paddedGradient)
    passes.append(Pass(.split(count: batch.backward.count, body), [from, dx, packedTransposed]))
    return passes
  }

  /// The images of a chunk, and the start of its packed gradients.
  private func chunk(_ f: Frame, _ number: Int) -> (images: Range<Int>, start: Int) {
    let images = batch.images(ofChunk: number, of: f.count)
    return (images, images.lowerBound * groups * panels(outputs) * geometry.pixels * 16)
  }

  /// Packs a panel of dy for a chunk of images; the panels of all groups are numbered through.
  private func packGradient(_ f: Frame, _ dy: Buffer, panel: Int, chunk number: Int) {
    let (images, start) = chunk(f, number)
    guard !images.isEmpty else { return }
    let (pixels, channels) = (geometry.pixels, groups * outputs)
    let (group, column) = (panel / panels(outputs), panel % panels(outputs) * 16)
    let source = f[dy, image: images.lowerBound] + group * outputs + column
    let target = f[packedGradient] + start + panel * images.count * pixels * 16
    let width = Int64(min(16, outputs - column))
    let pack = f.kernels.pointee.pack
    if pixels == 1 {
      pack(source, Int64(images.count), width, Int64(batch.outputStride), target)
    } else if batch.outputStride == pixels * channels {
      pack(source, Int64(images.count * pixels), width, Int64(channels), target)
    } else {
      for image in 0..<images.count {
        pack(
          source + image * batch.outputStride, Int64(pixels), width, Int64(channels),
          target + image * pixels * 16)
      }
    }
  }

  /// Sets the bias gradients of a panel to the sums of its packed gradients.
  private func biasGradients(_ f: Frame, panel: Int) {
    guard let target = parameters.biasGradients(f) else { return }
    let sums = f[panelSums]
    sums.update(repeating: 0, count: 16)
    for number in 0..<batch.chunks {
      let (images, start) = chunk(f, number)
      let pixels = images.count * geometry.pixels
      f.kernels.pointee.column_sums(
        f[packedGradient] + start + panel * pixels * 16, 0, Int64(pixels), 16, sums)
    }
    let (group, column) = (panel / panels(outputs), panel % panels(outputs) * 16)
    (target + group * outputs + column).update(from: sums, count: min(16, outputs - column))
  }

  /// dW[tap][some of in][out] = Σ over the batch's pixels of x · dy, one chunk of images after the other.
  private func weightGradients(_ f: Frame, _ task: BatchGeometry.Rows, _ source: Buffer, _ dy: Buffer) {
    let first = task.tap * inputs + task.channels.lowerBound
    let target = parameters.weightGradients(f) + task.group * groupWeights + first * outputs
    if setByOpenBLAS(f, task.channels, source, dy, target) { return }
    for number in 0..<batch.chunks {
      let (images, start) = chunk(f, number)
      guard !images.isEmpty else { return }
      let pixels = images.count * geometry.pixels
      packInput(f, task, images, source)
      var product = quire_product(
        a: f[packedInput], rows: batch.channels.pointer, segments: batch.origin.pointer,
        a_step: Int64(BatchGeometry.channelsAtOnce),
        b: f[packedGradient] + start + task.group * panels(outputs) * pixels * 16, bias: nil, c: target,
        c_rows: geometry.weightOutRows.pointer, row_count: Int64(task.channels.count), segment_count: 1,
        length: Int64(pixels), columns: Int64(outputs), accumulate: number == 0 ? 0 : 1, relu: 0, c_bf16: 0)
      f.multiply(&product)
    }
  }

  /// Copies the channels that meet a tap's output pixels, [pixel][channels], so that neighbours are not a whole
  /// image line apart.
  private func packInput(_ f: Frame, _ task: BatchGeometry.Rows, _ images: Range<Int>, _ source: Buffer) {
    let offset = task.group * inputs + task.channels.lowerBound + Int(geometry.taps.pointer[task.tap])
    let (width, count) = (geometry.output.width, task.channels.count)
    let lines = batch.lines.pointer + images.lowerBound * geometry.output.height
    let x = f[source, image: 0] + offset
    var target = f[packedInput]
    for line in 0..<images.count * geometry.output.height {
      var pixel = x + Int(lines[line])
      for _ in 0..<width {
        target.update(from: pixel, count: count)
        target += BatchGeometry.channelsAtOnce
        pixel += geometry.step
      }
    }
  }

  /// The same with OpenBLAS for a `Linear` layer. Blocks, and therefore bytes, are the same for any number of threads.
  ///
  /// - Returns: `false` if nothing was done.
  private func setByOpenBLAS(
    _ f: Frame, _ channels: Range<Int>, _ input: Buffer, _ dy: Buffer,
    _ target: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard f.run.usesOpenBLAS, f.kernels.pointee.openblas_computes_gradients != 0,
      geometry.input.height * geometry.input.width == 1, groups == 1,
      groupWeights >= Self.weightsForOpenBLAS
    else { return false }
    return quire_openblas_product(
      Int64(channels.count), Int64(outputs), Int64(f.count), f[input, image: 0] + channels.lowerBound,
      Int64(batch.inputStride), 1, f[dy, image: 0], Int64(batch.outputStride), 0,
      target, Int64(outputs)) != 0
  }

  // MARK: Input gradient

  /// The transposed weights of some input channels.
  private func packTransposed(_ f: Frame, _ columns: BatchGeometry.Columns) {
    let first = columns.panels.lowerBound * 16
    let width = min(inputs, columns.panels.upperBound * 16) - first
    let taps = geometry.phases[columns.phase].tapNumbers
    for (index, tap) in taps.enumerated() {
      quire_pack_transposed(
        parameters.weights(f) + columns.group * groupWeights + (tap * inputs + first) * outputs,
        Int64(outputs), Int64(width), Int64(outputs), Int64(taps.count * outputs * 16),
        f[packedTransposed] + index * outputs * 16)
    }
  }

  /// dx[pixel][some of in] = Σ over taps and out of dy · W.
  private func inputGradient(
    _ f: Frame, _ columns: BatchGeometry.Columns, _ images: Range<Int>, _ source: Buffer, _ dx: Buffer
  ) {
    let (phase, rows) = (geometry.phases[columns.phase], batch.phases[columns.phase])
    let (first, pixels) = (columns.panels.lowerBound * 16, phase.rows.count)
    var product = quire_product(
      a: f[source, image: 0] + columns.group * outputs, rows: rows.rows.pointer + images.lowerBound * pixels,
      segments: phase.runs.pointer, a_step: 1, b: f[packedTransposed], bias: nil,
      c: f[dx, image: 0] + columns.group * inputs + first,
      c_rows: rows.outRows.pointer + images.lowerBound * pixels, row_count: Int64(images.count * pixels),
      segment_count: Int64(phase.runs.count), length: Int64(phase.runLength * outputs),
      columns: Int64(min(inputs, columns.panels.upperBound * 16) - first), accumulate: 0, relu: 0, c_bf16: 0)
    f.kernels.pointee.product(&product)
  }
}
