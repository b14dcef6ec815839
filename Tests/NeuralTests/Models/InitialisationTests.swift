import Foundation
import Testing

@testable import Neural

/// Initial weights as `torch.nn.init` draws them, with Quire's random numbers.
@Suite struct InitialisationTests {
  private struct Reference: Decodable {
    struct Numbers: Decodable {
      var conv, linear: [String: Double]
      var dirac: [String: [Float]]
    }
    var initialisations: Numbers
  }

  private static let rules: [(String, WeightInitialisation)] = [
    ("kaimingNormal-fanIn", .kaimingNormal(mode: .fanIn)),
    ("kaimingNormal-fanOut", .kaimingNormal(mode: .fanOut)),
    ("kaimingUniform-fanIn", .kaimingUniform(mode: .fanIn)),
    ("kaimingUniform-fanOut", .kaimingUniform(mode: .fanOut)),
    ("xavierNormal", .xavierNormal), ("xavierUniform", .xavierUniform),
  ]

  private func reference() throws -> Reference.Numbers {
    try JSONDecoder().decode(Reference.self, from: Fixtures.data("recipes.json")).initialisations
  }

  @Test(arguments: rules) func scalesArePyTorchs(name: String, rule: WeightInitialisation) throws {
    let reference = try reference()
    for (shape, expected) in [([8, 6, 5, 5], reference.conv), ([10, 40], reference.linear)] {
      let found = try #require(rule.distribution(of: shape))
      let number =
        switch found {
        case .uniform(let bound): bound
        case .normal(let deviation): deviation
        }
      let theirs = try #require(expected[name])
      #expect(abs(number - theirs) < 1e-12, "\(shape)")
    }
  }

  private func model(_ rule: WeightInitialisation) throws -> Model {
    try Model("Net", input: Shape(4, 8, 8), seed: 3, initialisation: rule) {
      Conv2d(4, 32, kernelSize: 3)
      BatchNorm2d(32)
      PReLU()
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(32, 50)
    }
  }

  @Test(arguments: rules) func weightsHaveTheScaleAndBiasesAreZero(name: String, rule: WeightInitialisation)
    throws
  {
    let state = try model(rule).state
    for name in ["0.weight", "5.weight"] {
      let weight = try #require(state[name])
      let deviation = weight.values.reduce(0) { $0 + Double($1 * $1) } / Double(weight.values.count)
      let expected: Double
      switch try #require(rule.distribution(of: weight.shape)) {
      case .uniform(let bound):
        expected = bound / 3.0.squareRoot()
        #expect(weight.values.allSatisfy { abs(Double($0)) <= bound })
      case .normal(let sigma): expected = sigma
      }
      #expect(abs(deviation.squareRoot() / expected - 1) < 0.1, "\(name)")
    }
    #expect(state["0.bias"]?.values.allSatisfy { $0 == 0 } == true)
    #expect(state["5.bias"]?.values.allSatisfy { $0 == 0 } == true)
    let standard = try model(.standard).state
    for name in ["1.weight", "1.bias", "1.running_var", "2.weight"] { #expect(state[name] == standard[name]) }
  }

  @Test func diracIsPyTorchsAndPassesImagesOn() throws {
    let reference = try reference().dirac
    #expect(WeightInitialisation.dirac([4, 6, 3, 3], groups: 1) == reference["plain"])
    #expect(WeightInitialisation.dirac([6, 2, 3, 3], groups: 3) == reference["grouped"])
    let standard = try model(.standard).state
    let state = try model(.dirac).state
    #expect(state["5.weight"] == standard["5.weight"])
    let depthwise = try Model("Same", input: Shape(6, 5, 5), initialisation: .dirac) {
      Conv2d(6, 6, kernelSize: 3, padding: 1, groups: 6)
      Flatten()
    }
    let image = (0..<150).map { Float($0) }
    #expect(try Probe(depthwise, input: image, gradient: nil).output == image)
  }
}
