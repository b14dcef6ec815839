import Testing

@testable import Neural

/// A table that a notebook has computed is a data set: split by class, standardised by its training rows, checked.
@Suite struct ArrayTableTests {
  private let locator = DatasetLocator(given: "/nowhere")

  private func table(_ count: Int, labels: (Int) -> String = { $0 % 3 == 0 ? "rare" : "common" })
    -> DataSource
  {
    .arrays(
      features: (0..<count).map { [Double($0), 100 - 2 * Double($0)] }, labels: (0..<count).map(labels))
  }

  @Test func `each class has its share of the test rows, and the outline knows the counts`() throws {
    let data = try Dataset.load(table(30), from: locator)
    #expect(data.classNames == ["common", "rare"])
    #expect(DatasetOutline.counts(data.train.labels, classes: 2) == [16, 8])
    #expect(DatasetOutline.counts(data.test.labels, classes: 2) == [4, 2])
    let outline = try #require(try DatasetOutline.find(table(30), from: locator))
    #expect(outline == DatasetOutline(data), "the check foresees what the run finds")
    #expect(outline.input == Shape(features: 2))
    // Each row keeps its label.
    for set in [data.train, data.test] {
      for row in 0..<set.count {
        #expect(Int(set.features[2 * row]) % 3 == 0 ? set.labels[row] == 1 : set.labels[row] == 0)
      }
    }
  }

  @Test func `whole numbers are classes in ascending order, numbers are targets`() throws {
    let labels = DataSource.arrays(features: [[1], [2], [3], [4]], labels: [7, -1, 7, -1])
    #expect(try Dataset.load(labels, from: locator).classNames == ["-1", "7"])
    let numbers = DataSource.arrays(
      features: [[1], [2], [3], [4]], targets: [[1, 2], [3, 4], [5, 6], [7, 8]])
    let data = try Dataset.load(numbers, from: locator)
    #expect(data.targets == .values(["target 1", "target 2"]))
    #expect(data.train.count == 3 && data.test.count == 1)
    #expect(data.train.values.count == 6)
  }

  @Test func `rows are standardised as by scikit-learn's StandardScaler, fitted to the training rows`() throws
  {
    let data = try ImageData(
      Dataset.load(table(30), from: locator), batchSize: 64, validation: 0.25, seed: 3)
    let column = stride(from: 0, to: data.train.features.count, by: 2).map { data.train.features[$0] }
    let mean = column.reduce(0, +) / Double(column.count)
    let std = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)).squareRoot()
    let scaling = try #require(data.pipeline.standardization)
    #expect(abs(scaling.mean[0] - mean) < 1e-12 && abs(scaling.std[0] - std) < 1e-12)
    #expect(data.train.count < 24, "the validation rows are not among them")
    var inputs: [Float] = []
    try BatchStream.evaluation(of: data.held, pipeline: data.pipeline, batchSize: 64).epoch(0) {
      inputs = Array($0.images)
    }
    #expect(inputs.count == 2 * data.held.count)
    #expect(abs(Double(inputs[0]) - (data.held.features[0] - mean) / std) < 1e-6)
    #expect(abs(inputs[0] + inputs[1]) < 1e-5, "the second feature is the first with the sign changed")
  }

  @Test func `a constant feature becomes 0, not a division by 0`() throws {
    let source = DataSource.arrays(
      features: (0..<10).map { [Double($0), 0.1] }, labels: (0..<10).map { $0 % 2 })
    let data = try ImageData(Dataset.load(source, from: locator))
    try BatchStream(set: data.train, pipeline: data.pipeline, batchSize: 16, seed: 1).epoch(0) { batch in
      for row in 0..<batch.count { #expect(abs(batch.images[2 * row + 1]) < 1e-6) }
    }
  }

  @Test func `without standardisation, the rows are the input`() throws {
    let source = DataSource.arrays(
      features: (0..<10).map { [Double($0), 50] }, labels: (0..<10).map { $0 % 2 }, standardize: false)
    let data = try ImageData(Dataset.load(source, from: locator))
    try BatchStream(set: data.train, pipeline: data.pipeline, batchSize: 16, seed: 1).epoch(0) { batch in
      for row in 0..<batch.count {
        #expect(batch.images[2 * row + 1] == 50)
        #expect(Double(batch.images[2 * row]) == data.train.features[2 * Int(batch.items[row])])
      }
    }
  }

  @Test func `the digest depends on every number and on the standardisation`() throws {
    func digest(_ change: Double = 0, standardize: Bool = true) throws -> String {
      let source = DataSource.arrays(
        features: (0..<10).map { [Double($0) + ($0 == 7 ? change : 0)] }, labels: (0..<10).map { $0 % 2 },
        standardize: standardize)
      return try ImageData(Dataset.load(source, from: locator)).contentDigest
    }
    #expect(try digest() == digest())
    #expect(try digest(1e-9) != digest())
    #expect(try digest(standardize: false) != digest())
  }

  @Test
  func `a model of two features trains, and the same seed gives the same bytes for any number of threads`()
    throws
  {
    let data = try ImageData(
      Dataset.load(table(60) { $0 < 30 ? "low" : "high" }, from: locator), batchSize: 8)
    func trained(threads: Int) throws -> (weights: [String: Tensor], history: History, model: Model) {
      let model = try Model("Line", input: Shape(features: 2), seed: 1) {
        Linear(2, 4)
        Tanh()
        Linear(4, 2)
      }
      let recipe = TrainingRecipe(epochs: 30, optimizer: .adam(learningRate: 0.02), loss: .crossEntropy())
      let history = try Trainer(model, data, recipe, threads: threads, seed: 1).run()
      return (model.state, history, model)
    }
    let one = try trained(threads: 1)
    #expect(try trained(threads: 3).weights == one.weights)
    #expect(one.history.last?.evaluation.accuracy ?? 0 > 0.9)
    let answers = try one.model.predict(rows: [[2, 96], [57, -14]], data: data, threads: 1)
    #expect(data.classNames == ["high", "low"])
    #expect(answers[0][1] > 0.5 && answers[1][0] > 0.5)
  }

  @Test(
    arguments: [
      (.arrays(features: [], labels: [Int]()), "features has no rows"),
      (.arrays(features: [[], []], labels: [0, 1]), "at least one number in each row"),
      (
        .arrays(features: [[1, 2], [3], [4, 5], [6]], labels: [0, 1, 0, 1]),
        "features: row 0 has 2 numbers, but row 1 has 1 (also row 3)"
      ),
      (
        .arrays(features: [[1], [.nan], [.infinity]], labels: [0, 1, 0]),
        "row 1 (also row 2) contains a number"
      ),
      (
        .arrays(features: [[1], [2], [3]], labels: [0, 1]), "features has 3 rows, but labels has 2 elements"
      ),
      (.arrays(features: [[1], [2], [3]], labels: ["a", " ", "a"]), "labels: row 1 has an empty label"),
      (.arrays(features: [[1], [2], [3]], labels: ["a", "b", "a"]), "class 'b' has only 1 row"),
      (.arrays(features: [[1]], targets: [1]), "there is only 1 row"),
      (
        .arrays(features: [[1], [2]], targets: [[1], [1, 2]]), "targets: row 0 has 1 number, but row 1 has 2"
      ),
      (
        .arrays(features: [[1], [2]], targets: [1, 1e300]),
        "targets: row 1 contains a number that is not finite"
      ),
      (.arrays(features: [[1], [2]], targets: [[], []]), "the rows of targets are empty"),
      (.arrays(features: [[1], [2]], labels: [0, 0], test: 1), "test must be above 0 and below 1"),
    ] as [(DataSource, String)])
  func `mistakes are found before and in the run, in the same words`(source: DataSource, words: String) throws
  {
    let thrown = #expect(throws: TableError.self) { try DatasetOutline.find(source, from: locator) }
    let found = try #require(thrown)
    #expect(found.description.contains(words), "\(found)")
    #expect(throws: found) { try Dataset.load(source, from: locator) }
  }
}
