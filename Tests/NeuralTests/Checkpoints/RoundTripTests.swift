import Support
import TestSupport
import Testing

@testable import Neural

/// Random values are equal after writing and reading them. A failure names the seed.
struct RoundTripTests {
  @Test(arguments: 0..<40) func `safetensors are read as they were written`(seed: Int) throws {
    var random = Seeded(seed)
    var file = Safetensors()
    for _ in 0..<random.below(5) {
      let shape = random.list(upTo: 3) { $0.below(4) }
      let count = shape.reduce(1, *)
      let values = (0..<count).map { _ in
        Float(bitPattern: UInt32.random(in: 0..<0x7F80_0000, using: &random))
      }
      file.tensors[random.text()] = Tensor(shape: shape, values: values)
    }
    for _ in 0..<random.below(3) {
      let name = random.text()
      if file.tensors[name] != nil { continue }
      file.integers[name] = Safetensors.IntegerTensor(scalar: random.pick([0, -1, .max, .min]))
    }
    file.metadata = Dictionary(random.list(upTo: 4) { ($0.text(), $0.text()) }) { $1 }
    file.tensors["__metadata__"] = nil
    file.integers["__metadata__"] = nil
    let bytes = file.bytes()
    let read = try Safetensors(bytes: bytes, file: "f")
    #expect(read == file)
    #expect(read.bytes() == bytes)
  }

  @Test(arguments: 0..<20) func `schedules are read as they were written`(seed: Int) throws {
    var random = Seeded(seed)
    let (steps, rate) = (1 + random.below(50), Double.random(in: 1e-6...0.9, using: &random))
    let schedules: [Schedule] = [
      .constant, .step(stepSize: steps, gamma: rate),
      .multiStep(milestones: [steps, steps + 3], gamma: rate),
      .exponential(gamma: rate), .cosine(tMax: steps, etaMin: rate / 10),
      .cosineWarmRestarts(t0: steps, tMult: 1 + random.below(3)),
    ]
    for schedule in schedules {
      #expect(try JSON.value(Schedule.self, from: Array(JSON.text(schedule).utf8)) == schedule)
    }
  }
}
