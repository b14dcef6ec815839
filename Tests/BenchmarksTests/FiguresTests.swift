import Foundation
import Testing

@testable import Benchmarks

@Suite struct FiguresTests {
  @Test func aRateIsTheMedianBetweenTheSlowestAndTheFastest() {
    let rate = Rate(images: 64, seconds: [4, 1, 2])
    #expect((rate.min, rate.median, rate.max) == (16, 32, 64))
    #expect(Rate(images: 1, seconds: [0.5]).median == 2)
  }

  @Test func settingAndFiguresAreOneFlatObject() throws {
    let setting = try Setting(Workload(.vgg), threads: 3, batchSize: 8)
    let found = TrainBenchmark.Found(
      rate: Rate(images: 8, seconds: [1]), parameters: 5, peakMemoryBytes: 7, allocationsPerBatch: nil)
    let data = try JSONEncoder().encode(Measured(setting: setting, figures: found))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "batchSize", "imagesPerSecond", "instructionSet", "max", "min", "network", "parameters",
        "peakMemoryBytes", "precision",
        "threads",
      ])
    #expect(object["network"] as? String == "vgg")
    #expect(object["imagesPerSecond"] as? Double == 8)
  }

  @Test func theMachineDoesSomething() {
    let machine = MachineBenchmark.run(threads: 1)
    #expect(machine.float32 > 0.1)
    #expect(machine.read > 0.1)
    #expect(machine.readWrite > 0.1)
    #expect(machine.jitter >= 0)
    #expect(machine.processorShare > 0 && machine.processorShare <= 1)
  }
}
