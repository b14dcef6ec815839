import Foundation
import Testing

@testable import Neural

/// Thirty steps of every optimizer against PyTorch's trajectories.
struct OptimizerFixtureTests {
  private struct Reference: Decodable {
    struct Run: Decodable { var trajectory: [[Float]] }
    var initial: [Float]
    var gradients: [[Float]]
    var optimizers: [String: Run]
  }

  static let optimizers: [(String, Optimizer)] = [
    ("sgd", .sgd(learningRate: 0.05)),
    ("sgd-momentum", .sgd(learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4)),
    ("sgd-nesterov", .sgd(learningRate: 0.05, momentum: 0.9, weightDecay: 5e-4, nesterov: true)),
    ("adam", .adam(learningRate: 0.01, weightDecay: 0.01)),
    ("adamw", .adamW(learningRate: 0.01, weightDecay: 0.01)),
    ("adamw-default", .adamW()),
    ("rmsprop", .rmsProp(learningRate: 0.01, momentum: 0.9)),
    ("adamax", .adamax(learningRate: 0.01, weightDecay: 0.01)),
    ("nadam", .nAdam(learningRate: 0.01, weightDecay: 0.01)),
    ("nadam-decoupled", .nAdam(learningRate: 0.01, weightDecay: 0.01, decoupledWeightDecay: true)),
    ("lion", .lion(learningRate: 0.01, weightDecay: 0.1)),
  ]

  @Test(arguments: optimizers)
  func `follows PyTorch's trajectory`(name: String, optimizer: Optimizer) throws {
    let reference = try JSONDecoder().decode(Reference.self, from: Fixtures.data("optimizers.json"))
    let run = try #require(reference.optimizers[name])
    var state = OptimizerState(reference.initial, optimizer)
    var worst: Float = 0
    for (step, gradient) in reference.gradients.enumerated() {
      state.step(gradient, optimizer, time: step + 1)
      for (ours, theirs) in zip(state.parameters, run.trajectory[step]) {
        worst = max(worst, abs(ours - theirs) / max(1, abs(theirs)))
      }
    }
    print("optimizer \(name): largest error \(worst)")
    #expect(worst < 1e-6)
  }

  @Test func `covers every reference`() throws {
    let reference = try JSONDecoder().decode(Reference.self, from: Fixtures.data("optimizers.json"))
    #expect(Set(reference.optimizers.keys) == Set(Self.optimizers.map(\.0)))
  }

  @Test(arguments: optimizers.map(\.1) + [.rmsProp()])
  func `gives the same bytes however the work is split`(optimizer: Optimizer) {
    var random = RandomStream(seed: 1, .initialisation)
    let start = (0..<1003).map { _ in Float(random.normal()) }
    let gradients = (0..<3).map { _ in (0..<1003).map { _ in Float(random.normal()) } }
    var whole = OptimizerState(start, optimizer)
    for (i, gradient) in gradients.enumerated() { whole.step(gradient, optimizer, time: i + 1) }
    for cuts in [[0, 1, 1003], [0, 333, 500, 1003], [0, 7, 14, 21, 1000, 1003]] {
      var split = OptimizerState(start, optimizer)
      for (i, gradient) in gradients.enumerated() {
        for (from, to) in zip(cuts, cuts.dropFirst()) {
          split.step(gradient, optimizer, time: i + 1, range: from..<to)
        }
      }
      #expect(split.parameters.map(\.bitPattern) == whole.parameters.map(\.bitPattern))
      #expect(split.slots == whole.slots)
    }
  }
}

/// Parameters and optimizer state, as in a training loop.
struct OptimizerState {
  var parameters: [Float]
  var slots: [[Float]]

  init(_ parameters: [Float], _ optimizer: Optimizer) {
    self.parameters = parameters
    slots = Array(repeating: Array(repeating: 0, count: parameters.count), count: optimizer.slotCount)
  }

  mutating func step(
    _ gradients: [Float], _ optimizer: Optimizer, time: Int, range: Range<Int>? = nil,
    learningRate: Double? = nil, momentum: Double? = nil
  ) {
    let range = range ?? 0..<parameters.count
    var buffers = slots.map { Array($0[range]) }
    let pointers = buffers.indices.map { index in
      let pointer = UnsafeMutableBufferPointer<Float>.allocate(capacity: range.count)
      _ = pointer.initialize(from: buffers[index])
      return pointer
    }
    parameters[range].withUnsafeMutableBufferPointer { values in
      gradients[range].withUnsafeBufferPointer { gradients in
        optimizer.update(
          values, gradients: gradients, slots: pointers, time: time,
          learningRate: learningRate ?? optimizer.learningRate, momentum: momentum)
      }
    }
    for (index, pointer) in pointers.enumerated() {
      buffers[index] = Array(pointer)
      slots[index].replaceSubrange(range, with: buffers[index])
      pointer.deallocate()
    }
  }
}
