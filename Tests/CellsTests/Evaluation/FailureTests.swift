import Cells
import Diagnostics
import Synchronization
import Testing

/// An operation that would trap in a compiled program ends the cell with a located failure.
@Suite struct FailureTests {
  @Test(arguments: [
    (
      "let x = Int.max\nprint(x + 1)",
      "2:7: arithmetic overflow: 9223372036854775807 + 1 does not fit in an Int"
    ),
    ("let z = 0\nprint(1 / z)", "2:7: division by zero"),
    ("let z = 0\nprint(1 % z)", "2:7: division by zero"),
    (
      "let x = Int.min\nprint(-x)", "2:7: arithmetic overflow: -(-9223372036854775808) does not fit in an Int"
    ),
    (
      "let x = Int.min\nprint(x / -1, abs(x))",
      "2:7: arithmetic overflow: -9223372036854775808 / -1 does not fit in an Int"
    ),
    ("let xs = [1, 2]\nprint(xs[2])", "2:7: index 2 is out of range for 2 elements"),
    ("var xs = [1]\nxs[-1] = 3", "2:1: index -1 is out of range for 1 element"),
    ("let xs = [1]\nprint(xs[0..<2])", "2:7: range 0..<2 is out of bounds for 1 element"),
    ("let xs = [1, 2]\nprint(xs[3...])", "2:7: range 3... is out of bounds for 2 elements"),
    ("let xs = [1, 2]\nprint(xs[...2])", "2:7: range ...2 is out of bounds for 2 elements"),
    ("let xs = [1, 2]\nprint(xs[..<(-1)])", "2:7: range ..<-1 is out of bounds for 2 elements"),
    (
      "let xs = [1]\nprint(xs[...Int.max])",
      "2:7: range ...9223372036854775807 is out of bounds for 1 element"
    ),
    ("print((1...).map { $0 })", "1:7: a one-sided range has no end"),
    (
      "let n = \"stp\"\nlet ink: Ink = switch n { case \"k\": .black; default: fatalError(\"no \\(n)\") }",
      "2:54: no stp"
    ),
    ("precondition(1 > 2)", "1:1: precondition failed"),
    ("func f(_ x: Int) { precondition(x > 0, \"x is \\(x)\") }\nf(-1)", "1:20: x is -1"),
    (
      "var xs = [1]\nfunc f(_ x: inout Int) { x += 1 }\nf(&xs[3])",
      "3:4: index 3 is out of range for 1 element"
    ),
    (
      "var g = 1\nfunc f(_ x: inout Int) { x += g }\nf(&g)",
      "2:31: 'g' is used before it has a value, or while it is being changed"
    ),
    (
      "enum E { case a\n  var x: Int { switch self { case .a: x + 1 } }\n}\nprint(E.a.x)",
      "2:39: more than 1000 calls are nested; end the recursion earlier, or write a loop"
    ),
    ("let o: Int? = nil\nprint(o!)", "2:7: unexpectedly found nil while unwrapping an Optional value"),
    ("print(Int(Double.nan))", "1:7: nan cannot be converted to Int because it is not finite"),
    ("print(Int(1e300))", "1:7: 1e+300 cannot be converted to Int because it is out of range"),
    (
      "let n = 3\nfor i in n..<1 { print(i) }", "2:10: Range requires lowerBound <= upperBound, found 3 and 1"
    ),
    ("print(stride(from: 0, to: 3, by: 0).map { $0 })", "1:7: Stride size must not be zero"),
    (
      "print(stride(from: 0, to: 1e9, by: 1e-9).map { $0 })",
      "1:7: a stride of more than 10000000 numbers is too long for cells"
    ),
    (
      "print(Array(repeating: 0, count: 1_000_000_000))",
      "1:7: too many elements for cells: 1000000000; the maximum is 10000000"
    ),
    ("print(Array(repeating: 0, count: -1))", "1:7: Can't construct Array with count < 0: -1"),
    ("print((0..<Int.max).map { $0 })", "1:7: a range of more than 10000000 numbers is too large for cells"),
    ("print(String(repeating: \"abc\", count: Int.max))", "1:7: the string is too long for cells"),
    ("var s = \"ab\"\nwhile true { s += s }", "2:14: the string is too long for cells"),
    ("var xs: [Int] = []\nxs.removeLast()", "2:1: Can't remove last element from an empty collection"),
    ("let d = [\"a\": 1, \"a\": 2]", "1:18: dictionary literal contains duplicate key 'a'"),
    (
      "func f(_ n: Int) -> Int { 1 + f(n + 1) }\nprint(f(0))",
      "1:31: more than 1000 calls are nested; end the recursion earlier, or write a loop"
    ),
    ("let x = fail()\nprint(x)", "1:9: the pen is dry"),
    ("print([1, 2].map { $0 / ($0 - 1) })", "1:20: division by zero"),
    ("print(trace { 1 / Double($0) * Double([1][$0]) })", "1:39: index 1 is out of range for 1 element"),
    ("print(String(format: \"%d\", 1.5))", "1:7: '%d' expects an Int; found '1.5'"),
  ])
  func `the failure is located and says what was found`(_ code: String, _ expected: String) {
    let book = Notebook(code)
    #expect(book.problems == [])
    #expect(book.failure == expected)
  }

  @Test func `what the host threw is kept`() throws {
    var checker = Checker(catalogue: shapeCatalogue)
    let cell = checker.check(CellSource(text: "fail()", file: "n.md", firstLine: 9))
    let error = #expect(throws: CellFailure.self) { try Evaluator { _ in }.run(cell) }
    #expect(error?.underlying is NotDrawn)
    #expect(error?.description == "n.md:9:1: error: the pen is dry")
  }

  @Test func `an endless loop can be stopped`() throws {
    var checker = Checker(catalogue: shapeCatalogue)
    let cell = checker.check(CellSource(text: "var i = 0\nwhile true { i += 1 }", file: "n.md"))
    let turns = Mutex(0)
    let evaluator = Evaluator(
      shouldStop: {
        turns.withLock {
          $0 += 1
          return $0 > 100
        }
      }, print: { _ in })
    let error = #expect(throws: CellFailure.self) { try evaluator.run(cell) }
    #expect(error?.isCancelled == true)
    #expect(error?.range.start.line == 2)
  }

  @Test func `a later cell can run after a failure`() throws {
    var checker = Checker(catalogue: shapeCatalogue)
    let first = checker.check(
      CellSource(text: "var xs = [1]\nlet n = 1\nxs.append(2)\nprint(xs[9])", file: "n.md"))
    let second = checker.check(CellSource(text: "xs.append(3)\nprint(xs, n)", file: "n.md"))
    let third = checker.check(CellSource(text: "let later = xs[7]", file: "n.md"))
    let fourth = checker.check(CellSource(text: "print(later)", file: "n.md"))
    let sink = Sink()
    let evaluator = Evaluator { sink.add($0) }
    #expect(throws: CellFailure.self) { try evaluator.run(first) }
    #expect(throws: Never.self) { try evaluator.run(second) }
    #expect(throws: CellFailure.self) { try evaluator.run(third) }
    let error = #expect(throws: CellFailure.self) { try evaluator.run(fourth) }
    #expect(error?.message == "'later' is used before it has a value, or while it is being changed")
    #expect(sink.text == "[1, 2, 3] 1\n")
  }

  @Test func `closures may be called from other threads, and share their variables`() async throws {
    let kept = Mutex<Callback<Double, Int>?>(nil)
    let catalogue = Catalogue(
      Group(
        "steps", "",
        [
          .function("keep", "Keeps a function.", p("f", label: nil, Callback<Double, Int>.self)) { f in
            kept.withLock { $0 = f }
          }
        ]))
    var checker = Checker(catalogue: catalogue)
    let cell = checker.check(
      CellSource(text: "var calls = 0\nkeep { step in calls += 1; return Double(step) * 0.5 }", file: "n.md"))
    #expect(cell.diagnostics == [])
    let sink = Sink()
    let evaluator = Evaluator { sink.add($0) }
    try evaluator.run(cell)
    let callback = try #require(kept.withLock { $0 })
    let rounds = 500
    let values = try await withThrowingTaskGroup(of: Double.self) { group in
      for step in 0..<8 {
        group.addTask {
          for _ in 1..<rounds { _ = try callback(step) }
          return try callback(step)
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(values.sorted() == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5])
    let count = checker.check(CellSource(text: "print(calls)", file: "n.md"))
    try evaluator.run(count)
    #expect(sink.text == "\(8 * rounds)\n")
  }
}
