import Foundation
import Testing

@testable import Neural

/// Every schedule against PyTorch's values, and the assignment's against the published log.
struct ScheduleFixtureTests {
  private struct Reference: Decodable {
    struct Meta: Decodable { var metric: [Double]? }
    var meta: Meta
    var trajectory: [[Double?]]
  }

  static let adamW = Optimizer.adamW(learningRate: 1e-3)
  static let sgd = Optimizer.sgd(learningRate: 0.1, momentum: 0.9)
  static let schedules: [(String, Schedule, Optimizer)] = [
    ("cyclic-assignment", .cyclic(baseLR: 1e-4, maxLR: 1e-2, stepSizeUp: 4, stepSizeDown: 4), adamW),
    (
      "cyclic-triangular2",
      .cyclic(baseLR: 1e-3, maxLR: 1e-1, stepSizeUp: 5, stepSizeDown: 9, mode: .triangular2), sgd
    ),
    (
      "cyclic-exp-range",
      .cyclic(baseLR: 1e-3, maxLR: 1e-1, stepSizeUp: 7, mode: .expRange, gamma: 0.97), sgd
    ),
    ("step", .step(stepSize: 8, gamma: 0.1), sgd),
    ("multistep", .multiStep(milestones: [30, 80], gamma: 0.1), sgd),
    ("exponential", .exponential(gamma: 0.97), sgd),
    ("cosine", .cosine(tMax: 50, etaMin: 1e-4), sgd),
    ("cosine-warm-restarts", .cosineWarmRestarts(t0: 10, tMult: 2, etaMin: 1e-4), sgd),
    ("one-cycle", .oneCycle(maxLR: 0.01, totalSteps: 121), adamW),
    (
      "one-cycle-linear",
      .oneCycle(
        maxLR: 0.5, totalSteps: 121, pctStart: 0.2, annealStrategy: .linear, divFactor: 10,
        finalDivFactor: 100), sgd
    ),
    ("plateau", .plateau(factor: 0.5, patience: 3, threshold: 1e-4), sgd),
    ("warmup-step", .warmup(epochs: 5, from: 0.1, then: .step(stepSize: 8, gamma: 0.1)), sgd),
    ("warmup-cosine", .warmup(batches: 5, from: 0.1, then: .cosine(tMax: 35, etaMin: 1e-3)), sgd),
  ]

  private func references() throws -> [String: Reference] {
    try JSONDecoder().decode([String: Reference].self, from: Fixtures.data("schedulers.json"))
  }

  @Test(arguments: schedules)
  func `follows PyTorch's trajectory`(name: String, schedule: Schedule, optimizer: Optimizer) throws {
    let reference = try #require(try references()[name])
    // One batch per epoch, so that a batch and an epoch both equal one step of PyTorch's scheduler.
    try schedule.validate(with: optimizer, batchesPerEpoch: 1, epochs: 121)
    var cursor = ScheduleCursor(schedule: schedule, optimizer: optimizer, batchesPerEpoch: 1, epochs: 121)
    var worst = 0.0
    for (step, values) in reference.trajectory.enumerated() {
      worst = try max(worst, abs(cursor.learningRate - (try #require(values[0]))))
      worst = try max(worst, abs((cursor.momentum ?? 0.9) - (try #require(values[1]))))
      cursor.batchEnded()
      cursor.epochEnded(metric: reference.meta.metric.flatMap { step < $0.count ? $0[step] : nil } ?? 0)
    }
    print("schedule \(name): largest error \(worst)")
    #expect(worst < 1e-12)
  }

  @Test func `covers every reference`() throws {
    #expect(Set(try references().keys) == Set(Self.schedules.map(\.0)))
  }

  @Test func `gives the published log's learning rates`() throws {
    let log = try #require(String(data: try Fixtures.data("published/training.log"), encoding: .utf8))
    let published = log.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("Epoch"), let start = line.range(of: "LR: ")?.upperBound else { return nil }
      return String(line[start...].prefix(8))
    }
    #expect(published.count == 50)
    let schedule = Schedule.cyclic(baseLR: 1e-4, maxLR: 1e-2, stepSizeUp: 4, stepSizeDown: 4)
    var cursor = ScheduleCursor(schedule: schedule, optimizer: Self.adamW, batchesPerEpoch: 781, epochs: 50)
    for rate in published {
      for _ in 0..<781 { cursor.batchEnded() }
      #expect(try String(format: "%.6f", cursor.learningRate) == rate)
      cursor.epochEnded(metric: 1)
    }
  }
}
