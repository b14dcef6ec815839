import Cells
import Testing

/// Enums, extensions and `inout` across cells: the cache relies on the names that each cell reads and changes.
@Suite struct OwnTypesTests {
  @Test func `a cell that uses an enum depends on the enum and on its extensions`() {
    let book = Notebook(
      "enum Mode { case train, test(Int) }", "let m: Mode = .test(3)",
      "switch m { case .train: print(1); case .test(let n): print(n) }",
      "extension Mode { var name: String { \"x\" } }", "print(m.name)", "print(Mode.train)")
    #expect(book.problems == [])
    #expect(book.output == "3\nx\ntrain\n")
    #expect(book.cells.map(\.definedNames) == [["Mode"], ["m"], [], ["extension Mode"], [], []])
    #expect(
      book.cells.map(\.usedNames) == [
        [], ["Mode"], ["Mode", "m"], ["Mode"], ["Mode", "extension Mode", "m"],
        ["Mode", "extension Mode"],
      ])
  }

  @Test func `a cell that uses a struct without members depends on it`() {
    let book = Notebook("struct P { var x: Int }", "struct Q { var y: Int }", "let p = P(x: 2)", "print(p.x)")
    #expect(book.problems == [])
    #expect(book.cells.map(\.usedNames) == [[], [], ["P"], ["P", "p"]])
  }

  @Test func `an inout argument is a change`() {
    let book = Notebook(
      "func f(_ x: inout Int) { x += 1 }\nvar a = 1, list = [1]", "f(&a)\nf(&list[0])", "print(a, list)",
      "func g() { f(&a) }")
    #expect(book.problems == [])
    #expect(book.output == "2 [2]\n")
    #expect(book.cells.map(\.mutatedNames) == [[], ["a", "list"], [], ["a"]])
    #expect(book.cells[1].usedNames == ["a", "f", "list"])
  }

  @Test func `two extensions in two cells both count`() {
    let book = Notebook(
      "struct P { var x = 1 }", "extension P { var a: Int { x + 1 } }",
      "extension P { var b: Int { a + 1 } }",
      "print(P().b)")
    #expect(book.output == "3\n")
    #expect(book.cells[3].usedNames == ["P", "extension P", "extension P 2"])
  }

  @Test func `an enum's name cannot be declared twice`() {
    #expect(
      Notebook("enum Mode { case a }", "struct Mode { var x = 1 }").problems == [
        "1:8: invalid redeclaration of 'Mode'\n  note: 'Mode' previously declared at line 1, column 6"
      ])
    #expect(
      Notebook("enum Circle { case a }").problems == [
        "1:6: a type with the name of an existing type, 'Circle', is not supported in cells\n  note: rename it"
      ])
  }

  @Test func `unreachable cases are warnings`() {
    #expect(
      Notebook("switch 3 { case 3: print(1); case 3: print(2); default: break }").problems == [
        "1:35: warning: literal value is already handled by previous pattern; consider removing it"
      ])
    #expect(
      Notebook(
        "enum E { case a, b }\nswitch E.a { case .a, .b: print(1); case .b: print(2); default: break }"
      )
      .problems == [
        "2:42: warning: case is already handled by previous patterns; consider removing it",
        "2:56: warning: default will never be executed",
      ])
  }

  @Test func `a switch that is too large to check needs a default`() {
    let bools = (0..<18).map { _ in "true" }.joined(separator: ", ")
    let patterns = (0..<18).map { index in
      "case (" + (0..<18).map { $0 == index ? "true" : "_" }.joined(separator: ", ") + "): break"
    }
    let code = "let t = (\(bools))\nswitch t {\n\(patterns.joined(separator: "\n"))\n"
    let problems = Notebook(code + "}").problems
    #expect(
      problems == ["2:1: this switch is too complex to check; add a default clause"]
        || problems.first?.hasPrefix("2:1: switch must be exhaustive") == true)
    #expect(Notebook(code + "default: break\n}").problems == [])
  }
}
