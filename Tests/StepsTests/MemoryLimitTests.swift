import Neural
import Testing

@testable import Steps

/// Memory limits of runs.
@Suite struct MemoryLimitTests {
  @Test func itIsAShareOfTheMachineOrOfItsContainer() {
    let machine = MemoryLimit.memory(
      physical: 20_000_000_000, groupLimits: ["max\n", "9223372036854771712\n"])
    #expect(MemoryLimit.share(of: machine).bytes == 16_000_000_000)
    #expect(MemoryLimit.share(of: machine).source == "80% of this machine's 20 GB")
    let container = MemoryLimit.memory(physical: 20_000_000_000, groupLimits: ["max\n", "10000000000\n"])
    #expect(MemoryLimit.share(of: container).bytes == 8_000_000_000)
    #expect(MemoryLimit.share(of: container).source == "80% of this container's 10 GB")
  }

  @Test func whatTheMachineDoesNotHaveCannotBeGiven() {
    let machine = MemoryLimit.memory(physical: 20_000_000_000, groupLimits: [])
    #expect(MemoryLimit.given(2_000_000_000, of: machine).source == "--max-memory")
    #expect(MemoryLimit.given(900_000_000_000, of: machine).bytes == 20_000_000_000)
    #expect(MemoryLimit.given(900_000_000_000, of: machine).source == "all that this machine has")
    #expect(MemoryLimit.given(2_000_000_000, of: machine).shared(by: 4).bytes == 500_000_000)
  }

  @Test func theGroupAndAllAroundItAreAsked() {
    #expect(
      MemoryLimit.groupFiles("0::/a/b\n") == [
        "/sys/fs/cgroup/a/b/memory.max", "/sys/fs/cgroup/a/memory.max", "/sys/fs/cgroup/memory.max",
      ])
    #expect(
      MemoryLimit.groupFiles("5:cpu:/x\n4:memory:/a\n") == [
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      ])
    #expect(MemoryLimit.groupFiles("") == [])
  }

  private static func run(_ bytes: Int) -> Run {
    Run(
      RunSettings(output: "unused", memoryLimit: MemoryLimit(bytes: bytes)), observer: RecordingObserver())
  }

  @Test func everyStepIsRefusedThatDoesNotFitBesideWhatIsLoaded() throws {
    // The program and 40,060 images; the second set exceeds the limit.
    let run = Self.run(MemoryNeeds.program + 130_000_000)
    let data = try run.loadData(.synthetic(train: 40, test: 20), batchSize: 20)
    _ = try run.loadData(.synthetic(train: 20_000, test: 10, seed: 2))
    #expect(throws: MemoryError.self) { try run.loadData(.synthetic(train: 30_000, test: 10, seed: 3)) }
    let model = try Model("M") {
      Flatten()
      Linear(3072, 2000)
      Linear(2000, 10)
      LogSoftmax()
    }
    let small = Self.run(MemoryNeeds.program + 2_000_000)
    #expect(throws: MemoryError.self) { try small.train(model, on: data, epochs: 1) }
    #expect(throws: MemoryError.self) { try small.evaluate(model, on: data) }
    #expect(throws: MemoryError.self) { try small.loadData(.synthetic()) }
  }
}
