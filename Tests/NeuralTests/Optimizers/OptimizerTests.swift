import Foundation
import Testing

@testable import Neural

struct OptimizerTests {
  @Test func `defaults are PyTorch's`() {
    #expect(
      Optimizer.adamW().description
        == "AdamW(learningRate: 0.001, beta1: 0.9, beta2: 0.999, eps: 1e-08, weightDecay: 0.01)")
    #expect(
      Optimizer.adam().description
        == "Adam(learningRate: 0.001, beta1: 0.9, beta2: 0.999, eps: 1e-08, weightDecay: 0.0)")
    #expect(
      Optimizer.sgd(learningRate: 0.1).description
        == "SGD(learningRate: 0.1, momentum: 0.0, weightDecay: 0.0, nesterov: false)")
    #expect(
      Optimizer.rmsProp().description
        == "RMSprop(learningRate: 0.01, alpha: 0.99, eps: 1e-08, weightDecay: 0.0, momentum: 0.0)")
  }

  @Test func `state has PyTorch's names`() {
    #expect(Optimizer.sgd(learningRate: 0.1).slotNames == [])
    #expect(Optimizer.sgd(learningRate: 0.1, momentum: 0.9).slotNames == ["momentum_buffer"])
    #expect(Optimizer.adamW().slotNames == ["exp_avg", "exp_avg_sq"])
    #expect(Optimizer.rmsProp().slotNames == ["square_avg"])
    #expect(Optimizer.rmsProp(momentum: 0.9).slotNames == ["square_avg", "momentum_buffer"])
    #expect(!Optimizer.sgd(learningRate: 0.1).hasMomentum)
    #expect(Optimizer.adam().momentum == 0.9)
  }

  @Test func `the bias correction uses the cycled beta1`() {
    // From a zero state with gradient 1, the corrected mean is (1−β₁)/(1−β₁¹) = 1 for any β₁.
    for beta1 in [0.8, 0.85, 0.9] {
      var state = OptimizerState([0], .adam())
      state.step([1], .adam(), time: 1, learningRate: 0.5, momentum: beta1)
      #expect(abs(state.parameters[0] + 0.5) < 1e-6)
    }
  }

  @Test(arguments: [
    (
      Optimizer.adamW(learningRate: -1), "AdamW: learningRate must be a finite number, at least 0, found -1.0"
    ),
    (.adam(beta1: 1), "Adam: beta1 must be at least 0 and below 1, found 1.0"),
    (.adam(beta2: .nan), "Adam: beta2 must be at least 0 and below 1, found nan"),
    (.adamW(eps: -1e-8), "AdamW: eps must be a finite number, at least 0, found -1e-08"),
    (.sgd(learningRate: 0.1, momentum: 1.5), "SGD: momentum must be at least 0 and below 1, found 1.5"),
    (
      .sgd(learningRate: 0.1, nesterov: true),
      "SGD: nesterov requires momentum above 0, found 0; set momentum: 0.9 or remove nesterov"
    ),
    (.rmsProp(alpha: 2), "RMSprop: alpha must be at least 0 and below 1, found 2.0"),
    (.rmsProp(weightDecay: .infinity), "RMSprop: weightDecay must be a finite number, at least 0, found inf"),
  ])
  func `a hyperparameter out of range is named`(optimizer: Optimizer, message: String) {
    let error = #expect(throws: OptimizerError.self) { try optimizer.validate() }
    #expect(error?.description == message)
  }

  @Test func `sound hyperparameters pass`() throws {
    for (_, optimizer) in OptimizerFixtureTests.optimizers { try optimizer.validate() }
  }

  @Test func `equal optimizers have equal content, and no others`() {
    let all = OptimizerFixtureTests.optimizers.map(\.1) + [.adamW(eps: 1e-7), .rmsProp(alpha: 0.9)]
    #expect(Set(all).count == all.count)
    #expect(Set(all.map(\.contentDescription)).count == all.count)
    #expect(Optimizer.adamW().contentDescription == Optimizer.adamW(learningRate: 0.001).contentDescription)
  }
}

struct GradientClippingTests {
  private func clip(_ clipping: GradientClipping, _ gradients: [Float]) -> (norm: Double, result: [Float]) {
    var result = gradients
    let norm = result.withUnsafeMutableBufferPointer { clipping.apply(to: $0) }
    return (norm, result)
  }

  @Test func `a long gradient is scaled to the norm`() {
    let (norm, result) = clip(.norm(1), [3, 4])
    #expect(norm == 5)
    #expect(abs(result[0] - 0.6) < 1e-6 && abs(result[1] - 0.8) < 1e-6)
  }

  @Test func `a short gradient stays as it is`() {
    #expect(clip(.norm(10), [3, 4]).result == [3, 4])
    #expect(clip(.norm(1), [0, 0]).result == [0, 0])
  }

  @Test func `values are limited one by one`() {
    #expect(clip(.value(0.5), [-2, 0.25, 0.75]).result == [-0.5, 0.25, 0.5])
  }

  @Test func `a gradient that is not a number stays visible`() {
    #expect(clip(.value(1), [.nan, 2]).result[0].isNaN)
    #expect(clip(.norm(1), [.nan, 2]).norm.isNaN)
  }

  @Test(arguments: [0, -1, Double.nan, .infinity])
  func `a limit that is not positive is refused`(limit: Double) {
    #expect(throws: OptimizerError.self) { try GradientClipping.norm(limit).validate() }
    #expect(throws: OptimizerError.self) { try GradientClipping.value(limit).validate() }
  }
}
