import Testing

@testable import Cells

/// A cell's canonical text, by which cells are told apart, is code itself.
struct CanonicalTextTests {
  private static func words(_ code: String) -> String {
    Highlighter.tokens(in: code).filter { $0.kind != .comment }.map(\.text).joined()
      .filter { !$0.isWhitespace }
  }

  private static let samples: [String] = {
    var generator = ProgramGenerator(seed: 11)
    return Corpus.right.samples.map(\.code) + (0..<60).map { _ in generator.program() }
  }()

  @Test func `it is its own canonical text, and has the code's tokens`() throws {
    for code in Self.samples {
      let canonical = try #require(CellSyntax(code).boundedText)
      #expect(CellSyntax(canonical).boundedText == canonical, "\(code)")
      #expect(Self.words(canonical) == Self.words(code), "\(code)")
    }
  }

  @Test(arguments: [
    ("let x = 1 // one\nprint( x,\n  2 )", "let x = 1\nprint(x, 2)"),
    ("a . b\n  .c()", "a.b.c()"), ("print(\" a \\( x ) b\")", "print(\" a \\(x) b\")"),
    ("let t = \"\"\"\n    one\n      two \\(x)\n    \"\"\"", "let t = \"\"\"\none\n  two \\(x)\n\"\"\""),
    ("let a = b - 1\nlet c = -1", "let a = b - 1\nlet c = -1"),
    ("let t = a?.b ?? (c ? d : e)", "let t = a?.b ?? (c ? d : e)"),
  ])
  func `layout goes, texts and operators stay`(code: String, canonical: String) {
    #expect(CellSyntax(code).boundedText == canonical)
    #expect(CellSyntax(canonical).boundedText == canonical)
  }

  @Test(arguments: 0..<200) func `a text given for a parameter is that text`(seed: Int) {
    var random = Scramble(state: UInt64(seed))
    let scraps = [
      "a", " ", "\"", "\\", "\n", "\t", "\r", "#", "(", "\\(", "{", "é", "e\u{301}", "👩‍🔬", "\u{1}", "\u{7F}",
      ",",
    ]
    let text = (0..<random.next(9)).map { _ in random.pick(scraps) }.joined()
    let literal = "\"" + text.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined() + "\""
    let book = Notebook("let x = \"one\"\nprint(x, terminator: \"\")", overrides: ["x": literal])
    #expect(book.problems == [])
    #expect(book.output == text)
  }
}
