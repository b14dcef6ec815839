import Testing

@testable import Neural

/// A schedule that watches the loss upwards lowers the rate as soon as the training improves.
@Suite struct PlateauMetricTests {
  @Test func `max watches the accuracy, min the loss`() {
    let score = Score(loss: 2.5, accuracy: 0.75)
    #expect(Schedule.plateau(mode: .max).watched(in: score) == 0.75)
    #expect(Schedule.plateau(mode: .min).watched(in: score) == 2.5)
    #expect(Schedule.plateau().watched(in: score) == 2.5)
  }

  @Test(arguments: [Schedule.PlateauMode.min, .max])
  func `a training lowers the rate when what it watches stalls`(mode: Schedule.PlateauMode) throws {
    let schedule = Schedule.plateau(mode: mode, factor: 0.5, patience: 0, threshold: 0)
    let recipe = TrainingRecipe(epochs: 8, optimizer: .sgd(learningRate: 0.1), schedule: schedule)
    let history = try Trainer(
      ResumeTests.model(), ResumeTests.data.get(), recipe, threads: 1, seed: 3
    ).run()
    var (rate, best) = (0.1, Double?.none)
    for epoch in history.epochs {
      #expect(epoch.learningRate == rate, "epoch \(epoch.epoch)")
      let value = try #require(mode == .max ? epoch.evaluation.accuracy : epoch.evaluation.loss)
      if best.map({ mode == .max ? value > $0 : value < $0 }) ?? true {
        best = value
      } else {
        rate *= 0.5
      }
    }
    #expect(rate < 0.1, "the example never stalls")
  }

  @Test func `max is refused where a lower metric is better`() throws {
    let recipe = TrainingRecipe(epochs: 1, schedule: .plateau(mode: .max), loss: .mse)
    let error = #expect(throws: ScheduleError.self) { try recipe.validate(batchesPerEpoch: 1) }
    #expect(error?.fact == .direction(metric: "mean absolute error"))
    try TrainingRecipe(epochs: 1, schedule: .plateau(mode: .min), loss: .mse).validate(batchesPerEpoch: 1)
    try TrainingRecipe(epochs: 1, schedule: .plateau(mode: .max)).validate(batchesPerEpoch: 1)
  }
}
