import Testing

/// Builder blocks: the values that they collect, and expressions that do not belong in them.
@Suite struct BuilderTests {
  @Test func `a block collects its values in order, through if, for and nested blocks`() {
    let book = Notebook(
      """
      let wide = true
      let sizes = [1, 2]
      let d = draw("net") {
        Circle(1); Square(side: 2)
        for size in sizes where size > 1 { Square(side: size); Circle(2) }
        if wide { Square(side: 5) } else { Circle(9) }
        if let extra = sizes.first { Square(side: extra) }
        let unit = Circle(3)
        unit
        Layered {
          for i in 1...2 { Square(side: i) }
        }
      }
      print(d.areas, d.lines)
      """)
    #expect(book.problems == [])
    #expect(book.output == "[3.0, 4.0, 4.0, 12.0, 25.0, 1.0, 27.0, 5.0] [4, 4, 5, 5, 6, 7, 9, 10]\n")
  }

  @Test func `an empty block is a block`() {
    #expect(Notebook("print(draw(\"e\") {}.areas)").output == "[]\n")
  }

  @Test(arguments: [
    (
      "Square(side: 1) + 1",
      "2:17: binary operator '+' cannot be applied to operands of type 'Square' and 'Int'"
    ),
    ("3", "2:1: cannot convert value of type 'Int' to expected argument type 'any Shape'"),
    ("print(1)", "2:1: cannot convert value of type '()' to expected argument type 'any Shape'"),
    ("return Circle(1)", "2:1: cannot use explicit 'return' statement in the body of a result builder"),
    ("while true { Circle(1) }", "2:1: 'while' cannot be used in a result builder's block"),
    ("for i in 0..<2 { break }", "2:18: 'break' cannot be used in a result builder's block"),
    ("var x = 1; x += 1", "2:12: an assignment cannot be used in a result builder's block"),
    (
      "Circle(1); Circl(2)",
      "2:12: cannot find 'Circl' in scope\n  note: did you mean 'Circle'?\n  fix-it: 12+5 'Circle'"
    ),
    (
      "if 1 { Circle(1) }", "2:4: integer literal value '1' cannot be used as a boolean; did you mean 'true'?"
    ),
  ])
  func `what does not belong in a block is located`(_ line: String, _ expected: String) {
    #expect(Notebook("let d = draw(\"x\") {\n\(line)\n}").problems.joined(separator: "\n") == expected)
  }

  @Test func `a block must be written as one`() {
    #expect(
      Notebook("let f = 1\nprint(draw(\"x\", f))").problems == [
        "2:17: parameter 'shapes' takes a block of values that conform to 'Shape': write { … }"
      ])
  }
}
