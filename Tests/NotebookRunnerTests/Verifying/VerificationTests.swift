import Foundation
import Testing

@testable import NotebookRunner

/// Without these, a report cannot be turned back into its notebook, or a wrong figure passes for a confirmed one.
@Suite("Extracting and verifying reports")
struct VerificationTests {
  /// With a byte order mark and Windows line ends, which reading drops.
  private static let training = """
    \u{FEFF}---\r
    seed: 3\r
    ---\r
    \r
    ```swift parameters\r
    let epochs = 1\r
    let widths = [4]\r
    let name = "a <b>"\r
    ```\r
    \r
    ```swift\r
    let data = loadData(.synthetic(train: 40, test: 20), batchSize: 20)\r
    let model = buildModel(name) {\r
      AdaptiveAvgPool2d(1); Flatten(); Linear(3, widths[0]); ReLU(); Linear(widths[0], 10); LogSoftmax()\r
    }\r
    let history = train(model, on: data, epochs: epochs)\r
    results(history)\r
    ```\r

    """

  /// The report of a notebook that was run; its folder is removed with this object.
  private final class Reported {
    let bench: NotebookBench
    var path: String { "\(bench.folder)/output/net.html" }

    init(_ text: String, _ parameters: [String] = []) throws {
      bench = try NotebookBench(text, name: "net.md")
      let outcome = NotebookRunner.run(bench.options("net.md", parameters), display: bench.display)
      #expect(outcome.exitCode == 0, "\(bench.problems)")
    }

    func edit(_ old: String, _ new: String) throws {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains(old))
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(fileURLWithPath: path))
    }
  }

  private func verify(_ report: Reported) throws -> Verification {
    try NotebookRunner.verify(
      Verification.Options(report: report.path, threads: 1), display: RecordingDisplay())
  }

  @Test("A report gives its notebook back, byte for byte")
  func extract() throws {
    let report = try Reported(Self.training)
    let copy = "\(report.bench.folder)/copy.md"
    #expect(try NotebookRunner.extract(report.path, to: copy) == copy)
    #expect(FileManager.default.contents(atPath: copy) == Data(Self.training.utf8))
    // The same file is left alone, another one is not replaced.
    #expect(try NotebookRunner.extract(report.path, to: copy) == copy)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: copy))
    #expect(throws: EmbeddedRunProblem.exists(copy)) { try NotebookRunner.extract(report.path, to: copy) }
    #expect(FileManager.default.contents(atPath: copy) == Data("mine".utf8))
  }

  @Test("A report without source, a changed one and another page are refused")
  func refused() throws {
    let report = try Reported(
      "---\nsource: false\n---\n\n<!-- private -->\n\n```swift\nprint(1)\n```\n")
    #expect(throws: EmbeddedRunProblem.noSource(report.path)) { try NotebookRunner.extract(report.path) }
    #expect(try !String(contentsOfFile: report.path, encoding: .utf8).contains("base64"))
    let other = "\(report.bench.folder)/other.html"
    try Data("<!doctype html>".utf8).write(to: URL(fileURLWithPath: other))
    #expect(throws: EmbeddedRunProblem.notAReport(other)) { try NotebookRunner.extract(other) }

    let changed = try Reported("```swift\nprint(1)\n```\n")
    try changed.edit("YGBg", "YGBh")  // ``` in base64
    #expect(throws: EmbeddedRunProblem.damaged(changed.path)) { try NotebookRunner.extract(changed.path) }
  }

  @Test("The name in a changed report cannot lead to another folder")
  func names() throws {
    for name in ["../../evil.md", ".bashrc", "evil.sh", "", "..", "a\\u0000.md"] {
      let copy = try Reported("```swift\nprint(1)\n```\n")
      try copy.edit("\"net.md\"", "\"\(name)\"")
      let found = try EmbeddedRun(report: copy.path).fileName
      #expect(found == "notebook.md" || found == "evil.md", "\(name)")
    }
    let report = try Reported("```swift\nprint(1)\n```\n")
    #expect(try EmbeddedRun(report: report.path).fileName == "net.md")
  }

  @Test("A second run with the report's parameters confirms every figure")
  func confirmed() throws {
    let report = try Reported(Self.training, ["epochs=2", "widths=[3, 5]", "name=b \"c\""])
    let verification = try verify(report)
    #expect(verification.isConfirmed && verification.runStatus == 0)
    #expect(verification.count(.equal) == verification.figures.count)
    #expect(verification.figures.contains { $0.name == "training 1: epochs" && $0.reported == 2 })
    #expect(verification.differences.isEmpty)
  }

  @Test("A figure that was changed in the report is found, and a small difference is called close")
  func changed() throws {
    let report = try Reported(Self.training)
    let figure = try #require(try verify(report).figures.first { $0.name == "training 1: finalTestLoss" })
    let value = try #require(figure.reported)
    try report.edit("\"finalTestLoss\" : \(value)", "\"finalTestLoss\" : \(value * 0.9)")
    let verification = try verify(report)
    #expect(!verification.isConfirmed)
    #expect(
      verification.figures.filter { $0.agreement == .different }.map(\.name) == ["training 1: finalTestLoss"])
    try report.edit("\"finalTestLoss\" : \(value * 0.9)", "\"finalTestLoss\" : \(value * 0.999)")
    let close = try verify(report)
    #expect(close.isConfirmed && close.count(.close) == 1)
  }

  @Test("What can explain a difference is named")
  func explained() throws {
    let report = try Reported(Self.training)
    try report.edit("\"instructionSet\" : \"", "\"instructionSet\" : \"another ")
    #expect(try verify(report).differences.count == 1)
    #expect(try verify(report).differences.first?.hasPrefix("instruction set: another ") == true)
  }

  @Test("The report carries no local path, and run.json keeps it")
  func paths() throws {
    let report = try Reported(Self.training)
    let folder = report.bench.folder
    #expect(try !String(contentsOfFile: report.path, encoding: .utf8).contains(folder))
    #expect(report.bench.file("net/run.json")?.contains(folder) == true)
  }
}
