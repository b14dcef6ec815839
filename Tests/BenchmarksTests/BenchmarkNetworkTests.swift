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

  @Test func theAssignmentHasTwentyThreeUnitsToTime() throws {
    let units = NetworkUnit.all(of: try BenchmarkNetwork.assignment.model())
    #expect(units.count == 23)
    #expect(units.map(\.isFirst) == [true] + Array(repeating: false, count: 22))
    #expect(units[21].output == Shape(16, 16, 16))
    let forward = try units.reduce(0) { try $0 + $1.work().forward }
    #expect(abs(forward / 2 - 200.1e6) < 0.1e6, "\(forward)")
    let training = try units.reduce(0) { try $0 + $1.work().training }
    // The gradient of the images is not needed: 3 channels with 3×3 taps.
    #expect(training == 3 * forward - 2 * Double(3 * 9 * 32 * 32))
  }

  /// `quire bench ops` failed for networks without global average pooling.
  @Test(arguments: BenchmarkNetwork.allCases)
  func everyUnitFitsASmallNetwork(network: BenchmarkNetwork) throws {
    let whole = try network.model()
    let units = NetworkUnit.all(of: whole)
    let products = whole.graph.nodes.filter { $0.operation is Conv2d || $0.operation is Linear }
    #expect(units.count == products.count)
    let setting = try Setting(Workload(network), threads: 1)
    for unit in units {
      let (with, without) = try unit.models()
      #expect(with.input == unit.input)
      #expect(without.input == unit.input)
      #expect(try unit.kernel(setting) != nil)
    }
  }

  /// A user learns from the kernel what an edit of his network costs.
  @Test func kernelsAreNamedWithTheirReasons() throws {
    func kernels(_ network: BenchmarkNetwork, _ batchSize: Int = 64) throws -> [String] {
      let setting = try Setting(Workload(network), threads: 1, batchSize: batchSize)
      return try NetworkUnit.all(of: setting.workload.model).compactMap {
        try $0.kernel(setting).map { "\($0.name): \($0.reason)" }
      }
    }
    #expect(try kernels(.mlp) == Array(repeating: "linear product: batch at once", count: 3))
    let assignment = try kernels(.assignment)
    #expect(assignment[0] == "depthwise 3×3: one filter per channel, stride 1")
    #expect(assignment[1] == "pointwise product: 1×1, stride 1")
    #expect(assignment[14] == "Winograd F(4×4, 3×3): stride 1, one group, the size stays")
    #expect(assignment[21] == "direct: no Winograd: stride 2")
    #expect(try kernels(.lenet)[0] == "direct: no Winograd: padding 0 changes the size")
    #expect(try kernels(.depthwise5SiLU)[2] == "channels as vectors: one 5×5 filter per channel, stride 1")
    #expect(try kernels(.resnet18At224)[0] == "direct: no Winograd: stride 2")
    #expect(try kernels(.deepVGG)[8].hasPrefix("Winograd F(4×4, 3×3), batch at once: "))
  }
}
