import Testing

@testable import Benchmarks
@testable import Neural

@Suite struct BenchmarkNetworkTests {
  /// PyTorch's counts for the same networks (`Benchmarks/networks`). Comparing different networks would give users
  /// wrong ratios.
  @Test(arguments: [
    (BenchmarkNetwork.assignment, 199_368), (.edited, 379_592), (.mlp, 4_206_602), (.lenet, 62_006),
    (.vgg, 2_196_810), (.deepVGG, 7_640_394), (.vggBN64, 1_175_786), (.conv5, 798_186),
    (.groupNormGELU, 1_148_874), (.resnet20, 269_722), (.resnet18At224, 11_007_818), (.grouped, 67_402),
    (.mobileNetV2, 955_338), (.depthwise5SiLU, 37_162),
  ])
  func networksAreThoseOfThePythonSide(network: BenchmarkNetwork, parameters: Int) throws {
    let model = try network.model()
    #expect(model.parameterCount == parameters)
    #expect(model.input == network.input)
    #expect(model.output == Shape(features: 10))
  }

  @Test func theAssignmentHasSixteenConvolutionsToTime() throws {
    let units = try NetworkUnit.all(of: BenchmarkNetwork.assignment.model())
    #expect(units.count == 16)
    #expect(units.map(\.isFirst) == [true] + Array(repeating: false, count: 15))
    #expect(units[15].output == Shape(16, 16, 16))
    let forward = try units.reduce(0) { try $0 + $1.operations().forward }
    // 200.1 million multiply-adds, minus the 160 of the linear layer.
    #expect(abs(forward / 2 - 200.1e6) < 0.1e6, "\(forward)")
    let training = try units.reduce(0) { try $0 + $1.operations().training }
    // The gradient of the images is not needed: 3 channels with 3×3 taps.
    #expect(training == 3 * forward - 2 * Double(3 * 9 * 32 * 32))
  }

  @Test(arguments: BenchmarkNetwork.allCases)
  func everyUnitFitsASmallNetwork(network: BenchmarkNetwork) throws {
    let whole = try network.model()
    guard whole.graph.nodes.contains(where: { ($0.operation as? AdaptiveAvgPool2d)?.outputSize == 1 }) else {
      return
    }
    var shape = whole.input
    for unit in try NetworkUnit.all(of: whole) {
      #expect(unit.input == shape)
      shape = unit.output
      let (with, without) = try unit.models()
      #expect(with.output == without.output)
    }
  }
}
