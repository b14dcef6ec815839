import Foundation
import Testing

@testable import Neural

struct CustomScheduleTests {
  private let sgd = Optimizer.sgd(learningRate: 0.1)

  @Test func `a function of the batch replaces the optimizer's rate`() throws {
    let schedule = Schedule.custom { Double($0 + 1) / 10 }
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 2, epochs: 2)
    var rates: [Double] = []
    for _ in 0..<4 {
      try rates.append(cursor.learningRate)
      cursor.batchEnded()
    }
    #expect(rates == [0.1, 0.2, 0.3, 0.4])
    // The function is not called for a batch beyond the run.
    #expect(try cursor.learningRate == 0.4)
    #expect(try schedule.curve(optimizer: sgd, batches: 3).map(\.learningRate) == [0.1, 0.2, 0.3])
    #expect(try schedule.epochEnds(optimizer: sgd, batchesPerEpoch: 2, epochs: 2) == [0.3, 0.4])
    try schedule.validate(with: sgd, batchesPerEpoch: 2, epochs: 2)
  }

  @Test(arguments: [Double.nan, .infinity, -0.1])
  func `what is no learning rate is an error at its step`(rate: Double) throws {
    let origin = Origin(file: "n.md", line: 3, column: 7)
    let schedule = Schedule.custom(origin: origin) { $0 == 1 ? rate : 0.1 }
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 9, epochs: 1)
    #expect(try cursor.learningRate == 0.1)
    cursor.batchEnded()
    let error = #expect(throws: ScheduleError.self) { try cursor.learningRate }
    #expect(
      error?.description
        == "custom schedule: the learning rate of batch 1 must be a finite number, at least 0; found \(rate)")
    #expect(error?.origin == origin)
  }

  @Test func `a saved cursor keeps its place and is given its schedule again`() throws {
    let schedule = Schedule.custom { Double($0) }
    var cursor = ScheduleCursor(schedule: schedule, optimizer: sgd, batchesPerEpoch: 5, epochs: 1)
    for _ in 0..<3 { cursor.batchEnded() }
    var resumed = try JSONDecoder().decode(ScheduleCursor.self, from: JSONEncoder().encode(cursor))
    let error = #expect(throws: ScheduleError.self) { try resumed.learningRate }
    #expect(error?.fact == .functionMissing)
    resumed.schedule = schedule
    #expect(try resumed.learningRate == 3)
    #expect(resumed == cursor)
    #expect(Schedule.custom { Double($0) } != schedule)
  }
}
