import Cells
import Diagnostics
import Testing

/// A cell that asks for more memory than the machine has fails, and the program continues.
@Suite struct SizeTests {
  private static let long = "let s = String(repeating: \"x\", count: 1_000_000)\n"
  private static let huge = long + "let a = Array(repeating: s, count: 1_000_000)\n"
  private static let tooLong = "the string is too long for cells"

  @Test(arguments: [
    (huge + "let b = a.joined(separator: s)", "3:9: \(tooLong)"),
    (huge + "let b = a.joined()", "3:9: \(tooLong)"),
    (huge + "let b = a.reduce(\"\", +)", tooLong),
    (
      long + "let a = Array(repeating: s, count: 60)\nlet t = a.joined()\nlet u = \"\\(t)\\(t)\"",
      "4:9: \(tooLong)"
    ),
    (
      "let a = Array(repeating: Array(repeating: 1, count: 10_000), count: 10_000)\nlet b = Array(a.joined())",
      "2:15: too many elements for cells: 10010000; the maximum is 10000000"
    ),
    (
      "let a = Array(repeating: Array(repeating: 1, count: 10_000), count: 10_000)\nlet b = a.flatMap { $0 }",
      "2:9: too many elements for cells: 10010000; the maximum is 10000000"
    ),
    (
      "let a = Array(0..<10_000_000_000)", "1:9: a range of more than 10000000 numbers is too large for cells"
    ),
    (
      "let a = Array(stride(from: 0, to: 10_000_000_000, by: 1))",
      "1:15: a stride of more than 10000000 numbers is too long for cells"
    ),
  ])
  func `what is too large is refused before it is made`(_ code: String, _ expected: String) {
    let book = Notebook(code)
    #expect(book.problems == [])
    #expect(book.failure?.hasSuffix(expected) == true, "\(book.failure ?? "no failure")")
  }

  @Test(arguments: [
    "print(a)", "print(\"\\(a)\")", "print(String(describing: a))", "print(a.description)",
    "print([\"k\": a])", "print((1, a))",
  ])
  func `a printed value is cut at a megabyte`(_ code: String) {
    let book = Notebook(Self.huge + code)
    #expect(book.failure == nil)
    #expect(book.output.hasSuffix("x…\n") && book.output.utf8.count <= 1 << 20 + 4)
  }

  /// Text is printed whole, up to the size that strings may have; the report shows the beginning and the end.
  @Test func `text is printed whole, and each of several values is cut`() {
    let text = Notebook(Self.huge + "print(s + s)\nprint((s + s).count)")
    let lines = text.output.split(separator: "\n")
    #expect(text.failure == nil && lines.count == 2 && lines.last == "\(lines[0].count)")
    let several = Notebook(Self.huge + "print(a, a, a)")
    #expect(several.output.hasSuffix("x…\n") && several.output.utf8.count <= 3 * (1 << 20 + 4))
  }

  @Test func `text is truncated between characters`() {
    let book = Notebook("let a = [String(repeating: \"é\", count: 600_000)]\nprint(a)\nprint(a[0].count)")
    #expect(book.output.hasPrefix("[\"éé") && book.output.hasSuffix("é…\n600000\n"))
  }

  @Test(arguments: [
    "for i in 0..<500 { a.append(Array(repeating: i, count: 50_000)) }",
    "for i in 0..<500 { a.append([i] + Array(repeating: i, count: 50_000)) }",
    "let b = Array(repeating: 1, count: 50_000)\nfor i in 0..<500 { a.append(b)\na[i][0] = i }",
    "let b = Array(repeating: 1, count: 50_000)\nfor i in 0..<500 { var c = b\nc.append(i)\na.append(c) }",
    "let b = Array(repeating: 1, count: 50_000)\nfor i in 0..<500 { var c = b\nc += [i]\na.append(c) }",
  ])
  func `a cell that makes too much fails`(_ code: String) {
    let book = Notebook(cells: ["var a: [[Int]] = []\n" + code], memoryLimit: 100_000_000)
    #expect(book.failure?.hasSuffix("this cell creates too many values") == true, "\(book.failure ?? "none")")
  }

  @Test func `appending in place costs what is appended`() {
    let code =
      "var a = Array(repeating: 1, count: 100_000)\nfor i in 0..<1_000 { a.append(i)\na[i] = 2\na += [i] }"
    #expect(Notebook(cells: [code], memoryLimit: 10_000_000).failure == nil)
  }

  @Test(arguments: ["a == b", "a != b", "[a] == [b]", "a.contains(b[0])", "[a].contains(b)"])
  func `comparing huge values can be stopped`(_ comparison: String) {
    let code = """
      let a = Array(repeating: Array(repeating: "x", count: 100_000), count: 100_000)
      let b = Array(repeating: Array(repeating: "x", count: 100_000) , count: 100_000)
      let c = Array(repeating: Array(repeating: "x", count: 99_999) + ["y"], count: 100_000)
      print(\(comparison.replacing("b[0]", with: "c[0]")))
      """
    var checker = Checker(catalogue: shapeCatalogue)
    let cell = checker.check(CellSource(text: code, file: "n.md"))
    #expect(cell.diagnostics == [])
    let turns = Counter()
    let evaluator = Evaluator(shouldStop: { turns.next() > 1 }, print: { _ in })
    #expect { try evaluator.run(cell) } throws: { ($0 as? CellFailure)?.isCancelled == true }
  }

  @Test func `a huge key ends`() {
    let book = Notebook(Self.huge + "var d: [[String]: Int] = [:]\nd[a] = 1\nprint(d[a] ?? 0, a == a)")
    #expect(book.output == "1 true\n")
  }
}
