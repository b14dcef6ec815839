import Neural
import Testing

@testable import NotebookRunner

/// The networks that `quire bench train notebook.md` times. A user who edits his model would otherwise time another
/// network, loss or optimizer than the one that he trains.
@Suite struct NotebookNetworksTests {
  private static let layers =
    "Conv2d(3, 4, kernelSize: 3); ReLU(); AdaptiveAvgPool2d(1); Flatten(); Linear(4, 10); LogSoftmax()"

  private func networks(_ cells: String) throws -> NotebookNetworks {
    let bench = try NotebookBench(cells)
    return withExtendedLifetime(bench) { NotebookRunner.networks(of: bench.options()) }
  }

  @Test func eachNetworkHasItsFirstTraining() throws {
    let found = try networks(
      """
      ```swift
      let data = loadData(.synthetic(train: 600, test: 20), batchSize: 16, augmentation: [.horizontalFlip()])
      let first = buildModel("First") { \(Self.layers) }
      let second = buildModel("Second") { \(Self.layers) }
      train(second, on: data, epochs: 1, optimizer: .sgd(learningRate: 0.1), loss: .nll)
      train(second, on: data, epochs: 1, optimizer: .adam(), loss: .nll)
      ```
      """)
    #expect(found.report.errors == 0)
    #expect(found.networks.map(\.model.name) == ["First", "Second"])
    let first = try #require(found.network(named: nil))
    #expect(first.model.name == "First")
    #expect(first.recipe == nil)
    let second = try #require(found.network(named: "Second"))
    #expect(second.recipe?.optimizer == .sgd(learningRate: 0.1))
    #expect(second.data?.batchSize == 16)
    #expect(second.data?.pipeline.augmentations.map(\.name) == ["HorizontalFlip", "Normalize"])
    #expect(found.network(named: "Third") == nil)
    #expect(found.missing("Third") == "the notebook has no model 'Third'; its models are First, Second")
  }

  @Test func missingDataIsNoError() throws {
    let found = try networks(
      """
      ```swift
      let data = loadData(.imageFolder("nowhere"), batchSize: 16)
      let model = buildModel("M", inputSize: 48) { \(Self.layers) }
      train(model, on: data, epochs: 1, optimizer: .rmsProp(), loss: .nll)
      ```
      """)
    #expect(found.report.errors == 0, "\(found.report.renderedErrors)")
    let network = try #require(found.network(named: nil))
    #expect(network.model.input == Shape(3, 48, 48))
    #expect(network.recipe?.optimizer == .rmsProp())
    #expect(network.data == nil)
  }

  @Test func errorsHaveTheirPlaces() throws {
    let found = try networks("```swift\nlet model = buildModel(\"M\") { Linear(5, 10) }\n```\n")
    #expect(found.report.errors == 1)
    #expect(found.report.renderedErrors.first?.contains("n.md:2:31: error: ") == true)
  }

  @Test func aNotebookWithoutModelsSaysSo() throws {
    let found = try networks("```swift\nlet a = 1\nprint(a)\n```\n")
    #expect(found.network(named: nil) == nil)
    #expect(found.missing(nil).contains("builds no model"))
  }
}
