import Cells
import Diagnostics
import Testing

/// Cells as parts of one file: names, places, parameters, inline expressions.
@Suite struct CellToCellTests {
  @Test func `names flow from cell to cell`() {
    let book = Notebook("var n = 1\nfunc twice(_ x: Int) -> Int { x * 2 }", "n = twice(n + 1)", "print(n)")
    #expect(book.problems == [])
    #expect(book.output == "4\n")
  }

  @Test func `a second declaration says where the first is`() {
    #expect(
      Notebook("let x = 1", "print(x)\nlet x = 2").problems == [
        "2:5: invalid redeclaration of 'x'\n  note: 'x' previously declared at line 1, column 5"
      ])
  }

  @Test func `a cell with an error still declares its names`() {
    #expect(
      Notebook("let x = nope\nlet y = (1", "print(x + 1, y.foo, x(3))").problems == [
        "1:9: cannot find 'nope' in scope",
        "2:11: expected ')' to end tuple\n  note: to match this opening '('",
      ])
  }

  @Test func `places are the notebook's, whatever the characters before them`() {
    var checker = Checker(catalogue: shapeCatalogue)
    let source = CellSource(text: "let é = \"👍🏽\"; nope\r\n  nada", file: "n.md", firstLine: 41)
    let places = checker.check(source).diagnostics.compactMap { $0.range?.start.description }
    #expect(places == ["n.md:41:14", "n.md:42:3"])
    let inline = checker.check(
      expression: CellSource(text: "é + x", file: "n.md", firstLine: 3, firstColumn: 20))
    #expect(inline.diagnostics.compactMap { $0.range?.start.description } == ["n.md:3:24"])
  }

  @Test func `inline expressions read the cells before them`() throws {
    var checker = Checker(catalogue: shapeCatalogue)
    let cell = checker.check(CellSource(text: "let acc = 0.8712\nlet names = [\"a\", \"b\"]", file: "n.md"))
    let evaluator = Evaluator { _ in }
    try evaluator.run(cell)
    func show(_ text: String) throws -> String {
      let checked = checker.check(expression: CellSource(text: text, file: "n.md"))
      #expect(checked.diagnostics == [])
      return try evaluator.evaluate(checked).description
    }
    #expect(try show("acc") == "0.8712")
    #expect(try show("(acc * 1000).rounded() / 10") == "87.1")
    #expect(try show("names") == "[\"a\", \"b\"]")
    #expect(try show("names[0]") == "a")
    #expect(try show("names.first") == "Optional(\"a\")")
    #expect(try show("names.map { $0.count }.reduce(0, +)") == "2")
    for (text, message) in [
      ("", "expected one expression"), ("let x = 1", "expected one expression"),
      ("acc; acc", "expected one expression"),
      ("acc = 2", "expected one expression"), ("missing", "cannot find 'missing' in scope"),
    ] {
      let checked = checker.check(expression: CellSource(text: text, file: "n.md"))
      #expect(checked.diagnostics.map(\.message) == [message])
      #expect(throws: CellFailure.self) { try evaluator.evaluate(checked) }
    }
  }

  @Test func `the same code in another layout has the same canonical text`() {
    let a = Notebook("let x = 1 // one\nprint( x,\n  2 )").cells[0].canonicalText
    let b = Notebook("let x = 1\n\n/* two */ print(x, 2)").cells[0].canonicalText
    #expect(a == b)
    #expect(a == "let x = 1\nprint ( x , 2 )")
    #expect(a != Notebook("let x = 1\nprint(x, 3)").cells[0].canonicalText)
  }
}

/// The parameters cell and its overrides.
@Suite struct ParameterTests {
  static let cell = """
    let epochs = 10
    let lr = 1e-3
    let name = "net"
    let fast = true
    let seed: Int? = nil
    let sizes = [1, 2]
    let offset = -3
    let computed = epochs * 2
    """

  @Test func `top-level literals are parameters`() {
    let parameters = Notebook(Self.cell, overrides: [:]).cells[0].parameters
    #expect(parameters.map(\.name) == ["epochs", "lr", "name", "fast", "seed", "sizes", "offset"])
    #expect(parameters.map { "\($0.type)" } == ["Int", "Double", "String", "Bool", "Int?", "[Int]", "Int"])
    #expect(parameters.map { "\($0.value)" } == ["10", "0.001", "net", "true", "nil", "[1, 2]", "-3"])
    #expect(parameters.allSatisfy { !$0.isOverridden })
    #expect(Notebook(Self.cell).cells[0].parameters.isEmpty)
  }

  @Test func `overrides take the parameter's type`() {
    let book = Notebook(
      Self.cell, "print(epochs, lr, name, fast, seed ?? 0, sizes, offset, computed)",
      overrides: [
        "epochs": "3", "lr": "1", "name": "two words", "fast": "false", "seed": "7", "sizes": "[4]",
        "offset": "-1",
        "unknown": "1",
      ])
    #expect(book.problems == [])
    #expect(book.output == "3 1.0 two words false 7 [4] -1 6\n")
    #expect(book.cells[0].parameters.allSatisfy { $0.isOverridden })
  }

  @Test(arguments: [
    (
      "epochs", "abc",
      "1:14: parameter 'epochs' expects a whole number; found 'abc'\n  note: for example, -p epochs=10"
    ),
    (
      "epochs", "2.5",
      "1:14: parameter 'epochs' expects a whole number; found '2.5'\n  note: for example, -p epochs=10"
    ),
    (
      "epochs", "1 + 1",
      "1:14: parameter 'epochs' expects a whole number; found '1 + 1'\n  note: for example, -p epochs=10"
    ),
    ("lr", "fast", "2:10: parameter 'lr' expects a number; found 'fast'\n  note: for example, -p lr=0.5"),
    (
      "fast", "yes",
      "4:12: parameter 'fast' expects true or false; found 'yes'\n  note: for example, -p fast=true"
    ),
    (
      "sizes", "3",
      "6:13: parameter 'sizes' expects a value of type '[Int]'; found '3'\n  note: for example, -p sizes='[10]'"
    ),
    (
      "epochs", "",
      "1:14: parameter 'epochs' expects a whole number; found ''\n  note: for example, -p epochs=10"
    ),
    (
      "epochs", "99999999999999999999",
      "1:14: parameter 'epochs' expects a whole number; found '99999999999999999999'\n  note: for example, -p epochs=10"
    ),
  ])
  func `an override of another type names the parameter`(_ name: String, _ text: String, _ expected: String) {
    #expect(Notebook(Self.cell, overrides: [name: text]).problems == [expected])
  }
  /// A reader pastes the example into a shell, so it must be a value that the notebook accepts.
  @Test(arguments: [
    ("[String]", "let p = [\"a\"]"), ("[[String]]", "let p = [[\"a\"]]"), ("[Double]", "let p = [1.0]"),
    ("Bool", "let p = true"), ("[Bool]", "let p = [true]"), ("Int?", "let p: Int? = 1"),
    ("[String: Int]", "let p = [\"a\": 1]"), ("(Int, String)", "let p = (1, \"a\")"),
  ])
  func `the example of a parameter's value is one`(_ type: String, _ cell: String) throws {
    let problem = try #require(Notebook(cell, overrides: ["p": "@"]).problems.first)
    let example = try #require(problem.split(separator: "\n").last?.split(separator: "-p p=").last)
    // As a shell reads it.
    let value = example.hasPrefix("'") ? example.dropFirst().dropLast() : example
    #expect(
      !value.contains("'") && Notebook(cell, overrides: ["p": String(value)]).problems == [], "\(problem)")
  }

  @Test func `an override from a file is reported at its place there`() {
    var checker = Checker(catalogue: shapeCatalogue)
    let place = SourceRange(SourceLocation(file: "p.yaml", line: 3, column: 5))
    let cell = checker.check(
      CellSource(text: Self.cell, file: "n.md"),
      parameterOverrides: ["lr": ParameterOverride("fast", at: place)])
    #expect(cell.diagnostics.map(\.range) == [place])
    #expect(
      cell.diagnostics.map(Notebook.text) == [
        "3:5: parameter 'lr' expects a number; found 'fast'\n  note: for example, lr: 0.5\n"
          + "  note: 'lr' is declared at n.md:2:10"
      ])
  }
}
