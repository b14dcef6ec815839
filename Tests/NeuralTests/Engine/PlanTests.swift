import Testing

@testable import Neural

/// The plan's guarantees: equal bytes on any number of threads, state can be read and restored, errors instead of
/// traps.
@Suite struct PlanTests {
  private func varied() throws -> Model {
    try Model("Varied", input: Shape(3, 12, 12), seed: 4) {
      Conv2d(3, 20, kernelSize: 3, padding: 1)
      BatchNorm2d(20)
      ReLU()
      Dropout2d(0.2)
      Residual {
        DepthwiseSeparableConv2d(20, 20, kernelSize: 3, padding: 1)
        BatchNorm2d(20)
        Dropout(0.1)
      }
      SiLU()
      MaxPool2d(2)
      Conv2d(20, 12, kernelSize: 3, stride: 2, padding: 1, groups: 4)
      LeakyReLU()
      Flatten()
      Linear(108, 20)
      Dropout(0.5)
      Linear(20, 5)
    }
  }

  /// The layers that ``varied()`` lacks.
  private func alsoVaried() throws -> Model {
    try Model("Also varied", input: Shape(3, 12, 12), seed: 4) {
      Conv2d(3, 12, kernelSize: 3, padding: 1)
      GroupNorm(3, 12)
      ReLU()
      Residual(shortcut: { Conv2d(12, 20, kernelSize: 1, stride: 2) }) {
        Conv2d(12, 20, kernelSize: 3, stride: 2, padding: 1)
        GroupNorm(5, 20)
        GELU()
      }
      PReLU(20)
      Hardswish()
      Conv2d(20, 6, kernelSize: 1)
      PReLU()
      Flatten()
      Linear(216, 20)
      BatchNorm1d(20)
      Tanh()
      Linear(20, 9)
      GroupNorm(3, 9)
      Sigmoid()
      Linear(9, 5)
    }
  }

  private func batch(_ model: Model, _ count: Int, seed: UInt64 = 1) -> (images: [Float], labels: [Int32]) {
    let images = normals(count * model.input.elements, seed: seed)
    return (images, (0..<count).map { Int32($0 % model.output.elements) })
  }

  private func trained(
    _ other: Model? = nil, threads: Int, batchSize: Int, count: Int
  ) throws -> (bits: [UInt32], losses: [Double]) {
    let model = try other ?? varied()
    let plan = try Plan(
      model, batchSize: batchSize, loss: .crossEntropy(labelSmoothing: 0.1), threads: threads, seed: 3)
    let (images, labels) = batch(model, count)
    var losses: [Double] = []
    for step in 0..<3 {
      losses.append(try plan.trainStep(images: images, labels: labels, count: count, step: step).loss)
      for i in plan.parameters.indices { plan.parameters[i] -= 0.1 * plan.gradients[i] }
    }
    var output = [Float](repeating: 0, count: count * 5)
    losses.append(try plan.evaluate(images: images, labels: labels, count: count, into: &output).loss)
    let state = plan.state()
    let numbers = output + plan.gradients + state.keys.sorted().flatMap { state[$0]?.values ?? [] }
    return (numbers.map(\.bitPattern), losses)
  }

  @Test(arguments: [2, 3, 4]) func threadsChangeNothing(_ threads: Int) throws {
    for model in [try varied(), try alsoVaried()] {
      for count in [13, 3] {
        let one = try trained(model, threads: 1, batchSize: 13, count: count)
        let many = try trained(model, threads: threads, batchSize: 13, count: count)
        #expect(one.bits == many.bits, "\(model.name)")
        #expect(one.losses == many.losses, "\(model.name)")
      }
    }
  }

  @Test func shortBatchIsABatchOfItsOwn() throws {
    let within = try trained(threads: 2, batchSize: 16, count: 5)
    let exact = try trained(threads: 2, batchSize: 5, count: 5)
    #expect(within.bits == exact.bits)
  }

  @Test func stateComesBackAsItWent() throws {
    let model = try varied()
    var state = model.state
    for (index, name) in state.keys.sorted().enumerated() {
      let shape = try #require(state[name]).shape
      state[name] = Tensor(shape: shape, values: normals(shape.reduce(1, *), seed: 5, index))
    }
    let plan = try Plan(model, batchSize: 2, loss: .crossEntropy(), threads: 1, seed: 0)
    try plan.load(state)
    #expect(plan.state() == state)
    #expect(plan.parameters.count == model.parameterCount)
    var copy = [Float](repeating: 0, count: plan.parameters.count)
    try copy.withUnsafeMutableBufferPointer {
      try plan.fill($0, from: plan.tensors(from: UnsafeBufferPointer(plan.parameters)))
    }
    #expect(copy == Array(plan.parameters))
    #expect(plan.parameterSlices.reduce(0) { $0 + $1.count } == plan.parameters.count)
    let exempt = plan.parameterSlices.filter(\.isBiasOrNorm).map(\.name)
    #expect(exempt.contains("1.weight") && exempt.contains("0.bias") && !exempt.contains("0.weight"))
  }

  @Test func evaluationIsTheSameInBothModes() throws {
    for model in [try varied(), try alsoVaried()] { try checkEvaluation(of: model) }
  }

  private func checkEvaluation(of model: Model) throws {
    let (images, labels) = batch(model, 6)
    var (a, b) = ([Float](repeating: 0, count: 30), [Float](repeating: 0, count: 30))
    var losses = [Float](repeating: 0, count: 6)
    let training = try Plan(model, batchSize: 6, loss: .crossEntropy(), threads: 2, seed: 0)
    let inference = try Plan(
      model, batchSize: 8, loss: .crossEntropy(), threads: 3, seed: 0, mode: .inference)
    let result = try training.evaluate(images: images, labels: labels, count: 6, into: &a)
    #expect(
      try inference.evaluate(images: images, labels: labels, count: 6, into: &b, losses: &losses) == result)
    #expect(a == b)
    #expect(abs(result.loss - losses.reduce(0) { $0 + Double($1) } / 6) < 1e-5)
    #expect(try inference.evaluate(images: images, labels: nil, count: 6, into: &b).loss == 0)
    #expect(a == b)
  }

  @Test func crossEntropyOfLogProbabilitiesIsTheirNegativeLogLikelihood() throws {
    let model = try model([Flatten(), Linear(12, 4), LogSoftmax()], input: Shape(3, 2, 2), seed: 1)
    let (images, labels) = batch(model, 7)
    let nll = try Plan(model, batchSize: 7, loss: .nll, threads: 1, seed: 0)
    let entropy = try Plan(model, batchSize: 7, loss: .crossEntropy(), threads: 1, seed: 0)
    let (a, b) = (
      try nll.trainStep(images: images, labels: labels, count: 7, step: 0),
      try entropy.trainStep(images: images, labels: labels, count: 7, step: 0)
    )
    #expect(abs(a.loss - b.loss) < 1e-6)
    #expect(a.metric == b.metric)
    #expect(Deviation(Array(nll.gradients), Array(entropy.gradients)).largest < 1e-5)
  }

  @Test func brokenNumbersShowInTheLoss() throws {
    let model = try varied()
    var (images, labels) = batch(model, 4)
    images[100] = .nan
    let plan = try Plan(model, batchSize: 4, loss: .crossEntropy(), threads: 2, seed: 0)
    #expect(try plan.trainStep(images: images, labels: labels, count: 4, step: 0).loss.isNaN)
  }

  @Test func memoryIsKnownBeforehand() throws {
    let model = try assignmentNetwork(dropout: Dropout2d(0.05))
    let training = try Plan.memoryBytes(graph: model.graph, batchSize: 64, threads: 2)
    #expect(training < 750 << 20)
    let inference = try Plan.memoryBytes(graph: model.graph, batchSize: 64, mode: .inference, threads: 2)
    // Small images are evaluated several at a time, so some buffers cover the whole batch.
    #expect(inference < 48 << 20, "\(inference >> 20) MiB")
    let plan = try Plan(try varied(), batchSize: 4, loss: .crossEntropy(), threads: 2, seed: 0)
    #expect(try plan.memoryBytes == Plan.memoryBytes(graph: varied().graph, batchSize: 4, threads: 2))
  }

  @Test func mistakesAreErrors() throws {
    let model = try varied()
    func fact(_ body: () throws -> Void) -> PlanError.Fact? {
      do { try body() } catch let error as PlanError { return error.fact } catch {}
      return nil
    }
    func plan(
      _ model: Model, batchSize: Int = 4, loss: Loss = .crossEntropy(), threads: Int = 1,
      mode: Plan.Mode = .training
    ) throws -> Plan {
      try Plan(model, batchSize: batchSize, loss: loss, threads: threads, seed: 0, mode: mode)
    }
    #expect(fact { _ = try plan(model, batchSize: 0) } == .batchSize(0))
    #expect(fact { _ = try plan(model, threads: 257) } == .threads(257))
    #expect(throws: LossError.self) { _ = try plan(model, loss: .crossEntropy(labelSmoothing: 2)) }
    #expect(throws: LossError.self) { _ = try plan(model, loss: .crossEntropy(labelSmoothing: .nan)) }
    let image = try Model("Image") { ReLU() }
    #expect(fact { _ = try plan(image) } == .outputNotFeatures(Shape(3, 32, 32)))
    let wide = try Model("Wide", input: Shape(1, 16_384, 16_384)) {
      BatchNorm2d(1)
      BatchNorm2d(1)
      AdaptiveAvgPool2d(1)
      Flatten()
    }
    if case .memory = fact({ _ = try plan(wide, batchSize: 65_536) }) {
    } else {
      Issue.record("no memory error")
    }

    let ready = try plan(model)
    let (images, labels) = batch(model, 4)
    #expect(
      fact { _ = try ready.trainStep(images: images, labels: labels, count: 5, step: 0) }
        == .count(found: 5, batchSize: 4))
    #expect(
      fact { _ = try ready.trainStep(images: images, labels: [0, 5, 0, 0], count: 4, step: 0) }
        == .label(found: 5, classes: 5, sample: 1))
    #expect(
      fact { _ = try ready.evaluate(images: images, labels: [0, -1, 0, 0], count: 4) }
        == .label(found: -1, classes: 5, sample: 1))
    #expect(
      fact {
        _ = try plan(model, mode: .inference).trainStep(images: images, labels: labels, count: 4, step: 0)
      } == .inferenceOnly)

    var state = model.state
    state["0.bias"] = nil
    #expect(fact { try ready.load(state) } == .missing(parameter: "0.bias"))
    state["0.bias"] = Tensor(zeros: [3])
    #expect(fact { try ready.load(state) } == .shape(parameter: "0.bias", expected: [20], found: [3]))
    state["0.bias"] = Tensor(zeros: [20])
    state["head.weight"] = Tensor(zeros: [1])
    #expect(fact { try ready.load(state) } == .unexpected(parameter: "head.weight"))
    state["head.weight"] = nil
    state["1.num_batches_tracked"] = Tensor(zeros: [1])
    #expect(fact { try ready.load(state) } == nil)
    #expect(
      PlanError(fact: .label(found: 5, classes: 5, sample: 1), model: "Varied").description
        == "sample 1 of the batch has label 5, but model 'Varied' has classes 0…4")
  }
}
