import Foundation
import Testing

@testable import NotebookRunner

/// One list has all faults of a notebook: none hides another, and none is the consequence of another. A user who mends
/// what the list says is done, and does not find the next fault only then.
///
/// A line with a fault ends with `fault:` and words of its message; several faults are separated by `&`.
@Suite struct IndependentFaultsTests {
  struct Sample: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var testDescription: String { name }

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }

    /// The expected faults: the line, and words of the message.
    var faults: [(line: Int, words: String)] {
      text.components(separatedBy: "\n").enumerated().flatMap { index, line -> [(Int, String)] in
        guard let mark = line.range(of: "fault: ") else { return [] }
        return line[mark.upperBound...].components(separatedBy: " & ").map { (index + 1, $0) }
      }
    }
  }

  @Test(arguments: samples)
  func `each fault is reported once, in file order`(_ sample: Sample) throws {
    let report = try NotebookBench(sample.text).check()
    let errors = report.problems.filter { $0.severity == .error }
    let told = errors.map { "\($0.range?.start.line ?? 0): \($0.message)" }
    let faults = sample.faults
    try #require(errors.count == faults.count, "\(told.joined(separator: "\n"))")
    for (error, fault) in zip(errors, faults) {
      #expect(error.range?.start.line == fault.line, "\(told.joined(separator: "\n"))")
      #expect(error.message.contains(fault.words), "\(told.joined(separator: "\n"))")
    }
  }

  @Test func `thirty cells with faults are checked in a moment`() throws {
    let cell = """
      ```swift
      let a# = buildModel("M") { Conv2d(3, 8, kernelSize: 3); Conv2d(9, 8, kernelSize: "3"); BatchNorm2d(4) }
      let b#: Int = [1][2]
      print(a#, b#, c)
      ```

      """
    let text = (0..<30).map { cell.replacing("#", with: "\($0)") }.joined()
    let bench = try NotebookBench(text)
    #expect(bench.check().errors == 90)
  }

  @Test func `an unknown parameter with another tool's name gets the notebook's`() throws {
    let bench = try NotebookBench(
      "```swift parameters\nlet learningRate = 0.1\n```\n\n`{swift} learningRate`\n")
    #expect(bench.check(["lr=0.2"]).problems.first?.notes.first == "did you mean 'learningRate'?")
  }

  @Test func `an override of a parameter whose declaration is broken is not an unknown parameter`() throws {
    let bench = try NotebookBench("```swift parameters\nlet epochs = 5o\nlet rate: Int = 0.1\n```\n")
    let messages = bench.check(["epochs=3", "rate=2"]).problems.map(\.message)
    #expect(messages.count == 2, "\(messages)")
    #expect(!messages.contains { $0.contains("no parameter") }, "\(messages)")
  }
}
