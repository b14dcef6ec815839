import Documents
import Exporting
import TestSupport
import Testing

/// Randomly generated notebooks are unchanged after export to Jupyter and import. A failure names the seed.
@Suite struct RoundTripTests {
  @Test(arguments: 0..<40) func `a notebook exported and imported is the same text`(seed: Int) throws {
    let text = Self.notebook(seed)
    let (read, problems) = DocumentReader.read(bytes: text.utf8, name: "n.md")
    #expect(problems.filter { $0.severity == .error } == [])
    let document = try #require(read)
    let file = JupyterExport(document).file(named: "n.ipynb")
    let imported = try JupyterImport(file.bytes, name: "n")
    #expect(String(decoding: imported.files[0].bytes, as: UTF8.self) == text)
  }

  private static func notebook(_ seed: Int) -> String {
    var random = Seeded(seed)
    var blocks: [String] = []
    if random.chance(60) { blocks.append("---\ntitle: \"A \(random.below(99)): é\"\nseed: 3\n---") }
    var wasProse = true
    for _ in 0..<1 + random.below(8) {
      if wasProse || random.chance(60) {
        let code = random.list(upTo: 4) { $0.text(upTo: 6, but: "`~|\n\r\u{85}\u{7F}\u{1}") }
          .map { $0 + "\n" }.joined()
        // Jupyter cannot represent an empty line.
        if code.allSatisfy(\.isWhitespace) { continue }
        blocks.append(random.pick(["```swift", "```swift parameters"]) + "\n\(code)```")
        if blocks.count(where: { $0.hasPrefix("```swift parameters") }) > 1 { blocks.removeLast() }
        wasProse = false
      } else {
        let words = [
          "Words", "*é*", "`code`", "`{swift} x + 1`", "[l](a.png)", "1 < 2", "# H", "> q", "- i", "$x$",
        ]
        blocks.append(
          (0...random.below(4)).map { _ in random.pick(words) }.joined(separator: random.pick([" ", "\n"])))
        wasProse = true
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }
}
