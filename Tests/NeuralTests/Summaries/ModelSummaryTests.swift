import Foundation
import Testing

@testable import Neural

@Suite struct ModelSummaryTests {
  /// Readers compare the report's table with the published one line by line.
  @Test func theAssignmentsTableIsTheCharacterForCharacterPublishedOne() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/published/summary.txt")
    let published = try String(contentsOf: path, encoding: .utf8).trimmingCharacters(in: .newlines)
    let summary = ModelSummary(try Model.cifar10Net())
    #expect(summary.text == published)
    #expect(summary.rows.count == 79)
    #expect(summary.totalParameters == 199_368)
  }

  @Test func aTableWithLongNamesIsStraight() throws {
    func words(_ text: String) -> [[Substring]] {
      text.split(separator: "\n").map { $0.replacing(/[-=]{9,}/, with: "-").split(separator: " ") }
    }
    let summary = ModelSummary(try Model.cifar10Net())
    #expect(words(summary.aligned) == words(summary.text))
    let lines = summary.aligned.split(separator: "\n")
    #expect(Set(lines[..<83].map(\.count)) == [70, 71])
    let short = try Model("Short", input: Shape(3, 8, 8)) {
      Conv2d(3, 4, kernelSize: 1)
      Flatten()
      Linear(256, 2)
    }
    #expect(ModelSummary(short).aligned == ModelSummary(short).text)
  }

  @Test func containersHaveNoRowAndWrappersComeAfterTheirChildren() throws {
    let model = try Model("Small", input: Shape(3, 8, 8)) {
      Block("a") { DepthwiseSeparableConv2d(3, 4, kernelSize: 3, padding: 1) }
      Residual { Conv2d(4, 4, kernelSize: 1) }
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(4, 2)
      LogSoftmax()
    }
    #expect(
      ModelSummary(model).rows.map(\.name) == [
        "Conv2d-1", "Conv2d-2", "DepthwiseSeparableConv2d-3", "Conv2d-4", "Residual-5", "AdaptiveAvgPool2d-6",
        "Linear-7",
      ])
  }
}
