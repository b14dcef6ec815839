import Foundation
import Testing

@testable import Neural

/// The options of a training against PyTorch: twelve batches with given gradients.
@Suite struct RecipeFixtureTests {
  private struct Reference: Decodable {
    struct Statistics: Decodable { var mean, variance: [Float] }
    var initial: [String: [Float]]
    var gradients: [[String: [Float]]]
    var runs: [String: [[String: [Float]]]]
    var images: [Float]
    var statistics: Statistics
  }

  private static let reference = Result {
    try JSONDecoder().decode(Reference.self, from: Fixtures.data("recipes.json"))
  }

  private static func model(frozen: [String] = []) throws -> Model {
    let model = try Model("Net", input: Shape(3, 4, 4)) {
      Block("block") {
        Conv2d(3, 4, kernelSize: 3, padding: 1)
        BatchNorm2d(4)
        ReLU()
      }
      Block("head") {
        AdaptiveAvgPool2d(1)
        Flatten()
        Linear(4, 3)
      }
    }
    try model.freeze(frozen.map { ParameterPattern($0) })
    let initial = try reference.get().initial
    for (name, values) in initial { model.state[name]?.values = values }
    return model
  }

  private static func tensors(_ values: [String: [Float]], like model: Model) -> [String: Tensor] {
    values.reduce(into: [:]) { tensors, entry in
      tensors[entry.key] = model.state[entry.key].map { Tensor(shape: $0.shape, values: entry.value) }
    }
  }

  struct Course: Sendable, CustomTestStringConvertible {
    var name: String
    var recipe: TrainingRecipe
    var epoch = 12
    var frozen: [String] = []
    var testDescription: String { name }
  }

  private static let sgd = Optimizer.sgd(learningRate: 0.05, momentum: 0.9, weightDecay: 5e-2)
  private static let groups = [
    ParameterGroup("head.2.weight", learningRate: 0.5),
    ParameterGroup("head*.bias", learningRate: 0.02, weightDecay: 0),
  ]

  static let courses: [Course] = [
    Course(
      name: "weights-only",
      recipe: TrainingRecipe(
        epochs: 1, optimizer: .adamW(learningRate: 0.01, weightDecay: 0.1), decay: .weightsOnly)),
    // One batch an epoch: PyTorch's schedulers step after every batch.
    Course(
      name: "groups-step",
      recipe: TrainingRecipe(
        epochs: 12, optimizer: sgd, schedule: .step(stepSize: 4, gamma: 0.5), groups: groups), epoch: 1),
    Course(
      name: "groups-cosine",
      recipe: TrainingRecipe(
        epochs: 12, optimizer: sgd, schedule: .cosine(tMax: 12, etaMin: 0.01), groups: groups), epoch: 1),
    Course(name: "accumulate", recipe: TrainingRecipe(epochs: 2, accumulate: 4), epoch: 6),
    Course(
      name: "frozen", recipe: TrainingRecipe(epochs: 1, optimizer: sgd, gradientClipping: .norm(1)),
      frozen: ["block.0"]),
    Course(name: "ema", recipe: TrainingRecipe(epochs: 1, optimizer: sgd, averaging: .ema(decay: 0.9))),
    Course(
      name: "swa", recipe: TrainingRecipe(epochs: 3, optimizer: sgd, averaging: .swa(fromEpoch: 2)), epoch: 4),
  ]

  /// The parameters that are evaluated after every fourth batch, and the largest deviation from PyTorch's.
  private func deviation(_ course: Course, threads: Int) throws -> (worst: Float, bits: [UInt32]) {
    let reference = try Self.reference.get()
    let expected = try #require(reference.runs[course.name])
    let model = try Self.model(frozen: course.frozen)
    let loop = try TrainingLoop(
      model, course.recipe, batchSize: 4, batchesPerEpoch: course.epoch, threads: threads, seed: 1)
    let set = try ImageSet(
      size: ImageSize(4, 4), pixels: Array(repeating: 9, count: 16 * 48),
      labels: Array(repeating: 0, count: 16))
    let stream = try BatchStream(
      set: set, pipeline: AugmentationPipeline([], imageSize: set.size), batchSize: 4,
      dropLast: false, shuffle: true, seed: 1)
    var worst: Float = 0
    var bits: [UInt32] = []
    for (index, gradients) in reference.gradients.enumerated() {
      try loop.plan.fill(loop.plan.gradients, from: Self.tensors(gradients, like: model))
      // The running statistics that the batch leaves in the generator.
      var current = loop.plan.state()
      let scale = try #require(gradients["block.1.weight"])
      current["block.1.running_mean"]?.values = scale
      current["block.1.running_var"]?.values = scale.map { $0 * $0 }
      try loop.plan.load(current)
      try loop.applyGradients()
      let batch = index + 1
      if batch.isMultiple(of: course.epoch) {
        try loop.averageEpoch(batch / course.epoch, of: stream) { false }
        loop.epochEnded(metric: 1)
      }
      guard batch.isMultiple(of: 4) else { continue }
      let state = loop.withEvaluatedWeights { loop.plan.state() }
      for (name, values) in expected[batch / 4 - 1] {
        let ours = try #require(state[name]).values
        bits += ours.map(\.bitPattern)
        for (a, b) in zip(ours, values) { worst = max(worst, abs(a - b) / max(1, abs(b))) }
      }
    }
    return (worst, bits)
  }

  @Test(arguments: courses) func followsPyTorch(_ course: Course) throws {
    let (worst, bits) = try deviation(course, threads: 1)
    print("recipe \(course.name): largest error \(worst)")
    #expect(worst < 2e-6)
    for threads in [2, 3] {
      #expect(try deviation(course, threads: threads).bits == bits, "\(threads) threads")
    }
  }

  @Test func coversEveryReference() throws {
    #expect(try Set(Self.reference.get().runs.keys) == Set(Self.courses.map(\.name)))
  }

  /// `update_bn`: batches of 5, 5 and 2 images count the same.
  @Test func runningStatisticsAreRecomputedAsByUpdateBN() throws {
    let reference = try Self.reference.get()
    let model = try Self.model()
    model.state["block.1.running_mean"]?.values = [9, 9, 9, 9]
    let plan = try Plan(
      model, batchSize: 5, loss: .crossEntropy(), threads: 2, seed: 1, recomputesStatistics: true)
    // The plan reads pixels of all channels; PyTorch has planes.
    let images = (0..<12 * 48).map { index in
      let (image, pixel, channel) = (index / 48, index % 48 / 3, index % 3)
      return reference.images[image * 48 + channel * 16 + pixel]
    }
    try images.withUnsafeBufferPointer { images in
      let base = try #require(images.baseAddress)
      for (batch, range) in [0..<5, 5..<10, 10..<12].enumerated() {
        try plan.observe(
          images: base + range.lowerBound * 48, count: range.count, step: batch, batch: batch)
      }
    }
    let state = plan.state()
    for (name, expected) in [
      ("block.1.running_mean", reference.statistics.mean),
      ("block.1.running_var", reference.statistics.variance),
    ] {
      let found = try #require(state[name]).values
      for (a, b) in zip(found, expected) { #expect(abs(a - b) <= 1e-5 * max(1, abs(b)), "\(name)") }
    }
    #expect(state["block.0.weight"] == model.state["block.0.weight"])
  }
}
