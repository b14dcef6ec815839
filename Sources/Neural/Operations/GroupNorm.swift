import CKernels

/// Normalisation over groups of a sample's channels (Wu and He, 2018; PyTorch: `nn.GroupNorm`).
///
/// A sample is normalised by the mean and biased variance of each group, then scaled and shifted by channel. It
/// does not depend on other samples, so it suits small batches, and evaluation computes the same as training.
///
///     GroupNorm(8, 64)
public struct GroupNorm: Operation {
  /// The number of groups, a divisor of the number of channels.
  public let numGroups: Int
  /// The number of channels.
  public let numChannels: Int
  /// Added to the variance; above 0 and at most 1.
  public let eps: Double

  /// Creates the layer.
  public init(_ numGroups: Int, _ numChannels: Int, eps: Double = 1e-5) {
    self.numGroups = numGroups
    self.numChannels = numChannels
    self.eps = eps
  }

  public var typeName: String { "GroupNorm" }
  public var contentDescription: String { "groupNorm \(numGroups) \(numChannels) \(eps)" }

  public func output(for input: Shape) throws(ModelError.Fact) -> Shape {
    try check("numGroups", numGroups, LayerRange.sizes)
    try check("numChannels", numChannels, LayerRange.sizes)
    try check("eps", eps, "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
    guard numChannels.isMultiple(of: numGroups) else {
      throw .value(name: "numGroups", expected: "a divisor of \(numChannels) channels", found: "\(numGroups)")
    }
    guard input.channels == numChannels else {
      throw .shape(
        expected: "\(numChannels) input channels", found: input,
        fitting: input.with(channels: numChannels))
    }
    return input
  }

  public var declaredOutput: DeclaredOutput { .inputShape }
  public var parameters: [ParameterSpecification] {
    [
      ParameterSpecification("weight", [numChannels], .ones),
      ParameterSpecification("bias", [numChannels], .zeros),
    ]
  }
  public func multiplyAdds(from input: Shape, to output: Shape) -> Int { 0 }
  /// The statistics depend on the whole image, but it counts as pointwise like the other normalisations.
  public var window: PixelWindow { .pixel }
  public var hasSummaryRow: Bool { true }
  /// The statistics include every pixel, in evaluations too.
  public func subsampled(by stride: Int) -> Subsampled? { nil }

  /// The following ReLU is computed in the same passes.
  public func lowered(_ node: inout Lowering) -> Lowered? {
    let relu = node.absorb(ReLU.self) != nil
    return .step(GroupNormStep(&node, groups: numGroups, eps: eps, relu: relu))
  }

  /// ONNX 17 normalises the instances of channels; here, a group is a channel.
  public func onnx(_ node: inout ONNXLowering) {
    let ones = node.numbers(Array(repeating: 1, count: numGroups), shape: [numGroups])
    let zeros = node.numbers(Array(repeating: 0, count: numGroups), shape: [numGroups])
    let (weight, bias) = (node.parameter("weight", node.perChannel), node.parameter("bias", node.perChannel))
    // 0 keeps the size of the batch.
    node.apply("Reshape", [node.integers([0, numGroups, -1])])
    node.apply("InstanceNormalization", [ones, zeros], ["epsilon": .number(eps)])
    node.apply("Reshape", [node.integers([0] + node.input.dimensions)])
    node.apply("Mul", [weight])
    node.apply("Add", [bias])
  }
}

/// y = relu((x − mean)·γ/σ + β), with mean and σ of the image's group. The kernels are those of batch
/// normalisation, which take a mean, a scale and an offset for each channel.
private struct GroupNormStep: PlanStep {
  private let pixels: Int
  private let channels: Int
  private let groups: Int
  private let eps: Double
  private let weight: Int
  private let bias: Int
  private let relu: Bool

  /// [4][channels] of the image: mean, 1/σ, γ/σ and β; stored for the backward pass.
  private let coefficients: Buffer
  /// [2][channels] of the image: the gradient's input factor and constant. In the forward pass, the image's first
  /// pixel.
  private let scratch: Buffer
  /// Doubles, [2][channels]: sums over the image's pixels.
  private let sums: Buffer
  /// The gradients of γ and β.
  private let weightSums: Buffer
  private let biasSums: Buffer

  init(_ node: inout Lowering, groups: Int, eps: Double, relu: Bool) {
    pixels = node.input.height * node.input.width
    channels = node.input.channels
    self.groups = groups
    self.eps = eps
    self.relu = relu
    weight = node.offset(of: "weight")
    bias = node.offset(of: "bias")
    coefficients = node.buffers.perImage(4 * channels)
    scratch = node.buffers.perImage(2 * channels)
    sums = node.buffers.perImage(4 * channels)
    weightSums = node.buffers.perGroup(channels)
    biasSums = node.buffers.perGroup(channels)
  }

  var isTrained: Bool { true }
  var isCheap: Bool { true }
  var readsNarrow: Bool { true }
  var writesNarrow: (output: Bool, gradient: Bool) { (true, true) }
  var backwardReads: (input: Bool, output: Bool) { (true, false) }
  var groupedGradients: [GroupedGradient] {
    [
      GroupedGradient(offset: weight, count: channels, sums: weightSums),
      GroupedGradient(offset: bias, count: channels, sums: biasSums),
    ]
  }

  func prepare(_ phase: Phase) -> [Preparation] { [] }

  func forward(_ values: StepValues) -> [Pass] {
    let (input, output) = (values.input, values.output)
    let body = { (f: Frame) in
      observe(f, input)
      var normalisation = normalisation(f, input)
      normalisation.y_bf16 = output.isNarrow ? 1 : 0
      f.kernels.pointee.normalise(&normalisation, f[input], f[output])
    }
    return [Pass(.images(body), [input, output, coefficients, scratch, sums])]
  }

  func backward(_ values: StepValues, _ gradients: Gradients) -> [Pass] {
    let (input, dy) = (values.input, gradients.output)
    let body = { (f: Frame) in
      var normalisation = normalisation(f, input)
      normalisation.dy_bf16 = dy.isNarrow ? 1 : 0
      let sums = f[sums].doubles
      f.kernels.pointee.normalise_sums(&normalisation, f[input], f[dy], sums, sums + channels)
      addGradients(f)
      guard let dx = gradients.input else { return }
      normalisation.dx_bf16 = dx.isNarrow ? 1 : 0
      let factors = f[scratch]
      f.kernels.pointee.normalise_backward(
        &normalisation, f[input], f[dy], normalisation.scale, factors, factors + channels, f[dx])
    }
    return [
      Pass(
        .gradients(body),
        [input, dy, gradients.input, coefficients, scratch, sums, weightSums, biasSums])
    ]
  }

  private func normalisation(_ f: Frame, _ input: Buffer) -> quire_normalisation {
    let table = f[coefficients]
    return quire_normalisation(
      mean: table, scale: table + 2 * channels, offset: table + 3 * channels, pixels: Int64(pixels),
      channels: Int64(channels), relu: relu ? 1 : 0, x_bf16: input.isNarrow ? 1 : 0, dy_bf16: 0, y_bf16: 0,
      dx_bf16: 0)
  }

  private func members(_ group: Int) -> Range<Int> {
    group * channels / groups..<(group + 1) * channels / groups
  }

  /// Sets the image's coefficients. Sums are taken around its first pixel, so that a large mean costs no digits.
  private func observe(_ f: Frame, _ input: Buffer) {
    let (x, first, sums, table) = (f[input], f[scratch], f[sums].doubles, f[coefficients])
    if input.isNarrow {
      f.kernels.pointee.from_bf16(x, first, Int64(channels))
    } else {
      first.update(from: x, count: channels)
    }
    f.kernels.pointee.moments(
      x, input.isNarrow ? 1 : 0, first, Int64(pixels), Int64(channels), sums, sums + channels)
    let (n, size) = (Double(pixels), Double(pixels * channels / groups))
    for group in 0..<groups {
      let mean = members(group).reduce(0.0) { $0 + n * Double(first[$1]) + sums[$1] } / size
      // Around the group's mean: a channel's squares around its first pixel, shifted by the distance between the
      // two.
      let squares = members(group).reduce(0.0) { total, c in
        let distance = Double(first[c]) - mean
        return total + sums[channels + c] + distance * (2 * sums[c] + n * distance)
      }
      let variance = squares.isNaN ? .nan : max(squares / size, 0)
      let inverse = 1 / (variance + eps).squareRoot()
      for c in members(group) {
        table[c] = Float(mean)
        table[channels + c] = Float(inverse)
        table[2 * channels + c] = Float(Double(f.run.parameters[weight + c]) * inverse)
        table[3 * channels + c] = f.run.parameters[bias + c]
      }
    }
  }

  /// Adds the gradients of γ and β, and sets the factors of the input gradient, from Σ dy and Σ dy·(x − mean) by
  /// channel.
  private func addGradients(_ f: Frame) {
    let (sums, table, factors) = (f[sums].doubles, f[coefficients], f[scratch])
    let (weightSums, biasSums) = (f[weightSums], f[biasSums])
    let size = Double(pixels * channels / groups)
    for group in 0..<groups {
      let inverse = Double(table[channels + members(group).lowerBound])
      var (sum, product) = (0.0, 0.0)
      for c in members(group) {
        let gamma = Double(f.run.parameters[weight + c])
        sum += gamma * sums[c]
        product += gamma * sums[channels + c]
        weightSums[c] += Float(sums[channels + c] * inverse)
        biasSums[c] += Float(sums[c])
      }
      for c in members(group) {
        factors[c] = Float(-inverse * inverse * inverse * product / size)
        factors[channels + c] = Float(-inverse * sum / size)
      }
    }
  }
}

extension GroupNorm: NormalisingOperation {
  var dependsOnBatch: Bool { false }
  func valuesPerStatistic(of input: Shape, batch: Int) -> Int {
    numChannels / numGroups * input.height * input.width
  }
}
