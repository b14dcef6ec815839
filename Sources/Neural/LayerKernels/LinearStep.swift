import CKernels
import COpenBLAS

/// y = x·Wᵀ + b over the whole batch, divided among the threads by panels of 16 columns.
struct LinearStep: PlanStep {
  private let inputs: Int
  private let outputs: Int
  private let weight: Int
  private let bias: Int?

  /// [panel of outputs][in][16] and its bias, [panel of inputs][out][16], and dy as [panel of outputs][image][16]
  /// for a batch's images.
  private let packed: Buffer
  private let packedBias: Buffer
  private let packedTransposed: Buffer
  private let packedGradient: Buffer

  private let inputStride: Int
  private let outputStride: Int
  /// By image: offsets into input, output and their gradients; by feature: into an input and into the weights.
  private let inputRows: OffsetTable
  private let outputRows: OffsetTable
  private let gradientRows: OffsetTable
  private let features: OffsetTable
  private let weightRows: OffsetTable
  private let origin: OffsetTable

  /// Rows of weights whose gradients a thread adds together, and those that one product adds: few enough that their
  /// inputs of all images stay in the caches for every panel of outputs.
  private static let rowsAtOnce = 96
  private static let rowsOfProduct = 24
  /// The number of weights above which loading OpenBLAS, which takes 5 ms, is worthwhile where it is faster.
  private static let weightsForOpenBLAS = 1 << 16

  /// `nil` if an offset does not fit 32 bits.
  init?(
    inputs: Int, outputs: Int, batchSize: Int, inputStride: Int, weight: Int, bias: Int?,
    buffers: inout BufferList
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.weight = weight
    self.bias = bias
    self.inputStride = inputStride
    outputStride = CacheLine.aligned(outputs)
    let outputStride = outputStride
    guard let inputRows = OffsetTable((0..<batchSize).map { $0 * inputStride }),
      let outputRows = OffsetTable((0..<batchSize).map { $0 * outputStride }),
      let gradientRows = OffsetTable((0..<batchSize).map { $0 * CacheLine.aligned(inputs) }),
      let features = OffsetTable(Array(0..<inputs)),
      let weightRows = OffsetTable((0..<inputs).map { $0 * outputs }),
      let origin = OffsetTable([0])
    else { return nil }
    self.inputRows = inputRows
    self.outputRows = outputRows
    self.gradientRows = gradientRows
    self.features = features
    self.weightRows = weightRows
    self.origin = origin
    packed = buffers.shared(inputs * panels(outputs) * 16)
    packedBias = buffers.shared(panels(outputs) * 16)
    packedTransposed = buffers.shared(outputs * panels(inputs) * 16)
    packedGradient = buffers.shared(batchSize * panels(outputs) * 16)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { false }
  var readsNarrow: Bool { false }
  var writesNarrow: (output: Bool, gradient: Bool) { (false, false) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] { [] }

  func prepare(_ phase: Phase) -> [Preparation] {
    switch phase {
    case .forward:
      let body = { (f: Frame) in
        f.kernels.pointee.pack(
          f.run.parameters + weight, Int64(inputs), Int64(outputs), Int64(outputs), f[packed])
        guard let bias else { return }
        f.kernels.pointee.pack(f.run.parameters + bias, 1, Int64(outputs), Int64(outputs), f[packedBias])
      }
      return [Preparation(body: body, buffers: [packed, packedBias])]
    case .backward:
      let body = { (f: Frame) in
        quire_pack_transposed(
          f.run.parameters + weight, Int64(outputs), Int64(inputs), Int64(outputs), Int64(outputs * 16),
          f[packedTransposed])
      }
      return [Preparation(body: body, buffers: [packedTransposed])]
    }
  }

  /// The number of columns of some panels.
  private func columns(_ part: Range<Int>, of all: Int) -> Int {
    min(all, part.upperBound * 16) - part.lowerBound * 16
  }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame, part: Range<Int>) in
      let first = part.lowerBound * 16
      var product = quire_product(
        a: f[input], rows: inputRows.pointer, segments: origin.pointer, a_step: 1,
        b: f[packed] + first * inputs,
        bias: bias == nil ? nil : UnsafePointer(f[packedBias] + first), c: f[output] + first,
        c_rows: outputRows.pointer, row_count: Int64(f.count), segment_count: 1, length: Int64(inputs),
        columns: Int64(columns(part, of: outputs)), accumulate: 0, relu: 0, c_bf16: 0)
      f.kernels.pointee.product(&product)
    }
    return [Pass(.split(count: panels(outputs), body), [input, output, packed, packedBias])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let input = values.input
    let pack = { (f: Frame, part: Range<Int>) in
      for panel in part { packGradient(f, panel, dy: f[gradients.output]) }
    }
    let weights = { (f: Frame, part: Range<Int>) in
      for block in part {
        let first = block * Self.rowsAtOnce
        let rows = first..<min(inputs, first + Self.rowsAtOnce)
        if !setByOpenBLAS(f, rows, x: f[input], dy: f[gradients.output]) {
          weightGradients(f, rows, x: f[input])
        }
      }
    }
    let blocks = (inputs + Self.rowsAtOnce - 1) / Self.rowsAtOnce
    var passes = [
      Pass(.split(count: panels(outputs), pack), [gradients.output, packedGradient]),
      Pass(.split(count: blocks, weights), [input, gradients.output, packedGradient]),
    ]
    if let dx = gradients.input {
      let body = { (f: Frame, part: Range<Int>) in
        let first = part.lowerBound * 16
        var product = quire_product(
          a: f[gradients.output], rows: outputRows.pointer, segments: origin.pointer, a_step: 1,
          b: f[packedTransposed] + first * outputs, bias: nil, c: f[dx] + first, c_rows: gradientRows.pointer,
          row_count: Int64(f.count), segment_count: 1, length: Int64(outputs),
          columns: Int64(columns(part, of: inputs)), accumulate: 0, relu: 0, c_bf16: 0)
        f.kernels.pointee.product(&product)
      }
      passes.append(
        Pass(.split(count: panels(inputs), body), [gradients.output, packedTransposed, dx]))
    }
    return passes
  }

  /// Packs a panel of dy and sets the bias gradient to its sums over the images.
  private func packGradient(_ f: Frame, _ panel: Int, dy: UnsafePointer<Float>) {
    let first = panel * 16
    let width = min(16, outputs - first)
    let packed = f[packedGradient] + first * f.count
    f.kernels.pointee.pack(dy + first, Int64(f.count), Int64(width), Int64(outputStride), packed)
    guard let bias else { return }
    for column in 0..<width {
      f.run.gradients[bias + first + column] = (0..<f.count).reduce(0) { $0 + packed[$1 * 16 + column] }
    }
  }

  /// ``weightGradients(_:_:x:)`` with OpenBLAS. Blocks, and therefore bytes, are the same for any number of
  /// threads.
  ///
  /// - Returns: `false` if nothing was done.
  private func setByOpenBLAS(
    _ f: Frame, _ rows: Range<Int>, x: UnsafePointer<Float>, dy: UnsafePointer<Float>
  ) -> Bool {
    guard f.run.usesOpenBLAS, f.kernels.pointee.openblas_computes_gradients != 0,
      inputs * outputs >= Self.weightsForOpenBLAS
    else { return false }
    return quire_openblas_product(
      Int64(rows.count), Int64(outputs), Int64(f.count), x + rows.lowerBound, Int64(inputStride), 1, dy,
      Int64(outputStride), 0, f.run.gradients + weight + rows.lowerBound * outputs, Int64(outputs)) != 0
  }

  /// dW[some of in][out] = Σ over the images of x · dy.
  private func weightGradients(_ f: Frame, _ rows: Range<Int>, x: UnsafePointer<Float>) {
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsOfProduct) {
      var product = quire_product(
        a: x, rows: features.pointer + first, segments: origin.pointer, a_step: Int64(inputStride),
        b: f[packedGradient], bias: nil, c: f.run.gradients + weight, c_rows: weightRows.pointer + first,
        row_count: Int64(min(Self.rowsOfProduct, rows.upperBound - first)), segment_count: 1,
        length: Int64(f.count), columns: Int64(outputs), accumulate: 0, relu: 0, c_bf16: 0)
      f.kernels.pointee.product(&product)
    }
  }
}
