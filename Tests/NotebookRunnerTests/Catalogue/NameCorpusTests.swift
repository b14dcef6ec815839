import Cells
import Diagnostics
import Foundation
import Testing

@testable import NotebookRunner

/// The words about well-known names that cells do not have: of Swift's library, PyTorch, Keras, torchvision, fastai and
/// timm. Each gets the way that works, or a plain "not available", and never a name that only looks similar.
///
/// `RECORD=1 swift test --filter NameCorpusTests` writes what is said into Fixtures/names.txt, to be reviewed as a diff.
@Suite struct NameCorpusTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/names.txt")

  /// A line of code with the lines that are said about it, each indented.
  struct Sample: Sendable, CustomTestStringConvertible {
    var code: String
    var said: [String]
    var testDescription: String { code }
  }

  private static let samples: [Sample] = {
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n").reduce(into: []) { samples, line in
      if line.hasPrefix("    ") {
        samples[samples.count - 1].said.append(String(line.dropFirst(4)))
      } else if !line.isEmpty, !line.hasPrefix("#") {
        samples.append(Sample(code: line, said: []))
      }
    }
  }()

  private static let prelude = """
    let data = loadData(.synthetic())
    let model = buildModel("M") { AdaptiveAvgPool2d(1); Flatten(); Linear(3, 10); LogSoftmax() }
    let history = train(model, on: data, epochs: 1)
    let evaluation = evaluate(model, on: data)
    var xs = [3, 1, 2]
    var table = ["a": 1]
    var text = "a b"
    var maybe: Int? = 1
    var names: Set<String> = ["a"]
    """

  private static func problems(_ code: String) -> [Diagnostic] {
    var checker = Checker(catalogue: .quire(.idle))
    let known = checker.check(CellSource(text: prelude, file: "p")).diagnostics
    guard known.isEmpty else { return known }
    return checker.check(CellSource(text: code, file: "c")).diagnostics
  }

  private static func said(_ code: String) -> [String] {
    problems(code).flatMap { problem in
      [problem.message] + problem.notes.filter { !$0.hasPrefix("the declaration is") }.map { "note: \($0)" }
        + problem.fixIts.map { "fix-it: \($0.replacement)\($0.isCertain ? "" : " (perhaps)")" }
    }
  }

  @Test func `the corpus is there`() { #expect(Self.samples.count >= 150) }

  @Test(arguments: samples)
  func `each name gets its words`(_ sample: Sample) {
    #expect(Self.said(sample.code) == sample.said)
    #expect(!sample.said.isEmpty, "the name is supported: remove it")
  }

  /// A fix-it that leaves an error, or exchanges it for another one, is no help.
  @Test(arguments: samples)
  func `what a fix-it gives can be checked`(_ sample: Sample) {
    for fix in Self.problems(sample.code).flatMap(\.fixIts) {
      let changed = SourceEdits.apply([fix], to: Array(sample.code.utf8)).bytes
      let left = Self.problems(String(decoding: changed, as: UTF8.self)).filter { $0.severity == .error }
      #expect(left.count < Self.problems(sample.code).count, "\(fix.message): \(left.map(\.message))")
    }
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["RECORD"] != nil)) func `record`() throws {
    let text = try String(contentsOf: Self.path, encoding: .utf8)
    let lines = text.components(separatedBy: "\n").filter { !$0.hasPrefix("    ") }
    let said = lines.flatMap { line in
      [line] + (line.isEmpty || line.hasPrefix("#") ? [] : Self.said(line).map { "    " + $0 })
    }
    try said.joined(separator: "\n").write(to: Self.path, atomically: true, encoding: .utf8)
  }
}
