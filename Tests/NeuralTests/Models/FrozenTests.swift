import Testing

@testable import Neural

/// Frozen layers keep their values, cost no gradient, and a name that matches nothing is an error.
@Suite struct FrozenTests {
  private func model(_ frozen: [String] = []) throws -> Model {
    let model = try Model("Net", input: Shape(3, 8, 8), seed: 1) {
      Block("stem") {
        Conv2d(3, 6, kernelSize: 3, padding: 1)
        BatchNorm2d(6)
        ReLU()
      }
      Block("body") {
        Conv2d(6, 6, kernelSize: 3, padding: 1)
        BatchNorm2d(6)
        ReLU()
        AdaptiveAvgPool2d(1)
        Flatten()
      }
      Block("head") { Linear(6, 3) }
    }
    try model.freeze(frozen.map { ParameterPattern($0) })
    return model
  }

  private func trained(_ model: Model, clipping: GradientClipping? = nil) throws -> [String: Tensor] {
    let recipe = TrainingRecipe(
      epochs: 1, optimizer: .adamW(learningRate: 0.01, weightDecay: 0.1), loss: .crossEntropy(),
      gradientClipping: clipping)
    let loop = try TrainingLoop(model, recipe, batchSize: 4, batchesPerEpoch: 3, threads: 2, seed: 1)
    let images = normals(4 * 192, seed: 3)
    for _ in 0..<3 {
      try [Int32(0), 1, 2, 0].withUnsafeBufferPointer { labels in
        try images.withUnsafeBufferPointer { images in
          let base = try #require(images.baseAddress)
          _ = try loop.step(images: base, targets: .labels(try #require(labels.baseAddress)), count: 4)
        }
      }
    }
    return loop.plan.state()
  }

  @Test(arguments: [
    ["stem"], ["body"], ["stem", "body"], ["*.bias"], ["head"], ["body.0"], ["stem.1.weight"],
  ])
  func frozenParametersKeepTheirValues(_ names: [String]) throws {
    let model = try model(names)
    let before = model.state
    let after = try trained(model)
    for parameter in model.graph.parameters where parameter.specification.isTrained {
      let isFrozen = names.contains { ParameterPattern($0).matches(parameter.name) }
      #expect((before[parameter.name] == after[parameter.name]) == isFrozen, "\(parameter.name)")
    }
    // As in PyTorch, running statistics follow the data.
    #expect(before["stem.1.running_mean"] != after["stem.1.running_mean"])
  }

  @Test func trainedLayersLearnTheSameWhateverIsFrozenBelow() throws {
    // The first update of the head does not depend on the layers below being trained.
    let one = TrainingRecipe(epochs: 1, optimizer: .sgd(learningRate: 0.1), loss: .crossEntropy())
    func head(_ frozen: [String]) throws -> [Float] {
      let loop = try TrainingLoop(
        model(frozen), one, batchSize: 4, batchesPerEpoch: 1, threads: 1, seed: 1)
      let (images, labels) = (normals(4 * 192, seed: 3), [Int32(0), 1, 2, 0])
      try images.withUnsafeBufferPointer { images in
        try labels.withUnsafeBufferPointer { labels in
          _ = try loop.step(
            images: #require(images.baseAddress), targets: .labels(#require(labels.baseAddress)), count: 4)
        }
      }
      return try #require(loop.plan.state()["head.0.weight"]).values
    }
    let whole = try head([])
    #expect(try head(["stem", "body"]) == whole)
    #expect(try head(["stem"]) == whole)
  }

  @Test func noGradientIsComputedBelowTheTrainedLayers() throws {
    func passes(_ frozen: Set<String>) throws -> Int {
      var options = CompilerOptions(batchSize: 4)
      options.frozen = frozen
      let blueprint = try Blueprint(
        model().graph, model: "", request: EngineRequest(options: options, objective: .loss(.crossEntropy())))
      return try #require(blueprint.training).regions.count
    }
    let all = Set(try model().trainableNames)
    let stem = all.filter { $0.hasPrefix("stem") }
    let body = all.filter { $0.hasPrefix("body") }
    #expect(try passes(stem) < passes([]))
    #expect(try passes(stem.union(body)) < passes(stem))
    // The gradient has to pass a frozen layer in the middle.
    #expect(try passes(body) == passes([]))
  }

  @Test func namesThatMatchNothingAreAnErrorWithTheNames() throws {
    let model = try model()
    func message(_ name: String) -> String? {
      do { try model.freeze([ParameterPattern("stem"), ParameterPattern(name)]) } catch { return "\(error)" }
      return nil
    }
    #expect(
      message("blok1")
        == "no parameter of Net matches 'blok1'; available names: 'stem', 'body', 'head'")
    #expect(
      message("body.2") == "no parameter of Net matches 'body.2'; available names: 'body.0', 'body.1'")
    #expect(model.frozen.isEmpty, "unchanged after an error")
  }

  @Test func unfrozenLayersAreTrainedAgain() throws {
    let model = try model(["stem", "body"])
    #expect(model.trainedParameterCount == 21)
    #expect(ModelSummary(model).text.contains("Trainable params: 21\n"))
    try model.unfreeze([ParameterPattern("*")])
    #expect(model.trainedParameterCount == model.parameterCount)
    let digest = try model.contentDigest
    try model.freeze([ParameterPattern("head")])
    #expect(try model.contentDigest != digest)
    // A model that is restored from the cache is frozen where it was.
    let copy = try self.model()
    try Checkpoint(of: model).restore(into: copy)
    #expect(copy.frozen == model.frozen)
    #expect(try copy.contentDigest == model.contentDigest)
  }

  @Test func aTrainingWithoutParametersToTrainIsRefused() throws {
    let error = #expect(throws: TrainingError.self) { try model(["*"]).check([]) }
    #expect(
      error?.description
        == "all parameters of Net are frozen, so there is nothing to train; freeze fewer layers")
  }

  @Test func groupsThatOverlapOrMatchNothingAreRefused() throws {
    let model = try model()
    func message(_ groups: [ParameterGroup]) -> String? {
      do { try model.check(groups) } catch { return "\(error)" }
      return nil
    }
    #expect(message([ParameterGroup("head", learningRate: 1), ParameterGroup("body.*")]) == nil)
    #expect(
      message([ParameterGroup("head", learningRate: 1), ParameterGroup("*.bias")])
        == "parameter 'head.0.bias' belongs to the groups 'head' and '*.bias'; a parameter can be in one group only"
    )
    #expect(message([ParameterGroup("heads")])?.contains("matches 'heads'") == true)
  }

  @Test(
    arguments: [
      ("head", "head.0.weight", true), ("hea", "head.0.weight", false), ("head.0", "head.0.weight", true),
      ("*", "a", true), ("*.weight", "a.b.weight", true), ("*.weight", "a.weight.c", true),
      ("b*k1", "block1.0.bias", true), ("b**1.*.bias", "block1.0.bias", true), ("", "a", false),
      ("*x", "abx.c", true), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZd", false),
    ])
  func patternsMatchModulesAndParameters(pattern: String, name: String, matches: Bool) {
    #expect(ParameterPattern(pattern).matches(name) == matches)
  }
}
