import Testing

@testable import Neural

/// If these fail, `print(data)` fills a report with the pixels of 60,000 images.
@Suite struct DescriptionTests {
  @Test func `values print as a line, not as all their numbers`() throws {
    let data = try ImageData(.synthetic(train: 40, test: 10), batchSize: 8, validation: 0.25)
    #expect("\(data)" == "synthetic: 30 training, 10 validation, 10 test images in 10 classes, batches of 8")
    let sizes = try ImageData(.synthetic(train: 4, test: 2, target: .size), batchSize: 2)
    #expect("\(sizes)" == "synthetic sizes: 4 training, 2 test images, batches of 2")

    let model = try model(
      [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 10), LogSoftmax()], input: Shape(3, 32, 32))
    #expect("\(model)" == "Test: 40 parameters")
    let history = try Trainer(model, data, TrainingRecipe(epochs: 2), threads: 1, seed: 0).run()
    let best = try #require(history.best)
    #expect(
      "\(history)"
        == "Test: 2 epochs, best \(best.evaluation.decidingText) on the validation images at epoch \(best.epoch)"
    )
    let epoch = "\(history.epochs[1])"
    #expect(epoch.hasPrefix("epoch 2: training loss ") && epoch.contains("%; validation loss "), "\(epoch)")
    #expect(epoch.count < 80)
  }

  @Test func `schedules print their numbers`() {
    #expect("\(Schedule.step(stepSize: 8))" == "StepLR(stepSize: 8, gamma: 0.1)")
    #expect("\(Schedule.multiStep(milestones: [3, 6]))" == "MultiStepLR(milestones: [3, 6], gamma: 0.1)")
    #expect("\(Schedule.constant)" == "ConstantLR" && "\(Schedule.custom { _ in 0.1 })" == "custom")
    #expect(
      "\(Schedule.oneCycle(maxLR: 1, totalSteps: 9))".hasPrefix("OneCycleLR(maxLR: 1.0, totalSteps: 9, "))
  }
}
