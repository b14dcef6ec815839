import Diagnostics
import Testing

@testable import NotebookRunner

/// Plots and tables of known values are checked before anything runs, and unknown values are not.
@Suite struct DataPlotRehearsalTests {
  private func errors(_ code: String) throws -> [Diagnostic] {
    try NotebookBench("```swift\n\(code)\n```\n").check().problems.filter { $0.severity == .error }
  }

  @Test(arguments: [
    ("plot(.line(x: [1, 2, 3], y: [1, 2]))", "[1, 2, 3]", "x must be as long as y"),
    ("plot([.line([1]), .bar(labels: [\"a\"], values: [1])])", ".bar", "plot 2 must be lines and points"),
    ("plot(.histogram([1], bins: 0))", "0))", "bins must be in 1…1000"),
    (
      "plot(.line([1]), y: .axis(scale: .log), x: .axis(\"x\"))", "x: .axis",
      "argument 'x' must precede argument 'y'"
    ),
    ("plot(.histogram([1]), y: .axis(scale: .log))", ".axis", "y must be a linear axis"),
    ("plot(.heatMap([[1, 2], [3]]))", "[[1", "rows of equal length"),
    ("plot(.line([\"a\"]))", "\"a\"", "any Plottable"),
    ("plot(.lin([1]))", "lin", "did you mean"),
    (
      "table(columns: [\"a\", \"b\"], rows: [[1, 2.5], [\"x\"]])", "[\"x\"]",
      "row 2 must be as long as columns"
    ),
    ("table([\"a\": [1, 2], \"b\": [1]])", "[\"a\"", "columns of equal length"),
    ("table(columns: [\"a\"], rows: [[[1]]])", "[1]", "any TableValue"),
  ])
  func `a mistake is found before the run, at its place`(_ code: String, _ place: String, _ words: String)
    throws
  {
    let found = try errors(code)
    try #require(found.count == 1, "\(found.map(\.message))")
    #expect("\(found[0].message)\(found[0].notes)\(found[0].fixIts)".contains(words), "\(found[0])")
    let start = try #require(code.range(of: place)).lowerBound
    #expect(found[0].range?.start.column == code.distance(from: code.startIndex, to: start) + 1)
  }

  @Test(arguments: [
    "let n = [1, 2, 3]\nplot(.line(n, band: [0.5, 1, 2]), title: \"n\", x: .axis(\"x\", unit: \"s\"), y: .axis(scale: .log))",
    "let f: [Float] = [1, 2]\nplot(.scatter(x: [1, 2], y: f))",
    "let all = [\"a\", \"b\"].map { Plot.line([1, 2], name: $0) }\nplot(all, title: nil)",
    "let m: [[Double]] = [[1, 2], [3, 4]]\nplot(.heatMap(m))\nplot(.images([m, m]))",
    "plot(.bar(labels: [\"a\"], values: [Int(2.5)]))",
    "plot(.line((1...3).map { 1.0 / Double($0) }))",
    "let rows: [[any TableValue]] = [[\"a\", 1, 2.5, true]]\ntable(columns: [\"a\", \"b\", \"c\", \"d\"], rows: rows)",
    "let x = [1.5, 2]\nlet names = [\"a\", \"b\"]\ntable([\"name\": names, \"x\": x], decimals: 1)",
    "let x = [[1.5, 2], [1, 2]]\ntable(columns: [\"a\", \"b\"], rows: x)",
  ])
  func `arrays of every number type are taken as Swift takes them`(_ code: String) throws {
    let bench = try NotebookBench("```swift\n\(code)\n```\n")
    #expect(bench.check().errors == 0, "\(bench.check().rendered)")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
  }

  @Test func `values of a training are not known before it and drawn after it`() throws {
    let code = """

      ```swift
      plot(.line(history.epochs.map { $0.trainLoss }), x: .axis("epoch"), y: .axis("loss"))
      table(["epoch": history.epochs.map { $0.epoch }, "loss": history.epochs.map { $0.trainLoss }])
      ```
      """
    let bench = try NotebookBench(smallNotebook + code)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.file("n/table.csv")?.hasPrefix("epoch,loss\r\n1,") == true)
    #expect(bench.file("n/line.svg")?.contains("<desc id=\"d\">Loss ") == true)
  }
}
