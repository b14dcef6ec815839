import Neural
import Testing

@testable import Steps

/// What a training may need.
@Suite struct MemoryLimitTests {
  @Test func theContainersLimitCountsWhereItIsLower() {
    #expect(MemoryLimit.share(of: 20_000_000_000, container: nil).bytes == 16_000_000_000)
    #expect(MemoryLimit.share(of: 20_000_000_000, container: 10_000_000_000).bytes == 8_000_000_000)
    #expect(MemoryLimit.share(of: 20_000_000_000, container: .max).bytes == 16_000_000_000)
    #expect(MemoryLimit.limit(ofGroup: "max\n") == nil)
    #expect(MemoryLimit.limit(ofGroup: "2147483648\n") == 2_147_483_648)
  }

  @Test func aTrainingThatDoesNotFitIsRefusedBeforeItsFirstStep() throws {
    let run = Run(
      RunSettings(output: "unused", memoryLimit: MemoryLimit(bytes: 1000)), observer: RecordingObserver())
    let data = try run.loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    let model = try Model("M") {
      Flatten()
      Linear(3072, 10)
      LogSoftmax()
    }
    #expect(throws: MemoryError.self) { try run.train(model, on: data, epochs: 1) }
  }
}
