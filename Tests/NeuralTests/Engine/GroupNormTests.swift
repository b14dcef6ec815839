import Testing

@testable import Neural

/// Group normalisation against its definition, at sizes that fill the vectors in part, on every instruction set the
/// machine has.
@Suite struct GroupNormTests {
  static let seed: UInt64 = 20_261_130

  /// The definition, sums in double over two passes. Numbers are [image][channel][pixel].
  struct Naive {
    var output: [Float]
    var inputGradient: [Float]
    var weightGradient: [Float]
    var biasGradient: [Float]

    init(_ x: [Float], _ dy: [Float], weight: [Float], bias: [Float], groups: Int, pixels: Int, eps: Double) {
      let channels = weight.count
      let size = channels / groups * pixels
      (output, inputGradient) = (x, x)
      var (dweight, dbias) = (
        [Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels)
      )
      for start in stride(from: 0, to: x.count, by: size) {
        let group = start..<start + size
        func channel(_ i: Int) -> Int { i / pixels % channels }
        func sum(_ term: (Int) -> Double) -> Double { group.reduce(0) { $0 + term($1) } }
        let mean = sum { Double(x[$0]) } / Double(size)
        let variance = sum { (Double(x[$0]) - mean) * (Double(x[$0]) - mean) } / Double(size)
        let inverse = 1 / (variance + eps).squareRoot()
        func normal(_ i: Int) -> Double { (Double(x[i]) - mean) * inverse }
        func gradient(_ i: Int) -> Double { Double(dy[i]) * Double(weight[channel(i)]) }
        let constant = sum(gradient) / Double(size)
        let factor = sum { gradient($0) * normal($0) } / Double(size)
        for i in group {
          let c = channel(i)
          output[i] = Float(normal(i) * Double(weight[c]) + Double(bias[c]))
          inputGradient[i] = Float(inverse * (gradient(i) - constant - normal(i) * factor))
          dweight[c] += Double(dy[i]) * normal(i)
          dbias[c] += Double(dy[i])
        }
      }
      (weightGradient, biasGradient) = (dweight.map { Float($0) }, dbias.map { Float($0) })
    }
  }

  /// A wrong statistic or gradient trains another model than PyTorch does.
  @Test(
    arguments: [(1, 1, 3), (1, 8, 1), (2, 6, 5), (4, 4, 2), (3, 33, 4), (8, 64, 3), (2, 34, 9)],
    InstructionSet.supported)
  func equalsItsDefinition(_ sizes: (groups: Int, channels: Int, side: Int), _ kernels: String) throws {
    let (groups, channels) = (sizes.groups, sizes.channels)
    let model = try model([GroupNorm(groups, channels)], input: Shape(channels, sizes.side, sizes.side))
    // A mean far from 0 must cost no digits beyond those that the input itself has lost.
    let x = normals(3 * model.input.elements, seed: Self.seed, 1).map { $0 + 30 }
    let dy = normals(x.count, seed: Self.seed, 2)
    let (weight, bias) = (normals(channels, seed: Self.seed, 3), normals(channels, seed: Self.seed, 4))
    let probe = try Probe(
      model, input: x, gradient: dy,
      state: [
        "0.weight": Tensor(shape: [channels], values: weight),
        "0.bias": Tensor(shape: [channels], values: bias),
      ], kernels: kernels)
    let naive = Naive(
      x, dy, weight: weight, bias: bias, groups: groups, pixels: sizes.side * sizes.side, eps: 1e-5)
    func expect(_ found: [Float], _ reference: [Float], _ name: String) {
      let deviation = Deviation(found, reference)
      #expect(deviation.largest <= 2e-5, "\(name): \(deviation) (seed \(Self.seed))")
    }
    expect(probe.output, naive.output, "output")
    expect(probe.inputGradient, naive.inputGradient, "input's gradient")
    expect(try #require(probe.gradients["0.weight"]).values, naive.weightGradient, "weight's gradient")
    expect(try #require(probe.gradients["0.bias"]).values, naive.biasGradient, "bias's gradient")
  }

  /// Values between layers in bfloat16 cost as many digits as they have, and not more.
  @Test(arguments: InstructionSet.supported) func readsAndWritesHalves(_ kernels: String) throws {
    let model = try model(
      [SiLU(), GroupNorm(3, 12), ReLU(), GroupNorm(2, 12)], input: Shape(12, 6, 7), seed: 2)
    let (x, dy) = (normals(3 * model.input.elements, seed: 1), normals(3 * model.input.elements, seed: 2))
    let exact = try Probe(model, input: x, gradient: dy, kernels: kernels)
    let mixed = try Probe(model, input: x, gradient: dy, kernels: kernels, precision: .mixedBFloat16)
    #expect(mixed.inputGradient != exact.inputGradient)
    #expect(Deviation(mixed.output, exact.output).norm < 1e-2)
    #expect(Deviation(mixed.inputGradient, exact.inputGradient).norm < 3e-2)
    for name in ["1.weight", "1.bias", "3.weight", "3.bias"] {
      let (found, expected) = (try #require(mixed.gradients[name]), try #require(exact.gradients[name]))
      #expect(Deviation(found.values, expected.values).norm < 3e-2, "\(name)")
    }
  }

  /// One image's output depends on no other image, and evaluation computes what training does.
  @Test func evaluationEqualsTraining() throws {
    let model = try model([GroupNorm(3, 12)], input: Shape(12, 5, 5))
    let x = normals(4 * model.input.elements, seed: 5)
    let training = try Probe(model, input: x, gradient: x)
    #expect(try Probe(model, input: x, gradient: nil).output == training.output)
    let one = Array(x.prefix(model.input.elements))
    #expect(try Probe(model, input: one, gradient: nil).output == Array(training.output.prefix(one.count)))
  }

  /// A mistake is named before anything runs.
  @Test func whatDoesNotFitIsRefused() {
    for (layer, message) in [
      (GroupNorm(5, 12), "GroupNorm '0': numGroups must be a divisor of 12 channels, found 5"),
      (
        GroupNorm(2, 6),
        "GroupNorm '0' expects 6 input channels, found 12×4×4 (channels×height×width) from the layer before it"
      ),
      (GroupNorm(0, 12), "GroupNorm '0': numGroups must be in 1…1,048,576, found 0"),
      (GroupNorm(3, 12, eps: 0), "GroupNorm '0': eps must be above 0 and at most 1, found 0.0"),
    ] {
      let error = #expect(throws: ModelError.self) { try model([layer], input: Shape(12, 4, 4)) }
      #expect(error?.description == message)
    }
  }
}
