import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

@Suite struct CompareTests {
  private let observer = RecordingObserver()

  @Test func runsStandInTheirOrderWithTheBestMarked() throws {
    let run = Run(
      RunSettings(
        seed: 1, threads: 1, output: FileManager.default.temporaryDirectory.path + "/quire-compare"),
      observer: observer)
    defer { try? FileManager.default.removeItem(atPath: run.settings.output) }
    let data = try run.loadData(.synthetic(train: 60, test: 20), batchSize: 20)
    let layers: [any Layer] = [AdaptiveAvgPool2d(1), Flatten(), Linear(3, 10), LogSoftmax()]
    let runs = try [("b", 0.1), ("a", 0.001)].map { name, rate in
      let model = try run.buildModel("M", elements: layers.map { LayerElement($0) })
      return (name, try run.train(model, on: data, epochs: 2, optimizer: .sgd(learningRate: rate)))
    }
    try run.compare(runs)
    let blocks = observer.blocks.suffix(2)
    guard case .figure(let figure)? = blocks.first, case .table(let table)? = blocks.last else {
      Issue.record("no figure and table")
      return
    }
    #expect(table.rows.map { $0[0] } == ["b", "a"])
    #expect(figure.data.map(\.headers) == [["epoch", "b", "a"], ["epoch", "b", "a"]])
    let accuracies = runs.map(\.1.bestTestAccuracy)
    let best = try #require(table.marked)
    #expect(accuracies[best] == accuracies.max())
    #expect(table.rows[best].last == "best")
    #expect(table.rows[1 - best].last == "")
    #expect(observer.files.keys.contains("comparison.png"))
  }

  @Test func nothingToCompareIsAnError() throws {
    let run = Run(RunSettings(output: "."), observer: observer)
    #expect(throws: TrainingError.self) { try run.compare([]) }
  }
}
