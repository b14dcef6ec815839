/// A convolution's weights and bias for its kernels: the model's own or, in an evaluation, with the following
/// normalisation folded in (Jacob et al., 2018).
///
/// With s = γ/√(variance + ε), the folded weights are w·s and the folded bias is (b − mean)·s + β.
struct ConvolutionParameters {
  /// The places of a normalisation's parameters and statistics in the arenas.
  struct Folding {
    var weight: Int
    var bias: Int
    var runningMean: Int
    var runningVariance: Int
    var eps: Double
    /// Whether a ReLU follows, which the convolution then applies too.
    var relu: Bool
  }

  private let weight: Int
  private let bias: Int?
  private let folding: Folding?
  private let groups: Int
  /// The number of rows of weights per group, and of their columns: [group][row][column]; columns are output
  /// channels.
  private let rows: Int
  private let columns: Int
  /// The gradients by group; `nil` if they are set at once, or in an evaluation.
  private let weightSums: Buffer?
  private let biasSums: Buffer?
  private let folded: Buffer?
  private let foldedBias: Buffer?

  init(
    _ c: Convolution, weight: Int, bias: Int?, folding: Folding?, addsByGroup: Bool,
    buffers: inout BufferList
  ) {
    self.weight = weight
    self.bias = bias
    self.folding = folding
    let taps = c.kernelSize * c.kernelSize
    groups = c.isChannelwise ? 1 : c.groups
    rows = taps * c.inChannels / c.groups
    columns = c.isChannelwise ? c.outChannels : c.outChannels / c.groups
    weightSums = addsByGroup ? buffers.perGroup(groups * rows * columns) : nil
    biasSums = addsByGroup && bias != nil ? buffers.perGroup(groups * columns) : nil
    folded = folding == nil ? nil : buffers.shared(groups * rows * columns)
    foldedBias = folding == nil ? nil : buffers.shared(groups * columns)
  }

  var hasBias: Bool { bias != nil || folding != nil }
  /// Whether a normalisation is folded in, which is repeated whenever parameters may have changed.
  var isFolded: Bool { folding != nil }
  var relu: Bool { folding?.relu ?? false }
  var buffers: [Buffer] { [folded, foldedBias].compactMap { $0 } }

  func weights(_ f: Frame) -> UnsafePointer<Float> {
    UnsafePointer(folded.map { f[$0] } ?? f.run.parameters + weight)
  }

  /// `nil` if there is no bias.
  func bias(_ f: Frame) -> UnsafePointer<Float>? {
    if let foldedBias { return UnsafePointer(f[foldedBias]) }
    return bias.map { UnsafePointer(f.run.parameters + $0) }
  }

  var groupedGradients: [GroupedGradient] {
    [
      weightSums.map { GroupedGradient(offset: weight, count: groups * rows * columns, sums: $0) },
      biasSums.map { GroupedGradient(offset: bias ?? 0, count: groups * columns, sums: $0) },
    ].compactMap { $0 }
  }

  var sums: [Buffer] { groupedGradients.map(\.sums) }

  /// The place where the gradients of the image's group are added, or those of the batch set.
  func weightGradients(_ f: Frame) -> UnsafeMutablePointer<Float> {
    weightSums.map { f[$0] } ?? f.run.gradients + weight
  }
  func biasGradients(_ f: Frame) -> UnsafeMutablePointer<Float>? {
    biasSums.map { f[$0] } ?? bias.map { f.run.gradients + $0 }
  }

  /// Folds the normalisation in. Run it before reading ``weights(_:)`` and ``bias(_:)``.
  func fold(_ f: Frame) {
    guard let folding, let folded, let foldedBias else { return }
    let (source, target) = (f.run.parameters + weight, f[folded])
    let (parameters, statistics, biases) = (f.run.parameters, f.run.statistics, f[foldedBias])
    for group in 0..<groups {
      for column in 0..<columns {
        let channel = group * columns + column
        let variance = Double(statistics[folding.runningVariance + channel])
        let scale = Double(parameters[folding.weight + channel]) / (variance + folding.eps).squareRoot()
        let own = bias.map { Double(parameters[$0 + channel]) } ?? 0
        biases[channel] = Float(
          (own - Double(statistics[folding.runningMean + channel])) * scale
            + Double(parameters[folding.bias + channel]))
        for row in 0..<rows {
          let index = (group * rows + row) * columns + column
          target[index] = Float(Double(source[index]) * scale)
        }
      }
    }
  }
}
