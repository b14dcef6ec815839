import Testing

@testable import Cells

/// The text that decides whether a cell has changed.
@Suite struct CanonicalTextTests {
  private static let samples: [String] = {
    var generator = ProgramGenerator(seed: 11)
    return Corpus.right.samples.map(\.code) + (0..<60).map { _ in generator.program() }
  }()

  @Test func `comments, indentation and empty lines change nothing`() throws {
    for code in Self.samples where !code.contains("\"\"\"") && !code.contains("/*") {
      let other = code.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "    \($0)  // a remark\n\n" }.joined()
      #expect(CellSyntax(code).boundedText == CellSyntax(other).boundedText, "\(code)")
    }
  }

  @Test func `printing a cell's tree gives the cell`() {
    for code in Self.samples { #expect(CellSyntax(code).tree.description == code) }
  }

  @Test(arguments: [
    ("let a = b - 1", "let a = b\n-1"), ("a - b", "a -b"), ("print(\"a b\")", "print(\"a  b\")"),
    ("print(\" a \")", "print(\"a\")"), ("f(1, 2)", "f(12)"), ("let x = y ? .a : .b", "let x = y?.a"),
    ("let t = \"\"\"\n  a\n  b\n  \"\"\"", "let t = \"\"\"\n  a\n    b\n  \"\"\""),
    ("let x = 1.0", "let x = 1.00"),
  ])
  func `other code has another text`(one: String, other: String) {
    #expect(CellSyntax(one).boundedText != CellSyntax(other).boundedText)
  }
}
