import Testing

@testable import Neural

@Suite struct ScheduleLengthTests {
  private func length(_ schedule: Schedule) -> ScheduleMismatch.Length? {
    schedule.mismatch(batchesPerEpoch: 10, epochs: 20)?.length
  }

  @Test func schedulesThatFitSayNothing() {
    for schedule: Schedule in [
      .constant, .exponential(gamma: 0.9), .cosine(tMax: 20), .cosineWarmRestarts(t0: 5), .step(stepSize: 8),
      .multiStep(milestones: [10, 19]), .cyclic(baseLR: 0, maxLR: 1, stepSizeUp: 100), .oneCycle(maxLR: 1),
      .oneCycle(maxLR: 1, totalSteps: 200), .plateau(patience: 3),
    ] {
      #expect(length(schedule) == nil, "\(schedule.name)")
    }
  }

  @Test func othersSaySo() {
    #expect(length(.cosine(tMax: 19)) == .shorter)
    for schedule: Schedule in [
      .cosine(tMax: 21), .cosineWarmRestarts(t0: 21), .step(stepSize: 20), .multiStep(milestones: [10, 20]),
      .cyclic(baseLR: 0, maxLR: 1, stepSizeUp: 101), .oneCycle(maxLR: 1, totalSteps: 201),
      .plateau(patience: 20), .cyclic(baseLR: 0, maxLR: 1, stepSizeUp: .max),
    ] {
      #expect(length(schedule) == .longer, "\(schedule.name)")
    }
  }
}
