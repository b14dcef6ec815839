import Testing

@testable import Neural

/// Normalising a single value gives the layer's bias: such a training runs, but learns nothing before that layer.
@Suite struct StatisticsCheckTests {
  private enum Norm: String, CaseIterable {
    case image, features, group
  }

  private func check(_ norm: Norm, train: Int, batch: Int, dropLast: Bool = false, pool: Int = 1) throws {
    let model = try Model("M", input: Shape(3, 8, 8)) {
      Conv2d(3, 4, kernelSize: 3)
      if norm == .features {
        AdaptiveAvgPool2d(1)
        Flatten()
        BatchNorm1d(4)
      } else {
        AdaptiveAvgPool2d(pool)
        if norm == .group { GroupNorm(4, 4) } else { BatchNorm2d(4) }
        Flatten()
      }
      Linear(norm == .features ? 4 : 4 * pool * pool, 10)
      LogSoftmax()
    }
    let outline = DatasetOutline(
      name: "x", targets: .classes((0..<10).map { "\($0)" }), imageSize: ImageSize(8, 8),
      trainPerClass: [train], testCount: 5)
    let data = try DataOutline(outline, batchSize: batch, dropLast: dropLast)
    _ = try TrainingOutline(model, on: data, TrainingRecipe(epochs: 1), threads: 1)
  }

  private func message(_ body: () throws -> Void) throws -> String {
    let error = try #require(#expect(throws: ModelError.self) { try body() })
    #expect(error.origin != nil, "the error is at the layer")
    return error.description
  }

  @Test func `a batch of one image is refused`() throws {
    for norm in [Norm.image, .features] {
      let text = try message { try check(norm, train: 40, batch: 1) }
      #expect(text.contains("needs more than 1 value per channel in training"), "\(text)")
      #expect(text.hasSuffix("a batch has 1 image; raise batchSize"), "\(text)")
      #expect(try message { try check(norm, train: 1, batch: 8) }.hasSuffix("use more training images"))
    }
  }

  @Test func `a last batch of one image is refused unless it is left out`() throws {
    for norm in [Norm.image, .features] {
      let text = try message { try check(norm, train: 41, batch: 8) }
      #expect(
        text.hasSuffix(
          "the last of 41 training images makes a batch of 1 (batchSize: 8); set dropLast: true or another batchSize"
        ))
      try check(norm, train: 41, batch: 8, dropLast: true)
      try check(norm, train: 40, batch: 8)
      try check(norm, train: 42, batch: 8)
    }
    // Several pixels are several values.
    try check(.image, train: 41, batch: 8, pool: 2)
    try check(.image, train: 5, batch: 1, pool: 2)
  }

  @Test func `a group of one value is refused whatever the batch`() throws {
    let text = try message { try check(.group, train: 40, batch: 8) }
    #expect(text.contains("more than 1 value per group") && text.hasSuffix("use fewer groups"), "\(text)")
    try check(.group, train: 40, batch: 8, pool: 2)
  }
}
