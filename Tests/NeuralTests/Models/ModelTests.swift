import Testing

@testable import Neural

@Suite struct ModelTests {
  @Test func theAssignmentsNetworkHas199368Parameters() throws {
    let model = try Model.cifar10Net()
    #expect(model.parameterCount == 199_368)
    #expect(model.output == Shape(features: 10))
    #expect(model.state["block1.0.depthwise.weight"]?.shape == [3, 1, 3, 3])
    #expect(model.state["head.2.weight"]?.shape == [10, 16])
  }

  @Test func theSameSeedDrawsTheSameWeights() throws {
    let a = try Model.cifar10Net(seed: 3).state
    #expect(a == (try Model.cifar10Net(seed: 3)).state)
    #expect(a != (try Model.cifar10Net(seed: 4)).state)
  }

  @Test func weightsStartWithinPyTorchsBound() throws {
    let model = try Model("M", input: Shape(3, 8, 8)) { Conv2d(3, 64, kernelSize: 3) }
    let bound = Float(1 / (27.0).squareRoot())
    let weights = try #require(model.state["0.weight"]).values
    #expect(weights.allSatisfy { abs($0) <= bound })
    #expect((weights.max() ?? 0) > 0.95 * bound)
  }

  @Test(arguments: [
    (
      "Conv2d 'b.0' expects 32 input channels, found 3×8×8 (channels×height×width) from the layer before it",
      Conv2d(32, 8, kernelSize: 3) as any Layer
    ),
    (
      "Linear 'b.0' expects 192 features (put Flatten() before it), found 3×8×8 (channels×height×width) from the layer before it",
      Linear(192, 10)
    ),
    ("Conv2d 'b.0': kernelSize must be in 1…1024, found 0", Conv2d(3, 8, kernelSize: 0)),
    (
      "Conv2d 'b.0': groups must be a divisor of both 3 and 8 channels, found 2",
      Conv2d(3, 8, kernelSize: 1, groups: 2)
    ),
    (
      "Conv2d 'b.0': the window covers 9 pixels, but the input is 3×8×8; add padding or use a smaller window",
      Conv2d(3, 8, kernelSize: 9)
    ),
    ("Dropout2d 'b.0': p must be at least 0 and below 1, found 1.0", Dropout2d(1)),
    (
      "Residual 'b.0' adds its output to its input, so both must have the same shape: input 3×8×8, output 4×8×8",
      Residual { Conv2d(3, 4, kernelSize: 1) }
    ),
    (
      "Residual 'b.0' adds its output to its shortcut's, so both must have the same shape: shortcut 4×8×8, layers 4×4×4",
      Residual(
        shortcut: { Conv2d(3, 4, kernelSize: 1) }, { Conv2d(3, 4, kernelSize: 3, stride: 2, padding: 1) })
    ),
    (
      "Residual 'b.0': duplicate name 'shortcut' at the same level; rename one of the layers",
      Residual(shortcut: { Conv2d(3, 3, kernelSize: 1) }, { Block("shortcut") { ReLU() } })
    ),
    ("Sequential 'b.0' has no layers", Sequential(elements: [])),
  ])
  func whatDoesNotFitIsNamedWithExpectedAndFound(message: String, layer: any Layer) {
    let error = #expect(throws: ModelError.self) {
      try Model("M", input: Shape(3, 8, 8)) { Block("b") { layer } }
    }
    #expect(error?.description == message)
    #expect(error?.origin?.line ?? 0 > 0)
  }

  /// PyTorch's weights load by these names, and an empty shortcut is the identity, as `nn.Sequential()` is.
  @Test func aShortcutsParametersAreCalledAfterIt() throws {
    let model = try Model("R", input: Shape(3, 8, 8)) {
      Residual(shortcut: { Conv2d(3, 4, kernelSize: 1, bias: false) }) { Conv2d(3, 4, kernelSize: 1) }
      Residual(shortcut: {}) { ReLU() }
    }
    #expect(model.graph.parameters.map(\.name) == ["0.0.weight", "0.0.bias", "0.shortcut.0.weight"])
    #expect(model.graph.multiplyAdds == 2 * 64 * 3 * 4)
    #expect(
      ModelSummary(model).rows.map(\.name) == ["Conv2d-1", "Conv2d-2", "Residual-3", "ReLU-4", "Residual-5"])
  }

  @Test func absurdSizesAreRefusedRatherThanOverflowing() {
    for layer in [
      Conv2d(3, .max, kernelSize: 3), Conv2d(3, 8, kernelSize: .max),
      Conv2d(3, 8, kernelSize: 3, padding: .max),
      Conv2d(3, 1 << 20, kernelSize: 3, padding: 1024), Conv2d(3, 8, kernelSize: 3, stride: .min),
    ] {
      #expect(throws: ModelError.self) { try Model("M") { layer } }
    }
    #expect(throws: ModelError.self) { try Model("M") { AdaptiveAvgPool2d(1 << 20) } }
    #expect(throws: ModelError.self) {
      try Model("M") {
        Flatten()
        Linear(3072, 1 << 20)
      }
    }
    #expect(throws: ModelError.self) {
      try Model("M") { Conv2d(3, 1 << 20, kernelSize: 1024, padding: 512, groups: 1) }
    }
  }
}
