import CKernels
import Testing

@testable import Neural

/// The optimizers' vector kernels against the naive ones: equal to the last bit on every instruction set of the
/// machine, so that a training's bytes depend neither on threads nor on how the work is split.
@Suite struct OptimizerKernelTests {
  static let seed: UInt64 = 20_261_130
  /// Below, at and above the vectors' 8 and 16 numbers.
  static let sizes = [1, 7, 8, 15, 16, 17, 33, 1003]

  /// Parameters, gradients and two state arrays after some updates, as bits.
  private func bits(
    _ count: Int, _ update: (_ w: inout [Float], _ g: [Float], _ a: inout [Float], _ b: inout [Float]) -> Void
  ) -> [UInt32] {
    var w = normals(count, seed: Self.seed, 1)
    var (a, b) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    for time in 0..<3 { update(&w, normals(count, seed: Self.seed, 2 + time), &a, &b) }
    return (w + a + b).map(\.bitPattern)
  }

  @Test(arguments: InstructionSet.supported, sizes) func `SGD`(kernels: String, count: Int) throws {
    let table = try #require(quire_kernels_named(kernels))
    for nesterov: Int32 in [0, 1] {
      var numbers = quire_sgd(rate: 0.05, decay: 5e-4, momentum: 0.9, nesterov: nesterov)
      for hasVelocity in [true, false] {
        let fast = bits(count) { w, g, a, _ in
          a.withUnsafeMutableBufferPointer {
            table.pointee.sgd(&numbers, &w, g, hasVelocity ? $0.baseAddress : nil, Int64(count))
          }
        }
        let naive = bits(count) { w, g, a, _ in
          a.withUnsafeMutableBufferPointer {
            quire_reference_sgd(&numbers, &w, g, hasVelocity ? $0.baseAddress : nil, Int64(count))
          }
        }
        #expect(fast == naive, "nesterov \(nesterov), velocity \(hasVelocity), seed \(Self.seed)")
      }
    }
  }

  @Test(arguments: InstructionSet.supported, sizes) func `Adam`(kernels: String, count: Int) throws {
    let table = try #require(quire_kernels_named(kernels))
    for (shrink, decay) in [(Float(1), Float(0.01)), (0.9999, 0)] {
      var numbers = quire_adam(
        step_size: 0.01, correction: 0.03, mean_gain: 0.1, square_decay: 0.999, square_gain: 0.001,
        epsilon: 1e-8, shrink: shrink, decay: decay)
      let fast = bits(count) { table.pointee.adam(&numbers, &$0, $1, &$2, &$3, Int64(count)) }
      #expect(fast == bits(count) { quire_reference_adam(&numbers, &$0, $1, &$2, &$3, Int64(count)) })
    }
  }

  @Test(arguments: InstructionSet.supported, sizes) func `RMSprop`(kernels: String, count: Int) throws {
    let table = try #require(quire_kernels_named(kernels))
    var numbers = quire_rmsprop(
      rate: 0.01, decay: 1e-4, momentum: 0.9, square_decay: 0.99, square_gain: 0.01, epsilon: 1e-8)
    for hasVelocity in [true, false] {
      let fast = bits(count) { w, g, a, b in
        b.withUnsafeMutableBufferPointer {
          table.pointee.rmsprop(&numbers, &w, g, &a, hasVelocity ? $0.baseAddress : nil, Int64(count))
        }
      }
      let naive = bits(count) { w, g, a, b in
        b.withUnsafeMutableBufferPointer {
          quire_reference_rmsprop(&numbers, &w, g, &a, hasVelocity ? $0.baseAddress : nil, Int64(count))
        }
      }
      #expect(fast == naive, "velocity \(hasVelocity), seed \(Self.seed)")
    }
  }

  @Test(arguments: sizes) func `sums of squares are equal on every instruction set`(count: Int) throws {
    let x = normals(count, seed: Self.seed, 5)
    let naive = quire_reference_sum_of_squares(x, Int64(count))
    let sums = try InstructionSet.supported.map {
      try #require(quire_kernels_named($0)).pointee.sum_of_squares(x, Int64(count))
    }
    #expect(Set(sums.map(\.bitPattern)).count == 1)
    for sum in sums { #expect(abs(sum - naive) <= 1e-14 * naive) }
  }

  @Test(arguments: InstructionSet.supported, sizes) func `averages`(kernels: String, count: Int) throws {
    let table = try #require(quire_kernels_named(kernels))
    for share: Float in [0.001, 0.3, 0.7, 1] {
      let fast = bits(count) { w, g, _, _ in table.pointee.lerp(&w, g, share, Int64(count)) }
      #expect(fast == bits(count) { w, g, _, _ in quire_reference_lerp(&w, g, share, Int64(count)) })
    }
  }

  @Test(arguments: InstructionSet.supported) func `clamping and scaling are elementwise`(kernels: String)
    throws
  {
    let table = try #require(quire_kernels_named(kernels))
    var x: [Float] = [-3, -0.5, 0, 0.25, 7, .infinity, -.infinity, .nan] + Array(repeating: 2, count: 11)
    table.pointee.clamp(&x, 0.5, Int64(x.count))
    #expect(Array(x[..<7]) == [-0.5, -0.5, 0, 0.25, 0.5, 0.5, -0.5])
    #expect(x[7].isNaN && x[8...].allSatisfy { $0 == 0.5 })
    table.pointee.scale(&x, 4, Int64(x.count))
    #expect(x[3] == 1 && x[18] == 2)
  }
}

/// Updates on a plan's threads: a training's bytes must not depend on how many there are.
@Suite struct ParameterUpdateTests {
  private func trained(
    _ optimizer: Optimizer, _ clipping: GradientClipping?, threads: Int
  ) throws -> (weights: [UInt32], slots: [UInt32]) {
    let model = try model([Flatten(), Linear(75, 90), ReLU(), Linear(90, 5)], input: Shape(3, 5, 5), seed: 2)
    let plan = try Plan(model, batchSize: 8, loss: .crossEntropy(), threads: threads, seed: 1)
    let update = ParameterUpdate(optimizer, clipping: clipping, of: plan)
    let images = normals(8 * 75, seed: 3)
    for step in 0..<3 {
      _ = try plan.trainStep(
        images: images, labels: (0..<8).map { Int32($0 % 5) }, count: 8, step: step)
      update.apply(at: OptimizerStep(time: step + 1, learningRate: 0.05, momentum: 0.85))
    }
    return (plan.parameters.map(\.bitPattern), update.slots.flatMap { $0.map(\.bitPattern) })
  }

  /// The same on one thread, array by array.
  private func alone(_ optimizer: Optimizer, _ clipping: GradientClipping?) throws -> (
    weights: [UInt32], slots: [UInt32]
  ) {
    let model = try model([Flatten(), Linear(75, 90), ReLU(), Linear(90, 5)], input: Shape(3, 5, 5), seed: 2)
    let plan = try Plan(model, batchSize: 8, loss: .crossEntropy(), threads: 1, seed: 1)
    let slots = (0..<optimizer.slotCount).map { _ in FloatBuffer(zeros: plan.parameters.count) }
    let images = normals(8 * 75, seed: 3)
    for step in 0..<3 {
      _ = try plan.trainStep(
        images: images, labels: (0..<8).map { Int32($0 % 5) }, count: 8, step: step)
      clipping?.apply(to: plan.gradients)
      optimizer.update(
        plan.parameters, gradients: UnsafeBufferPointer(plan.gradients), slots: slots.map(\.buffer),
        time: step + 1, learningRate: 0.05, momentum: 0.85)
    }
    return (plan.parameters.map(\.bitPattern), slots.flatMap { $0.buffer.map(\.bitPattern) })
  }

  @Test(arguments: OptimizerFixtureTests.optimizers.map(\.1))
  func `any number of threads gives the bytes of one stretch`(optimizer: Optimizer) throws {
    for clipping in [nil, .norm(0.5), .value(0.01)] as [GradientClipping?] {
      let expected = try alone(optimizer, clipping)
      for threads in [1, 2, 3, 7] {
        let found = try trained(optimizer, clipping, threads: threads)
        #expect(
          found == expected,
          "\(optimizer.name), \(threads) threads, clipping \(clipping?.description ?? "none")")
      }
    }
  }

  /// An optimizer written outside of the library, without a kernel.
  private struct SignSGD: OptimizerRule {
    var name: String { "SignSGD" }
    var slotNames: [String] { ["count"] }
    var momentum: Double? { nil }
    var hyperparameters: [Hyperparameter] { [] }
    func validate() throws {}
    func update(_ stretch: ParameterStretch, at step: OptimizerStep) {
      for i in 0..<stretch.count {
        stretch.slot(0)[i] += 1
        stretch.parameters[i] -= Float(step.learningRate) * (stretch.gradients[i] < 0 ? -1 : 1)
      }
    }
  }

  @Test func `an optimizer of one's own runs on all threads`() throws {
    let optimizer = Optimizer(SignSGD(), learningRate: 0.01)
    let one = try trained(optimizer, nil, threads: 1)
    #expect(try trained(optimizer, nil, threads: 3) == one)
    #expect(one.slots.allSatisfy { $0 == Float(3).bitPattern })
    #expect(optimizer.description == "SignSGD(learningRate: 0.01)")
    #expect(optimizer == Optimizer(SignSGD(), learningRate: 0.01) && optimizer != .adamW())
  }
}
