import Testing

@testable import Benchmarks
@testable import Neural

@Suite struct BenchmarkNetworkTests {
  /// PyTorch's counts of the same networks (`Benchmarks/networks.py`).
  @Test(arguments: [
    (BenchmarkNetwork.assignment, 199_368), (.resnet20, 269_722), (.vgg, 2_197_578), (.edited, 0),
  ])
  func networksAreThoseOfThePythonSide(network: BenchmarkNetwork, parameters: Int) throws {
    let model = try network.model()
    #expect(model.parameterCount == parameters)
    #expect(model.input == Shape(3, 32, 32))
    #expect(model.output == Shape(features: 10))
  }
}
