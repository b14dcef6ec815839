import Cells
import Testing

/// Calls of the host: labels, defaults, types, implicit members, overloads.
@Suite struct HostTests {
  @Test func `arguments, defaults, optionals and implicit members reach the host`() {
    let book = Notebook(
      """
      let d = draw("a") { Circle(1) }
      print(paint(d))
      print(paint(d, times: 2, ink: .red(opacity: 0.5, bright: true), limit: 3, scale: 2))
      print(paint(d, limit: nil), paint(d, limit: Int("7")))
      let ink = Ink.red()
      print(ink.name, ink.opacity, ink.thinned(by: 4).opacity, Ink.black.name)
      print(areaOf(Square(side: 3)), totalArea([Circle(1), Square()]), mix([.black, ink]))
      print(half(3), half(0.5), window(0...1), window(0.5...2, steps: 1..<4))
      """)
    #expect(book.problems == [])
    #expect(
      book.output == """
        a 1 black 1.0 none 1.0
        a 2 bright red 0.5 3 2.0
        a 1 black 1.0 none 1.0 a 1 black 1.0 7 1.0
        red 1.0 0.25 black
        9.0 4.0 black:1.0 red:1.0
        1.5 0.25 0.0...1.0 0..<3 0.5...2.0 1..<4

        """)
  }

  @Test(arguments: [
    (
      "paint(d, tims: 2)",
      "1:10: incorrect argument label in call (have 'tims:', expected 'times:')\n  fix-it: 10+4 'times'"
    ),
    ("paint(d, 2)", "1:10: missing argument label 'times:' in call\n  fix-it: 10+1 'times: 2'"),
    ("paint(drawing: d)", "1:7: extraneous argument label 'drawing:' in call\n  fix-it: 7+9 ''"),
    ("paint(d, ink: .black, times: 2)", "1:23: argument 'times' must precede argument 'ink'"),
    (
      "paint(times: 2)",
      "1:1: missing argument for parameter #1 in call\n  note: the declaration is '\(Self.paint)'"
    ),
    (
      "paint(d, colour: 1)",
      "1:10: extra argument 'colour' in call\n  note: the declaration is '\(Self.paint)'"
    ),
    (
      "paint(d, times: 2.0)",
      "1:17: cannot convert value of type 'Double' to expected argument type 'Int'\n  fix-it: 17+3 '2'"
    ),
    (
      "paint(d, ink: .bleck)",
      "1:16: type 'Ink' has no member 'bleck'\n  note: did you mean 'black'?\n  fix-it: 16+5 'black'"
    ),
    (
      "paint(d, ink: .red)", "1:16: 'red' is a function; call it: 'red(…)'\n  fix-it: 16+3 'red()'"
    ),
    (
      "paint(d, ink: .black())",
      "1:16: 'black' is a value, not a function; it takes no arguments\n  fix-it: 15+8 '.black'"
    ),
    (
      "paint(d, ink: .red(opacty: 1))",
      "1:20: incorrect argument label in call (have 'opacty:', expected 'opacity:')\n  fix-it: 20+6 'opacity'"
    ),
    ("paint(d, times: nil)", "1:17: 'nil' is not compatible with expected argument type 'Int'"),
    (
      "paint(d, limit: \"a\")", "1:17: cannot convert value of type 'String' to expected argument type 'Int?'"
    ),
    ("show(circle)", "1:6: cannot find 'circle' in scope"),
    ("show(sqare)", "1:6: cannot find 'sqare' in scope"),
    ("show(ink)", "1:6: cannot find 'ink' in scope"),
    ("pint(d)", "1:1: cannot find 'pint' in scope\n  note: did you mean 'paint'?\n  fix-it: 1+4 'paint'"),
    ("areaOf(d)", "1:8: cannot convert value of type 'Drawing' to expected argument type 'any Shape'"),
    (
      "mix([.black, .rad()])",
      "1:15: type 'Ink' has no member 'rad'\n  note: did you mean 'red'?\n  fix-it: 15+3 'red'"
    ),
    (
      "totalArea([Circle(1), 2])",
      "1:23: cannot convert value of type 'Int' to expected element type 'any Shape'"
    ),
    (
      "d.nam",
      "1:3: value of type 'Drawing' has no member 'nam'\n  note: did you mean 'name'?\n  fix-it: 3+3 'name'"
    ),
    (
      "d.best + 1",
      "1:1: value of optional type 'Double?' must be unwrapped to a value of type 'Double'\n  note: coalesce using '??' to provide a default when the optional value contains 'nil'\n  note: force-unwrap using '!' to abort execution if the optional value contains 'nil'"
    ),
    ("d == d", "1:3: binary operator '==' cannot be applied to two 'Drawing' operands"),
    ("Ink(1)", "1:1: creating a value of type 'Ink' directly is not supported in cells"),
    (
      "draw(\"a\")",
      "1:1: missing argument for parameter #2 in call\n  note: the declaration is 'draw(_ name: String, @ShapeBuilder _ shapes: () -> [any Shape]) -> Drawing'"
    ),
    (
      "show(1.5)",
      "1:1: no exact matches in call to 'show'\n  note: candidate: 'show(_ ink: Ink) -> String'\n  note: candidate: 'show(_ drawing: Drawing) -> String'"
    ),
    (
      "trace { \"a\" }",
      "1:7: contextual type for closure argument list expects 1 argument, which cannot be implicitly ignored"
    ),
    ("trace { x in \"a\" }", "1:14: cannot convert value of type 'String' to closure result type 'Double'"),
    ("let k = each { _ in }", "1:5: cannot initialize 'k': the expression has no value"),
  ])
  func `a wrong call is located and worded as swiftc would`(_ code: String, _ expected: String) {
    let book = Notebook("let d = draw(\"a\") { Circle(1) }", code)
    #expect(book.problems.joined(separator: "\n") == expected)
  }

  static let paint =
    "paint(_ drawing: Drawing, times copies: Int = 1, ink: Ink = .black, limit: Int? = nil, scale: Double = 1.0) -> String"

  @Test func `several rows of one name are told apart by labels and types`() {
    let book = Notebook(
      "print(show(.black), show(draw(\"d\") { Circle(1) }), show(3, as: .red()), show(Ink.red()))")
    #expect(book.problems == [])
    #expect(book.output == "black d 3 red red\n")
  }

  @Test func `a wrong argument brings no second message where its result is used`() {
    let book = Notebook(
      "let d = draw(missing) { Circle(1) }",
      "let text = paint(d)\nlet n: Int = text\nprint(unknown + 1, d.name)")
    #expect(
      book.problems == [
        "1:14: cannot find 'missing' in scope",
        "2:14: cannot convert value of type 'String' to specified type 'Int'",
        "3:7: cannot find 'unknown' in scope",
      ])
  }

  @Test func `all problems of a cell are reported in order`() {
    let book = Notebook(
      """
      let a: Int = 2.5; let b = Squar(side: 1)
      paint(1, tims: true)
      class S {}
      print(a + 1, b, nope)
      """)
    #expect(
      book.problems.map { String($0.prefix(5)) } == [
        "1:14:", "1:27:", "2:7: ", "2:10:", "2:16:", "3:1: ", "4:17:",
      ])
  }

  @Test func `functions may give back host values`() {
    let book = Notebook(
      """
      func unit(_ side: Int) -> some Shape { Layered { Square(side: side); Circle(1) } }
      func pick(_ big: Bool) -> any Shape { if big { return Square(side: 9) } else { return Circle(1) } }
      let d = draw("x") { unit(2); pick(true); for s in [1, 2] { unit(s) } }
      print(d.areas)
      """)
    #expect(book.problems == [])
    #expect(book.output == "[7.0, 81.0, 4.0, 7.0]\n")
  }

  @Test func `what a cell defines, uses, changes and calls is known`() {
    let book = Notebook(
      "var xs = [1]\nlet ink = Ink.red()", "xs.append(2)\nlet n = xs.count\nfunc f() -> Int { n }",
      "print(f(), mix([ink]))")
    #expect(book.problems == [])
    #expect(book.cells[0].definedNames == ["xs", "ink"])
    #expect(book.cells[0].calledEntries == ["Ink.red"])
    #expect(book.cells[1].definedNames == ["f", "n"])
    #expect(book.cells[1].usedNames == ["xs"])
    #expect(book.cells[1].mutatedNames == ["xs"])
    #expect(book.cells[2].usedNames == ["f", "ink"])
    #expect(book.cells[2].calledEntries == ["mix"])
  }
}
