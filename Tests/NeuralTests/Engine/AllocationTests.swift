import CAllocations
import Testing

@testable import Neural

/// The number of allocations on this thread while a body runs; `nil` if they cannot be counted.
///
/// The plan uses one thread, so that allocations of concurrent tests are not counted.
func allocations(during body: () throws -> Void) rethrows -> Int? {
  let before = quire_allocations_of_this_thread()
  try body()
  return before < 0 ? nil : Int(quire_allocations_of_this_thread() - before)
}

@Suite struct AllocationTests {
  @Test func theCounterCounts() {
    var kept: [[Int]] = []
    kept.reserveCapacity(3)
    guard let count = allocations(during: { for i in 1...3 { kept.append([i]) } }) else { return }
    #expect(count >= 3)
    #expect(allocations(during: {}) == 0)
  }

  @Test(arguments: [Precision.float32, .mixedBFloat16])
  func aStepAllocatesNothing(precision: Precision) throws {
    let model = try Model.cifar10Net()
    let plan = try Plan(model, batchSize: 2, loss: .nll, threads: 1, seed: 1, precision: precision)
    let images = normals(2 * model.input.elements, seed: 1)
    let labels: [Int32] = [1, 7]
    let update = ParameterUpdate(.adamW(), clipping: .norm(1), of: plan)
    func train(step: Int) throws {
      _ = try plan.trainStep(images: images, labels: labels, count: 2, step: step)
      update.apply(at: OptimizerStep(time: step + 1, learningRate: 1e-3))
    }
    try train(step: 0)
    #expect(try allocations { try train(step: 1) } ?? 0 == 0)
    let evaluation = try allocations { _ = try plan.evaluate(images: images, labels: labels, count: 2) }
    #expect(evaluation ?? 0 == 0)
  }
}
