import CAllocations
import Testing

@testable import Neural

/// Allocations of this thread while a body runs; `nil` where they cannot be counted.
///
/// The plan has one thread here, so that what other tests allocate at the same time is not counted.
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

  @Test func aStepAllocatesNothing() throws {
    let model = try Model.cifar10Net()
    let plan = try Plan(model, batchSize: 2, loss: .nll, threads: 1, seed: 1)
    let images = normals(2 * model.input.elements, seed: 1)
    let labels: [Int32] = [1, 7]
    var step = 0
    func train() throws {
      _ = try plan.trainStep(images: images, labels: labels, count: 2, step: step)
      step += 1
    }
    try train()
    let inTraining = try allocations(during: train)
    let inEvaluation = try allocations {
      _ = try plan.evaluate(images: images, labels: labels, count: 2)
    }
    // The engine that is being built will allocate nothing; then this goes.
    withKnownIssue {
      #expect(inTraining ?? 0 == 0)
      #expect(inEvaluation ?? 0 == 0)
    }
  }
}
