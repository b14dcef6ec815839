import Cells
import Diagnostics
import Foundation
import Testing

/// The subset of Swift that cells support, snippet by snippet.
///
/// `RECORD=1 swift test --filter CorpusTests` writes the checker's messages into the fixtures.
@Suite struct CorpusTests {
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] != nil

  @Test func `the corpus is there`() {
    let (right, wrong, limits) = (Corpus.right.samples, Corpus.wrong.samples, Corpus.limits.samples)
    #expect(right.count >= 100)
    #expect(wrong.count >= 250)
    #expect(limits.count >= 60)
  }

  @Test(arguments: Corpus.right.samples)
  func `a valid cell prints what it should`(_ sample: Sample) {
    let book = Notebook(sample.code)
    #expect(book.problems.filter { !$0.contains("warning:") } == [])
    #expect(book.failure == nil)
    #expect(trimmed(book.output) == sample.printed)
  }

  @Test(arguments: Corpus.wrong.samples + Corpus.limits.samples)
  func `a wrong cell gets these messages in these places`(_ sample: Sample) {
    let cells = Notebook(sample.code).cells
    #expect(Sample.marked(sample.code, cells[0].diagnostics) == sample.marked)
    #expect(!cells[0].isRunnable)
  }

  /// A user who applies a fix-it must not get another error for it.
  @Test(arguments: Corpus.wrong.samples + Corpus.limits.samples)
  func `a fix-it leaves fewer errors`(_ sample: Sample) {
    let found = Notebook(sample.code).cells[0].diagnostics
    for problem in found where problem.code != "syntax" {
      for fix in problem.fixIts {
        let changed = SourceEdits.apply([fix], to: Array(sample.code.utf8)).bytes
        let left = Notebook(String(decoding: changed, as: UTF8.self)).cells[0].diagnostics
        #expect(left.count < found.count, "\(fix.message): \(left.map(\.message))")
      }
    }
  }

  @Test(.enabled(if: isRecording)) func `record`() throws {
    try Corpus.right.record { sample in
      let output = trimmed(Notebook(sample.code).output)
      let printed = output.isEmpty ? [] : output.components(separatedBy: "\n").map { "> " + $0 }
      return ([sample.code] + printed).joined(separator: "\n")
    }
    for corpus in [Corpus.wrong, .limits] {
      try corpus.record { Sample.marked($0.code, Notebook($0.code).cells[0].diagnostics) }
    }
  }

  // MARK: Against the compiler

  @Test func `what cells accept compiles and prints the same`() throws {
    let samples = Corpus.right.samples
    let cells = CompiledCells(samples.map(\.code))
    let rejected = try cells.rejected()
    // Code that is valid only at the top level needs its own program.
    let together = samples.indices.filter { rejected[$0] == nil }
    var outputs = try cells.outputs(together)
    for index in samples.indices where rejected[index] != nil {
      outputs[index] = try cells.outputAlone(index)
    }
    for (index, sample) in samples.enumerated() {
      #expect(trimmed(outputs[index] ?? "") == sample.printed, "\(sample.topic): \(sample.code)")
    }
  }

  @Test func `what cells reject is rejected by the compiler`() throws {
    let samples = Corpus.wrong.samples
    let cells = CompiledCells(samples.map(\.code))
    let rejected = try cells.rejected()
    for (index, sample) in samples.enumerated() where rejected[index] == nil {
      #expect(try cells.rejectedAlone(index) != nil, "\(sample.topic): \(sample.code)")
    }
  }

  @Test func `the subset's limits are Swift`() throws {
    let samples = Corpus.limits.samples
    let cells = CompiledCells(samples.map(\.code))
    for index in try cells.rejected().keys.sorted() {
      let error = try cells.rejectedAlone(index)
      #expect(error == nil, "\(samples[index].code)")
    }
  }
}

private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
