import Foundation
import Testing

@testable import NotebookRunner

/// Labels in a CSV file train a model as class folders do, and mistakes in it are shown with their lines.
@Suite struct CSVRunTests {
  private static let text = """
    ```swift
    let data = loadData(
      .csv("labels.csv", images: "photos", label: "species", split: "fold", size: 8), batchSize: 4)
    let model = buildModel("Tiny", inputSize: 8) { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 2); LogSoftmax() }
    let history = train(model, on: data, epochs: 1)
    let evaluation = evaluate(model, on: data)
    misclassified(evaluation, on: data)
    let answers = predict(model, ["photos/1.png"], on: data)
    print(history.epochCount, answers[0].className == "cat" || answers[0].className == "dog", data)
    ```
    """

  private func bench(_ text: String = Self.text) throws -> NotebookBench {
    let bench = try NotebookBench(text)
    try bench.writeImages((1...8).map { "photos/\($0).png" }.joined(separator: " "))
    try write(bench)
    return bench
  }

  private func write(_ bench: NotebookBench, _ change: (String) -> String = { $0 }) throws {
    let rows = (1...8).map { "\($0).png,\($0 % 2 == 0 ? "cat" : "dog"),\($0 > 4 ? "test" : "train")" }
    let text = change((["file,species,fold"] + rows).joined(separator: "\n"))
    try bench.write(Array(text.utf8), to: "labels.csv")
  }

  @Test func `images with labels in a file are trained on, and the cache notices a changed label`() throws {
    let bench = try bench()
    #expect(bench.check().problems.isEmpty, "\(bench.check().problems)")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("1 true labels.csv: 4 training, 4 test images in 2 classes"))
    #expect(try bench.ranAgain() == [])
    try write(bench) { $0.replacing("1.png,dog", with: "1.png,cat") }
    #expect(try !bench.ranAgain().isEmpty)
  }

  @Test func `lines at fault are errors of the check, at the source`() throws {
    let bench = try bench()
    try write(bench) { $0.replacing("2.png,cat", with: "9.png,cat").replacing("5.png,dog", with: "5.png,") }
    let problems = bench.check().problems
    #expect(problems.count == 1 && problems.first?.range?.start.line == 3, "\(problems)")
    let message = problems.first?.message.replacing("\(bench.folder)/", with: "")
    #expect(
      message == "labels.csv:3: there is no image 'photos/9.png'; "
        + "labels.csv:6: 'species' is empty; fill in a value or remove the row")
  }

  @Test func `a table of numbers is one line`() throws {
    let bench = try NotebookBench(
      """
      ```swift
      let data = loadData(.csv("t.csv", label: "y", separator: ";"), batchSize: 8)
      let model = buildModel("Line", inputFeatures: 1) { Linear(1, 2); LogSoftmax() }
      let history = train(model, on: data, epochs: 20, optimizer: .adam(learningRate: 0.1))
      let answers = predictRows(model, [[2], [38]], on: data)
      print(answers.map { $0.className })
      ```
      """)
    let rows = (0..<40).map { "\($0);\($0 < 20 ? "low" : "high")" }
    try bench.write(Array((["x;y"] + rows).joined(separator: "\r\n").utf8), to: "t.csv")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("low") && bench.report.contains("[&quot;low&quot;, &quot;high&quot;]"))
  }
}
