import Cells
import Testing

/// Syntax highlighting: no text is lost, and the kinds are correct.
@Suite struct HighlighterTests {
  private func kinds(_ code: String) -> [String] {
    Highlighter.tokens(in: code).filter { $0.kind != .plain }.map { "\($0.kind.rawValue):\($0.text)" }
  }

  @Test func `tokens have the kinds that a reader sees`() {
    #expect(
      kinds("let model = train(Conv2d(3), on: .cifar10, rate: 1e-3) // go\nfunc f(x: Int) { \"a\\(x)b\" }")
        == [
          "keyword:let", "call:train", "type:Conv2d", "number:3", "label:on", "label:rate", "number:1e-3",
          "comment:// go", "keyword:func", "call:f", "label:x", "type:Int", "string:\"a", "string:b\"",
        ])
  }

  @Test(arguments: [
    "", "\n", "let x = ", "\"unterminated", "}}}", "/* open", "let 👍🏽 = \"é\"\r\n\t x", "\u{0}\u{7f}a", "#if",
    "\\(",
    "\"\"\"\n a\n", String(repeating: "(", count: 1_500), "a" + String(repeating: ".b", count: 1_500),
    String(repeating: "a", count: 300_000),
  ])
  func `the tokens joined are the code`(_ code: String) {
    #expect(Highlighter.tokens(in: code).map(\.text).joined() == code)
  }
}
