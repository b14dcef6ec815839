import Cells
import Testing

/// Brackets are counted before parsing, because the parser's time doubles with each nested `[`.
@Suite struct BracketScanTests {
  private static let tooDeep = "the code is nested too deeply for cells"

  private func array(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
  }

  @Test func `arrays in arrays are taken up to a depth and then refused where they stand`() {
    #expect(Notebook("let a = \(array(12))\nprint(a)").output == array(12) + "\n")
    #expect(Notebook("let a = \(array(13))").problems == ["1:9: \(Self.tooDeep)"])
    #expect(Notebook("let b = 1\nlet a = \(array(40))").problems.first?.hasSuffix(Self.tooDeep) == true)
  }

  @Test func `what only looks deep is taken`() {
    let texts = String(repeating: "let _ = \"[\"\n// ([\n/* {[ */\n", count: 40)
    #expect(Notebook(texts + "let _ = \"\"\"\n[[[[ \\([1, 2])\n\"\"\"").problems == [])
    let rows = String(repeating: "[[1, 2], [3]],", count: 500)
    #expect(Notebook("let a = [\(rows)]\nprint(a.count)").output == "500\n")
    let pairs = String(repeating: "(", count: 30) + "1" + String(repeating: ")", count: 30)
    #expect(Notebook("print(\(pairs))").output == "1\n")
  }
}
