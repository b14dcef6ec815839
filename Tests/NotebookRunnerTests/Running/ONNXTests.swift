import Foundation
import Neural
import Testing

@testable import NotebookRunner

/// A network leaves Quire as ONNX, from a cell or after the run, or the check says why it cannot.
@Suite struct ONNXTests {
  private static func notebook(_ layer: String = "AdaptiveAvgPool2d(2)", _ more: String = "") -> String {
    """
    ```swift parameters
    let features = 12
    ```
    ```swift
    let data = loadData(.synthetic(train: 80, test: 60), batchSize: 10)
    let model = buildModel("Tiny") {
      \(layer); Flatten(); Linear(features, 12); BatchNorm1d(12); ReLU(); Linear(12, 10); LogSoftmax()
    }
    let history = train(model, on: data, epochs: 2, optimizer: .sgd(learningRate: 0.1))
    \(more)
    ```
    """
  }

  private func metadata(_ path: String) throws -> [String: String] {
    try #require(ONNXExport.metadata(of: Array(Data(contentsOf: URL(fileURLWithPath: path)))))
  }

  @Test func `save writes a network with what its numbers mean`() throws {
    let bench = try NotebookBench(
      Self.notebook(
        "AdaptiveAvgPool2d(2)",
        "save(model, to: \"a/net.onnx\", on: data, foldBatchNorm: true)\nsave(model, to: \"plain.onnx\")"))
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let full = try metadata("\(bench.folder)/output/n/a/net.onnx")
    #expect(full["class_names"]?.hasPrefix("[\"") == true && full["mean"] != nil && full["std"] != nil)
    #expect(full["weights"]?.hasPrefix("weights after") == true)
    #expect(try metadata("\(bench.folder)/output/n/plain.onnx")["class_names"] == nil)
    #expect(bench.report.contains("Tiny as ONNX saved to a/net.onnx: weights after"))
    #expect(try bench.ranAgain() == [])
  }

  @Test(arguments: [
    (
      "AdaptiveAvgPool2d(3)", "save(model, to: \"net.onnx\")", ["features=27"],
      "n.md:7:3: error: AdaptiveAvgPool2d '0' cannot be saved as ONNX: ONNX pools windows of one size"
    ),
    (
      "AdaptiveAvgPool2d(2)", "save(model, to: \"net.safetensors\", foldBatchNorm: true)", [],
      "foldBatchNorm must be false unless the file ends in .onnx"
    ),
    (
      "AdaptiveAvgPool2d(2)", "save(model, to: \"net.safetensors\", on: data)", [],
      "on must be nil unless the file ends in .onnx"
    ),
    (
      "AdaptiveAvgPool2d(2)", "save(model, to: \"net.pt\")", [],
      "to must be a path inside the results folder that ends in .safetensors or .onnx, found 'net.pt'"
    ),
  ])
  func `what cannot be saved is an error before the run`(
    layer: String, save: String, parameters: [String], message: String
  ) throws {
    let bench = try NotebookBench(Self.notebook(layer, save))
    let report = bench.check(parameters)
    let text = report.rendered.joined(separator: "\n").replacing("\(bench.folder)/", with: "")
    #expect(text.contains(message), "\(text)")
  }

  private func export(_ bench: NotebookBench, _ network: ExportOptions.Network = .init()) -> ExportOutcome {
    NotebookRunner.export(
      ExportOptions(
        notebook: "\(bench.folder)/n.md", format: .onnx, output: "\(bench.folder)/output", network: network))
  }

  @Test func `export writes the trained network with the run's parameters`() throws {
    let bench = try NotebookBench(Self.notebook("AdaptiveAvgPool2d(1)"))
    #expect(export(bench).problems.contains { $0.contains("the notebook has not been run") })
    #expect(bench.run(["features=3"]).exitCode == 0, "\(bench.problems)")
    let result = export(bench)
    #expect(result.exitCode == 0 && result.notes.isEmpty, "\(result)")
    let path = try #require(result.path)
    #expect(path.hasSuffix("output/n.onnx"))
    let best = try metadata(path)
    #expect(best["class_names"] != nil && best["weights"]?.hasPrefix("weights from best.safetensors") == true)
    // An export replaces earlier ones, and nothing else.
    #expect(export(bench, .init(weights: .last, foldBatchNorm: true)).exitCode == 0)
    #expect(try metadata(path)["weights"]?.hasPrefix("weights from last.safetensors") == true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    #expect(export(bench).problems.first?.contains("'quire export' did not write it") == true)
    let other = export(bench, .init(model: "Big"))
    #expect(other.exitCode == 2)
  }

  @Test func `export names the models that were trained`() throws {
    let bench = try NotebookBench(Self.notebook())
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(
      export(bench, .init(model: "Big")).problems == [
        "error: the last run trained no model 'Big'; it trained Tiny"
      ])
    #expect(export(bench, .init(model: "Tiny")).exitCode == 0)
  }
}
