import Foundation
import Testing

@testable import Neural

/// Class weights in the losses are PyTorch's `weight`; the mean is divided by the sum of the weights.
@Suite struct ClassWeightsTests {
  static let losses: [(String, Loss)] = [
    ("nll", .nll), ("cross-entropy", .crossEntropy()),
    ("cross-entropy-smoothed", .crossEntropy(labelSmoothing: 0.1)),
  ]

  private func weighted(_ loss: Loss, _ weights: [Double]) throws -> Loss {
    try #require((loss.function as? any ClassificationLoss)?.weighted(by: weights))
  }

  @Test(arguments: losses)
  func `a training step has PyTorch's loss and gradients`(name: String, loss: Loss) throws {
    let reference = try LossReference.read()
    let run = try #require(reference.weighted[name])
    let plan = try LossReference.plan(weighted(loss, reference.classWeights))
    let result = try plan.trainStep(images: reference.outputs, labels: reference.labels, count: 6, step: 0)
    #expect(abs(result.loss - run.value) <= 1e-6 * max(1, abs(run.value)))
    let gradients = plan.tensors(from: UnsafeBufferPointer(plan.gradients))
    var (bias, weight) = ([Float](repeating: 0, count: 3), [Float](repeating: 0, count: 9))
    for sample in 0..<6 {
      for output in 0..<3 {
        let slope = run.gradient[3 * sample + output]
        bias[output] += slope
        for input in 0..<3 { weight[3 * output + input] += slope * reference.outputs[3 * sample + input] }
      }
    }
    #expect(Deviation(try #require(gradients["0.bias"]).values, bias).largest <= 1e-6)
    #expect(Deviation(try #require(gradients["0.weight"]).values, weight).largest <= 1e-6)
    let evaluation = try plan.evaluate(images: reference.outputs, labels: reference.labels, count: 6)
    #expect(abs(evaluation.loss - run.value) <= 1e-6 * max(1, abs(run.value)))
  }

  @Test(arguments: losses) func `equal weights change nothing`(name: String, loss: Loss) throws {
    let reference = try LossReference.read()
    func step(_ loss: Loss) throws -> (StepResult, [Float]) {
      let plan = try LossReference.plan(loss)
      let result = try plan.trainStep(images: reference.outputs, labels: reference.labels, count: 6, step: 0)
      return (result, Array(plan.gradients))
    }
    let (plain, twice) = (try step(loss), try step(weighted(loss, [2, 2, 2])))
    #expect(abs(plain.0.loss - twice.0.loss) <= 1e-12)
    #expect(Deviation(twice.1, plain.1).largest <= 1e-6)
  }

  @Test func `covers every reference`() throws {
    #expect(Set(try LossReference.read().weighted.keys) == Set(Self.losses.map(\.0)))
  }

  /// 15 rows of class 0 and 5 of class 1.
  private func outline(validation: Double = 0) throws -> DataOutline {
    let source = DataSource.arrays(
      features: (0..<25).map { [Double($0)] }, labels: (0..<25).map { $0 < 19 ? 0 : 1 })
    let outline = try #require(try DatasetOutline.find(source, from: DatasetLocator()))
    return try DataOutline(outline, validation: validation)
  }

  @Test func `balanced weights are scikit-learn's, without the rows held out`() throws {
    let data = try outline()
    #expect(data.trainPerClass == [15, 5])
    #expect(try ClassWeights.balanced.values(for: data) == [20.0 / 30, 20.0 / 10])
    let split = try outline(validation: 0.2)
    #expect(split.trainPerClass == [12, 4] && split.trainCount == 16)
    #expect(try ClassWeights.balanced.values(for: split) == [16.0 / 24, 16.0 / 8])
  }

  @Test(arguments: [
    (
      ClassWeights.weights([1]), Loss.nll,
      "classWeights must be one weight for each of the 2 classes, found 1"
    ),
    (.weights([1, 0]), .nll, "classWeights must be finite numbers above 0, found 0.0 for class '1'"),
    (.weights([1, .nan]), .nll, "classWeights must be finite numbers above 0, found nan for class '1'"),
    (
      .balanced, .mse,
      "loss .mse needs numbers as targets, but 'arrays' has classes; train with .nll or .crossEntropy()"
    ),
  ])
  func `weights that do not fit are refused before the training`(
    weights: ClassWeights, loss: Loss, message: String
  ) throws {
    let model = try Model("M", input: Shape(features: 1)) {
      Linear(1, 2)
      LogSoftmax()
    }
    let data = try outline()
    let recipe = TrainingRecipe(epochs: 1, loss: loss, classWeights: weights)
    let error = #expect(throws: TrainingError.self) { try recipe.check(model, on: data) }
    #expect(error?.description == message)
    let faults = TrainingFaults(model: model, data: data, loss: loss, classWeights: weights).errors
    #expect(faults.map { "\($0)" }.contains(message))
  }

  @Test func `class weights are part of the training's identity`() throws {
    let model = try Model("M", input: Shape(features: 1)) {
      Linear(1, 2)
      LogSoftmax()
    }
    func digest(_ weights: ClassWeights?) throws -> String? {
      try TrainingIdentity(
        model: model.contentDigest, data: "data", TrainingRecipe(epochs: 1, classWeights: weights), seed: 1)?
        .digest
    }
    let all = [
      try digest(nil), try digest(.balanced), try digest(.weights([1, 2])), try digest(.weights([1, 3])),
    ]
    #expect(Set(all).count == 4)
  }

  /// A rare class in the middle of a common one: without weights, the model answers with the common class only.
  @Test func `with balanced weights, a model finds a rare class`() throws {
    let source = DataSource.arrays(
      features: (0..<220).map { [sin(Double($0)) + ($0 < 200 ? 0 : 0.9)] },
      labels: (0..<220).map { $0 < 200 ? "common" : "rare" })
    let data = try ImageData(Dataset.load(source, from: DatasetLocator()))
    func recall(_ weights: ClassWeights?) throws -> Double {
      let model = try Model("M", input: Shape(features: 1), seed: 1) {
        Linear(1, 2)
        LogSoftmax()
      }
      let recipe = TrainingRecipe(epochs: 60, optimizer: .adam(learningRate: 0.05), classWeights: weights)
      _ = try Trainer(model, data, recipe, threads: 1, seed: 1).run()
      let evaluation = try model.evaluate(data.train, of: data, split: .train, threads: 1)
      return try #require(evaluation.perClassAccuracy[1])
    }
    let (plain, balanced) = (try recall(nil), try recall(.balanced))
    #expect(plain < 0.2 && balanced > 0.5, "\(plain) \(balanced)")
  }
}
