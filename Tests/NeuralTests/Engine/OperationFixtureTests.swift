import Foundation
import Testing

@testable import Neural

/// Each operation against PyTorch (`Fixtures/ops`, written by `scripts/make-fixtures ops`): output, gradients of
/// input and parameters, running statistics; on every instruction set of the machine.
@Suite struct OperationFixtureTests {
  static let tolerance = 1e-5

  static let cases: [(file: String, kernels: String, usesOpenBLAS: Bool)] =
    ((try? SafetensorsFixture.names(in: "ops")) ?? []).filter { !$0.hasPrefix("crossentropy") }
    .flatMap { file in OpenBLASTests.contenders.map { (file, $0.kernels, $0.usesOpenBLAS) } }

  @Test func thereAreFixtures() throws {
    #expect(try SafetensorsFixture.names(in: "ops").count == 42)
  }

  @Test(arguments: cases) func equalsPyTorch(file: String, kernels: String, usesOpenBLAS: Bool) throws {
    let fixture = try SafetensorsFixture("ops/\(file)")
    let x = try #require(fixture.tensors["input.0"])
    let expected = try #require(fixture.tensors["output"])
    let dy = try #require(fixture.tensors["grad.output"])
    let layer = try #require(Self.layer(fixture.metadata))
    let shape = x.shape.count == 4 ? Shape(x.shape[1], x.shape[2], x.shape[3]) : Shape(features: x.shape[1])
    let model = try model([layer], input: shape)
    var state: [String: Tensor] = [:]
    for (name, tensor) in fixture.tensors where name.hasPrefix("param.") {
      state["0." + name.dropFirst("param.".count)] = tensor
    }
    let frozen = fixture.metadata["training"] as? Bool == false
    let probe = try Probe(
      model, input: x.values, gradient: dy.values, state: state, frozen: frozen, kernels: kernels,
      usesOpenBLAS: usesOpenBLAS)

    func check(_ what: String, _ found: [Float], _ tensor: Tensor?) {
      guard let tensor else { return }
      let deviation = Deviation(found, tensor.values)
      #expect(
        deviation.largest <= Self.tolerance && deviation.norm <= Self.tolerance,
        "\(file) \(what): \(deviation)")
    }
    check("output", probe.output, expected)
    check("grad.input", probe.inputGradient, fixture.tensors["grad.input.0"])
    for (name, tensor) in fixture.tensors where name.hasPrefix("grad.param.") {
      let own = "0." + name.dropFirst("grad.param.".count)
      check(name, try #require(probe.gradients[own]).values, tensor)
    }
    for name in ["running_mean", "running_var"] where fixture.tensors["after.\(name)"] != nil {
      check(name, try #require(probe.state["0.\(name)"]).values, fixture.tensors["after.\(name)"])
    }
    if frozen {
      let evaluated = try Probe(
        model, input: x.values, gradient: nil, state: state, kernels: kernels, usesOpenBLAS: usesOpenBLAS)
      check("evaluation", evaluated.output, expected)
    }
  }

  /// The NLL of log-softmax is PyTorch's cross-entropy of the logits, with and without label smoothing.
  @Test(arguments: ["crossentropy", "crossentropy-smoothing"], [true, false])
  func lossEqualsPyTorch(name: String, onLogits: Bool) throws {
    let fixture = try SafetensorsFixture("ops/\(name).safetensors")
    let x = try #require(fixture.tensors["input.0"])
    let labels = try #require(fixture.integers["input.1"]).map { Int32($0) }
    let smoothing = try #require(fixture.metadata["label_smoothing"] as? Double)
    let expected = try #require(fixture.tensors["output"]?.values.first)
    let dy = try #require(fixture.tensors["grad.output"]?.values.first)
    let gradient = try #require(fixture.tensors["grad.input.0"])

    // The loss follows an identity layer: its bias receives the mean gradient, and its weights the outer products.
    let model = try model(
      onLogits ? [Linear(10, 10)] : [Linear(10, 10), LogSoftmax()], input: Shape(features: 10))
    let plan = try Plan(
      model, batchSize: 8,
      loss: onLogits ? .crossEntropy(labelSmoothing: smoothing) : .nll(labelSmoothing: smoothing),
      threads: 1, seed: 0)
    let identity = (0..<100).map { Float($0 / 10 == $0 % 10 ? 1 : 0) }
    try plan.load([
      "0.weight": Tensor(shape: [10, 10], values: identity), "0.bias": Tensor(zeros: [10]),
    ])
    let result = try plan.trainStep(images: x.values, labels: labels, count: 8, step: 0)
    #expect(abs(result.loss - Double(expected)) <= 1e-5 * abs(Double(expected)))
    let tensors = plan.tensors(from: UnsafeBufferPointer(plan.gradients))
    // dW[o][i] = Σ over samples of dlogits[o]·x[i], scaled by the fixture's gradient of the loss.
    var weights = [Float](repeating: 0, count: 100)
    for o in 0..<10 {
      for i in 0..<10 {
        weights[o * 10 + i] =
          (0..<8).reduce(0) { $0 + gradient.values[$1 * 10 + o] * x.values[$1 * 10 + i] } / dy
      }
    }
    let deviation = Deviation(try #require(tensors["0.weight"]).values, weights)
    #expect(deviation.largest <= 1e-5, "\(deviation)")
  }

  private static func layer(_ meta: [String: Any]) -> (any Layer)? {
    func int(_ name: String, _ fallback: Int = 0) -> Int { meta[name] as? Int ?? fallback }
    switch meta["kind"] as? String {
    case "Conv2d":
      return Conv2d(
        int("in_channels"), int("out_channels"), kernelSize: int("kernel_size"), stride: int("stride", 1),
        padding: int("padding"), dilation: int("dilation", 1), groups: int("groups", 1),
        bias: meta["bias"] as? Bool ?? true)
    case "BatchNorm2d": return BatchNorm2d(int("num_features"))
    case "Linear": return Linear(int("in_features"), int("out_features"))
    case "ReLU": return ReLU()
    case "AdaptiveAvgPool2d": return AdaptiveAvgPool2d(int("output_size"))
    case "AvgPool2d": return AvgPool2d(int("kernel_size"), stride: int("stride"))
    case "MaxPool2d": return MaxPool2d(int("kernel_size"), stride: int("stride"))
    case "LogSoftmax": return LogSoftmax()
    case "GELU": return GELU()
    case "Sigmoid": return Sigmoid()
    case "Tanh": return Tanh()
    case "Hardswish": return Hardswish()
    case "ReLU6": return ReLU6()
    case "PReLU": return PReLU(int("num_parameters"))
    case "GroupNorm": return GroupNorm(int("num_groups"), int("num_channels"))
    case "BatchNorm1d": return BatchNorm1d(int("num_features"))
    case "Residual":
      let (inputs, outputs) = (int("in_channels"), int("out_channels"))
      return Residual(
        shortcut: { Conv2d(inputs, outputs, kernelSize: 1, stride: 2) },
        {
          Conv2d(inputs, outputs, kernelSize: 3, stride: 2, padding: 1, bias: false)
          BatchNorm2d(outputs)
        })
    default: return nil
    }
  }
}
