import Foundation
import Neural
import Testing

@testable import NotebookRunner

@Suite struct RunForecastTests {
  private func training(epochs: Int = 50, earlyStopping: Int? = nil, line: Int = 7) throws
    -> NotebookRehearsal.Training
  {
    let model = try Model("M", seed: 1) {
      Conv2d(3, 32, kernelSize: 3, padding: 1)
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(32, 10)
      LogSoftmax()
    }
    let outline = try #require(
      try DatasetOutline.find(.synthetic(train: 1000, test: 200), from: DatasetLocator()))
    let data = try DataOutline(outline, batchSize: 100)
    let recipe = TrainingRecipe(epochs: epochs, earlyStopping: earlyStopping)
    return NotebookRehearsal.Training(
      outline: try TrainingOutline(model, on: data, recipe, threads: 2), line: line, memoryBytes: 50_000_000)
  }

  /// 50 epochs of 10 batches and 2 evaluations, and 10 evaluations at the end.
  @Test func secondsFollowFromWhatABatchTakes() throws {
    let forecast = RunForecast([try training()], times: [StepTimes(step: 2, evaluation: 0.5)])
    let expected: Double = 50 * 21 + 5
    #expect(forecast.seconds == expected)
    let line = try #require(forecast.lines.first)
    #expect(line.hasPrefix("train (line 7): 50 epochs, about 18 min on 2 threads, "), "\(line)")
    #expect(line.hasSuffix(" of memory, 10.6 kB on disk"), "\(line)")
    #expect(forecast.lines.count == 1)
  }

  @Test func memoryIsDataPlanAndOptimizer() throws {
    let outline = try training().outline
    let images = 1200 * 3072
    let optimizer = 2 * 4 * outline.model.parameterCount
    let batches = 4 * 100 * 3072 * 4
    #expect(outline.memoryBytes == images + outline.planBytes + optimizer + batches + outline.stateBytes)
    // Parameters, their gradients, and the gradients of each group of images.
    #expect(outline.planBytes > 10 * 4 * outline.model.parameterCount)
  }

  @Test func equalTrainingsAreToldOnceAndAddedUp() throws {
    let times = StepTimes(step: 1, evaluation: 1)
    let three = [try training(), try training(), try training(epochs: 1, earlyStopping: 3, line: 9)]
    let forecast = RunForecast(three, times: [times, times, times])
    #expect(forecast.lines.count == 3)
    #expect(
      forecast.lines[0].hasPrefix("train (line 7): 2 runs, each with 50 epochs, about 10 min on 2 threads"))
    #expect(forecast.lines[1].hasPrefix("train (line 9): up to 1 epoch, about 22 s on 2 threads"))
    #expect(forecast.lines[2] == "total: about 21 min")
    #expect(forecast.plan.count == 2)
    #expect(
      forecast.plan[1].hasPrefix(
        "train (line 9): 1,226 parameters, 10 batches per epoch × 1 epoch, working memory "))
    #expect(forecast.plan[1].hasSuffix(", data 3.7 MB"))
  }

  @Test func shortTrainingsAreNotMeasured() throws {
    let forecast = try RunForecast.measured([try training(epochs: 1)], always: false)
    #expect(forecast.seconds == nil)
  }

  @Test func aDryRunSaysWhatItWouldTakeAndWritesNothing() throws {
    let bench = try NotebookBench(smallNotebook)
    var options = bench.options()
    options.isDryRun = true
    let outcome = NotebookRunner.run(options, display: bench.display)
    #expect(outcome.exitCode == 0, "\(bench.problems)")
    #expect(outcome.report == nil)
    #expect(bench.display.lines.count == 2, "\(bench.display.lines)")
    #expect(bench.display.lines.first?.hasPrefix("train (line 24): 2 epochs, about ") == true)
    #expect(bench.display.lines.last == "nothing was run")
    #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/output"))
  }
}
