import Foundation
import Testing

@testable import Neural

/// Regression losses and their gradients against PyTorch's. A wrong one trains towards other predictions.
@Suite struct LossTests {
  static let losses: [(String, Loss)] = [
    ("mse", .mse), ("l1", .l1), ("smooth-l1", .smoothL1()), ("smooth-l1-half", .smoothL1(beta: 0.5)),
    ("smooth-l1-zero", .smoothL1(beta: 0)),
  ]

  @Test(arguments: losses) func `value and gradient are PyTorch's`(name: String, loss: Loss) throws {
    let reference = try LossReference.read()
    let run = try #require(reference.losses[name])
    var (sum, gradient) = (0.0, [Float](repeating: 0, count: 18))
    var scratch = [Float](repeating: 0, count: 3)
    reference.outputs.withUnsafeBufferPointer { outputs in
      reference.targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer { gradient in
          for sample in 0..<6 {
            guard let values = targets.baseAddress, let slopes = gradient.baseAddress else { return }
            let output = UnsafeBufferPointer(rebasing: outputs[3 * sample..<3 * sample + 3])
            let target = SampleTarget.values(values + 3 * sample)
            sum += loss.function.value(of: output, target: target, scratch: &scratch)
            loss.function.setGradient(
              slopes + 3 * sample, of: output, target: target, share: 1.0 / 6, scratch: &scratch)
          }
        }
      }
    }
    #expect(abs(sum / 6 - run.value) <= 1e-6 * max(1, abs(run.value)))
    for (ours, theirs) in zip(gradient, run.gradient) { #expect(abs(ours - theirs) <= 1e-7) }
  }

  @Test(arguments: losses) func `a training step has the same loss and gradient`(name: String, loss: Loss)
    throws
  {
    let reference = try LossReference.read()
    let run = try #require(reference.losses[name])
    let plan = try LossReference.plan(loss)
    let result = try reference.targets.withUnsafeBufferPointer { targets in
      try plan.trainStep(
        images: reference.outputs, targets: .values(try #require(targets.baseAddress)), count: 6, step: 0)
    }
    #expect(abs(result.loss - run.value) <= 1e-5 * max(1, abs(run.value)))
    let gradients = plan.tensors(from: UnsafeBufferPointer(plan.gradients))
    let sums = (0..<3).map { output in (0..<6).reduce(0) { $0 + run.gradient[3 * $1 + output] } }
    #expect(Deviation(try #require(gradients["0.bias"]).values, sums).largest <= 1e-5)
    // The step's metric is the mean absolute error.
    let error = zip(reference.outputs, reference.targets).reduce(0.0) {
      $0 + abs(Double($1.0) - Double($1.1))
    }
    #expect(abs(result.metric - error / 18) <= 1e-6)
  }

  @Test func `covers every reference`() throws {
    #expect(Set(try LossReference.read().losses.keys) == Set(Self.losses.map(\.0)))
  }

  @Test func `a loss says how it is written, and differs from others`() {
    let all: [Loss] =
      [.nll, .nll(labelSmoothing: 0.1), .crossEntropy(), .crossEntropy(labelSmoothing: 0.1)]
      + Self.losses.map(\.1)
    #expect(Set(all).count == all.count)
    #expect(Set(all.map(\.contentDescription)).count == all.count)
    #expect(Loss.smoothL1(beta: 0.5) == .smoothL1(beta: 0.5))
    #expect(Loss.nll(labelSmoothing: 0) == .nll)
    #expect(
      all.map(\.description) == [
        ".nll", ".nll(labelSmoothing: 0.1)", ".crossEntropy()", ".crossEntropy(labelSmoothing: 0.1)", ".mse",
        ".l1",
        ".smoothL1(beta: 1.0)",
        ".smoothL1(beta: 0.5)", ".smoothL1(beta: 0.0)",
      ])
  }

  @Test(arguments: [
    (Loss.crossEntropy(labelSmoothing: 1.5), "labelSmoothing must be in 0…1, found 1.5"),
    (.nll(labelSmoothing: -0.1), "labelSmoothing must be in 0…1, found -0.1"),
    (.smoothL1(beta: -1), "beta must be a finite number, at least 0, found -1.0"),
    (.smoothL1(beta: .infinity), "beta must be a finite number, at least 0, found inf"),
  ])
  func `a parameter out of range is named`(loss: Loss, message: String) throws {
    let error = #expect(throws: LossError.self) { _ = try LossReference.plan(loss) }
    #expect(error?.description == message)
  }

  @Test func `targets of another kind are refused`() throws {
    let reference = try LossReference.read()
    let error = #expect(throws: PlanError.self) {
      _ = try LossReference.plan(.mse).trainStep(
        images: reference.outputs, labels: [0, 1, 2, 0, 1, 2], count: 6, step: 0)
    }
    #expect(error?.fact == .targets(found: .labels, loss: ".mse"))
  }
}
