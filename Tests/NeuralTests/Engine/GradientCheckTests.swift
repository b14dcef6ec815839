import Testing

@testable import Neural

/// Gradients against central differences of the forward pass, for operations without a fixture: dropout with a mask
/// fixed by the seed, sums, softmax, and fused units.
@Suite struct GradientCheckTests {
  static let seed: UInt64 = 7

  static let cases: [(name: String, layers: [any Layer], input: Shape)] = [
    ("SiLU", [SiLU()], Shape(3, 4, 5)),
    ("PReLU", [PReLU()], Shape(3, 3, 3)),
    ("PReLU for each channel", [PReLU(3)], Shape(3, 3, 3)),
    ("PReLU of features", [PReLU(7)], Shape(features: 7)),
    ("Hardswish", [Hardswish()], Shape(3, 4, 5)),
    ("Tanh", [Tanh()], Shape(3, 4, 5)),
    ("Sigmoid", [Sigmoid()], Shape(3, 4, 5)),
    ("GELU", [GELU()], Shape(3, 4, 5)),
    ("Dropout", [Dropout(0.4)], Shape(3, 4, 5)),
    ("Dropout2d", [Dropout2d(0.4)], Shape(9, 3, 3)),
    ("Softmax", [Softmax()], Shape(features: 7)),
    ("LogSoftmax", [LogSoftmax()], Shape(features: 7)),
    ("Flatten", [Flatten()], Shape(3, 2, 2)),
    ("AdaptiveAvgPool2d", [AdaptiveAvgPool2d(2)], Shape(3, 5, 5)),
    ("AvgPool2d", [AvgPool2d(3, stride: 2, padding: 1)], Shape(3, 5, 5)),
    ("Residual", [Residual { SiLU() }], Shape(3, 4, 4)),
    (
      "Residual with a shortcut",
      [
        SiLU(),
        Residual(
          shortcut: { Conv2d(3, 5, kernelSize: 1, stride: 2) },
          {
            Conv2d(3, 5, kernelSize: 3, stride: 2, padding: 1)
            SiLU()
          }), SiLU(),
      ], Shape(3, 4, 4)
    ),
    ("empty Residual", [Residual { Dropout(0) }], Shape(3, 4, 4)),
    (
      "nested Residual",
      [
        Residual {
          Residual { SiLU() }
          SiLU()
        }, SiLU(),
      ], Shape(2, 3, 3)
    ),
    ("GroupNorm", [GroupNorm(2, 6)], Shape(6, 3, 3)),
    ("GroupNorm of features", [GroupNorm(3, 12)], Shape(features: 12)),
    (
      "GroupNorm between layers",
      [Conv2d(3, 6, kernelSize: 1), GroupNorm(3, 6), SiLU(), Conv2d(6, 2, kernelSize: 1)], Shape(3, 3, 3)
    ),
    (
      "BatchNorm1d between layers", [Linear(7, 5, bias: false), BatchNorm1d(5), SiLU(), Linear(5, 3)],
      Shape(features: 7)
    ),
    ("BatchNorm2d and Dropout2d", [BatchNorm2d(3), Dropout2d(0.4)], Shape(3, 3, 3)),
    ("Flatten and Linear", [Flatten(), Linear(18, 5), SiLU(), Linear(5, 21)], Shape(2, 3, 3)),
    (
      "grouped, strided, dilated Conv2d",
      [Conv2d(4, 6, kernelSize: 3, stride: 2, padding: 2, dilation: 2, groups: 2)], Shape(4, 5, 6)
    ),
  ]

  @Test(arguments: cases.indices) func equalsDifferences(_ index: Int) throws {
    let test = Self.cases[index]
    let model = try model(test.layers, input: test.input, seed: Self.seed)
    let count = 3
    let x = normals(count * model.input.elements, seed: Self.seed, 1)
    let dy = normals(count * model.output.elements, seed: Self.seed, 2)
    func sum(_ input: [Float], _ state: [String: Tensor] = [:]) throws -> Double {
      let probe = try Probe(model, input: input, gradient: dy, state: state, seed: Self.seed, step: 5)
      return zip(probe.output, dy).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let probe = try Probe(model, input: x, gradient: dy, seed: Self.seed, step: 5)
    let size: Float = 1.0 / 256
    var differences: [Float] = []
    for i in x.indices {
      var (above, below) = (x, x)
      above[i] += size
      below[i] -= size
      differences.append(Float((try sum(above) - sum(below)) / Double(above[i] - below[i])))
    }
    let deviation = Deviation(probe.inputGradient, differences)
    #expect(deviation.norm < 2e-3, "\(test.name): \(deviation)")
    for (name, gradient) in probe.gradients {
      let start = try #require(model.state[name])
      let differences = try start.values.indices.map { i in
        var (above, below) = (start, start)
        above.values[i] += size
        below.values[i] -= size
        return Float(
          (try sum(x, [name: above]) - sum(x, [name: below])) / Double(above.values[i] - below.values[i]))
      }
      let deviation = Deviation(gradient.values, differences)
      #expect(deviation.norm < 2e-3, "\(test.name) \(name): \(deviation)")
    }
  }

  static let units: [(normalisation: any Layer, rest: [any Layer], input: Shape)] = [
    (BatchNorm2d(11), [Dropout2d(0.3)], Shape(11, 5, 6)),
    (GroupNorm(4, 12), [Dropout2d(0.3)], Shape(12, 5, 6)),
    (BatchNorm1d(12), [Dropout(0.3)], Shape(features: 12)),
  ]

  /// A normalisation fused with the ReLU and dropout behind it gives the same result as separate steps.
  @Test(arguments: units.indices) func fusedUnitEqualsItsParts(_ index: Int) throws {
    let (normalisation, rest, shape) = Self.units[index]
    let fused = try model([normalisation, ReLU()] + rest, input: shape)
    // The compiler does not fuse a LeakyReLU with slope 0, although it equals a ReLU.
    let parts = try model([normalisation, LeakyReLU(negativeSlope: 0)] + rest, input: shape)
    let x = normals(4 * shape.elements, seed: 3, 1)
    let dy = normals(x.count, seed: 3, 2)
    let a = try Probe(fused, input: x, gradient: dy, seed: 9, step: 2)
    let b = try Probe(parts, input: x, gradient: dy, seed: 9, step: 2)
    #expect(Deviation(a.output, b.output).largest < 1e-6)
    #expect(Deviation(a.inputGradient, b.inputGradient).largest < 1e-5)
    for name in ["0.weight", "0.bias"] {
      let (found, expected) = (try #require(a.gradients[name]), try #require(b.gradients[name]))
      #expect(Deviation(found.values, expected.values).largest < 1e-5)
    }
  }

  @Test func dropoutKeepsItsShareAndChangesWithTheStep() throws {
    let model = try model([Dropout(0.3)], input: Shape(10, 100, 10))
    let x = [Float](repeating: 1, count: 2 * model.input.elements)
    let a = try Probe(model, input: x, gradient: x, seed: 1, step: 1)
    let b = try Probe(model, input: x, gradient: x, seed: 1, step: 2)
    let kept = Double(a.output.count { $0 != 0 }) / Double(x.count)
    #expect(abs(kept - 0.7) < 0.02)
    #expect(a.output.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    #expect(a.inputGradient == a.output)
    #expect(a.output != b.output)
    #expect(a.output.prefix(10_000) != a.output.suffix(10_000))
    #expect(try Probe(model, input: x, gradient: nil).output == x)
  }
}
