import Diagnostics
import Foundation
import Testing

/// Problems as printed for users.
struct DiagnosticTests {
  let source = SourceText(name: "a.md", text: "let a = 1\r\n\tlet größe = foo(👩‍👩‍👧, b)\n")

  func range(_ line: Int, _ column: Int, _ length: Int) -> SourceRange {
    SourceRange(SourceLocation(file: "a.md", line: line, column: column), length: length)
  }

  @Test("A problem shows its line, a caret under it, notes and fix-its")
  func rendered() {
    let range = range(1, 5, 1)
    let problem = Diagnostic(
      .error, "no 'a'", at: range, notes: ["did you mean 'b'?"],
      fixIts: [FixIt("replace 'a' with 'b'", range, "b")])
    #expect(
      problem.rendered(in: source) == """
        a.md:1:5: error: no 'a'
          let a = 1
              ^
          note: did you mean 'b'?
          fix-it: replace 'a' with 'b'
        """)
    #expect(problem.rendered().hasPrefix("a.md:1:5: error: no 'a'\n  note:"))
  }

  @Test("A warning's code is shown, since it can be looked up and kept quiet")
  func code() {
    let problem = Diagnostic(.warning, "odd", at: range(1, 5, 1), code: "QR001")
    #expect(problem.rendered() == "a.md:1:5: warning: odd [QR001]")
    #expect(Diagnostic(.warning, "odd", at: nil, code: "late-option").rendered() == "warning: odd")
    #expect(Diagnostic(.error, "odd", at: nil, code: "QR001").rendered() == "error: odd")
  }

  @Test("Carets stand under their characters after tabs and wide letters")
  func carets() {
    #expect(
      Diagnostic(.warning, "w", at: range(2, 6, 5)).rendered(in: source)
        == "a.md:2:6: warning: w\n  \tlet größe = foo(👩‍👩‍👧, b)\n  \t    ^~~~~")
  }

  @Test("A range beyond the line or the file is no trap")
  func beyond() {
    #expect(
      Diagnostic(.error, "e", at: range(1, 8, 100)).rendered(in: source)
        == "a.md:1:8: error: e\n  let a = 1\n         ^~")
    #expect(
      Diagnostic(.error, "e", at: range(1, 100, 1)).rendered(in: source)
        == "a.md:1:100: error: e\n  let a = 1\n           ^")
    #expect(Diagnostic(.error, "e", at: range(99, 1, 1)).rendered(in: source) == "a.md:99:1: error: e")
    #expect(Diagnostic(.error, "e", at: range(0, 0, 0)).rendered(in: source) == "a.md:0:0: error: e")
    #expect(
      Diagnostic(.error, "e", at: range(1, -5, 1)).rendered(in: source)
        == "a.md:1:-5: error: e\n  let a = 1\n  ^")
  }

  @Test("A problem about a whole file names the file")
  func wholeFile() {
    #expect(Diagnostic(.error, "gone", at: nil).rendered(in: source) == "a.md: error: gone")
    #expect(Diagnostic(.error, "gone", at: nil).rendered(file: "b.md") == "b.md: error: gone")
    #expect(Diagnostic(.note, "gone", at: nil).rendered() == "note: gone")
  }

  @Test("Problems come in the order of the source, equals as they were found")
  func order() {
    let problems = [
      Diagnostic(.error, "3", at: range(2, 1, 1)), Diagnostic(.error, "1", at: range(1, 9, 1)),
      Diagnostic(.warning, "2", at: range(1, 9, 1)), Diagnostic(.error, "0", at: nil),
    ]
    #expect(problems.inSourceOrder().map(\.message) == ["0", "1", "2", "3"])
  }

  @Test("Problems survive JSON")
  func json() throws {
    let problem = Diagnostic(.error, "a", at: range(1, 2, 3), code: "x", notes: ["n"])
    #expect(try JSONDecoder().decode(Diagnostic.self, from: JSONEncoder().encode(problem)) == problem)
  }

  @Test func `a very long line is shown around the column alone`() {
    let text = String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 5000)
    let problem = Diagnostic(
      .error, "odd", at: SourceRange(SourceLocation(file: "l.md", line: 1, column: 5001)))
    let lines = problem.rendered(in: SourceText(name: "l.md", text: text)).split(separator: "\n").map(
      String.init)
    #expect(lines[0] == "l.md:1:5001: error: odd")
    #expect(lines[1].count < 200)
    // The caret is still below its character.
    #expect(
      lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        == lines[1].firstIndex(of: "!").map { lines[1].distance(from: lines[1].startIndex, to: $0) })
  }
}
