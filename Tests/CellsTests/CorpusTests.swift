import Foundation
import Testing

/// Cells against the Swift compiler: what it accepts means the same here, what it rejects is rejected here.
@Suite struct CorpusTests {
  @Test func `the corpus is there`() {
    #expect(Sample.all(in: "accepted").count >= 70)
    #expect(Sample.all(in: "rejected").count >= 200)
    #expect(Sample.all(in: "unsupported").count >= 50)
  }

  @Test(arguments: Sample.all(in: "accepted"))
  func `a valid cell prints what the compiled program prints`(_ sample: Sample) {
    let book = Notebook(sample.code)
    #expect(book.problems.filter { !$0.contains("warning:") } == [])
    #expect(book.failure == nil)
    #expect(book.output.trimmingCharacters(in: .whitespacesAndNewlines) == sample.expected)
  }

  @Test(arguments: Sample.all(in: "rejected"))
  func `a wrong cell gets these messages`(_ sample: Sample) {
    #expect(Notebook(sample.code).problems.joined(separator: "\n") == sample.expected)
  }

  @Test(arguments: Sample.all(in: "unsupported"))
  func `Swift beyond cells is named as such`(_ sample: Sample) {
    #expect(Notebook(sample.code).problems.joined(separator: "\n") == sample.expected)
  }
}
