import Foundation
import Neural
import Reporting
import Testing

@testable import Steps

/// A reader sees the curve and the suggested rates, and trains with one.
@Suite struct LearningRateFinderStepTests {
  private let observer = RecordingObserver()

  @Test func `the report shows the suggestions and the curve on a logarithmic axis`() throws {
    let run = observer.run
    let data = try run.loadData(.synthetic(train: 40, test: 10), batchSize: 10)
    let layers: [any Layer] = [AdaptiveAvgPool2d(2), Flatten(), Linear(12, 10), LogSoftmax()]
    let model = try run.buildModel("M", elements: layers.map { LayerElement($0) })
    let curve = try run.learningRateFinder(model, on: data, endLR: 1)
    let facts = observer.blocks.compactMap { if case .facts(let facts) = $0 { facts } else { nil } }
    #expect(facts.last?.map(\.name) == ["Learning rate, valley", "Learning rate, steepest slope"])
    guard case .figure(let figure)? = observer.blocks.last else {
      Issue.record("no figure")
      return
    }
    let table = try #require(figure.data.first)
    #expect(table.rows.count == curve.rates.count)
    #expect(table.rows.first?.prefix(2) == ["-7", "1e-7"])
    #expect(table.rows.count { $0[3] != "" } == 1)
    // The ticks are powers of ten.
    #expect(figure.svg().contains(">1e-5<") || figure.svg().contains(">0.00001<"))
    #expect(observer.files["learning_rate_finder.png"] != nil)
    #expect(run.results.histories.isEmpty)
  }
}
