import Cells
import Diagnostics
import Testing

/// No text can crash the checker or the evaluator.
@Suite struct RobustnessTests {
  /// Runs a cell with a limited number of steps: a mutated loop may not end.
  private func run(_ text: String) {
    var checker = Checker(catalogue: shapeCatalogue)
    let cell = checker.check(CellSource(text: text, file: "f.md"), parameterOverrides: ["x": "1"])
    _ = checker.check(expression: CellSource(text: text, file: "f.md"))
    for diagnostic in cell.diagnostics { _ = diagnostic.rendered(in: SourceText(name: "f.md", text: text)) }
    let budget = Budget()
    try? Evaluator(shouldStop: { budget.isSpent }, print: { _ in }).run(cell)
  }

  private static let samples =
    Corpus.right.samples.map(\.code)
    + [
      """
      let d = draw("x") { Circle(2); for i in 1...2 { Square(side: i) }; if true { Layered { Circle(1) } } }
      print(paint(d, times: 3, ink: .red(opacity: 0.5), limit: nil), d.best ?? 0, trace { Double($0) })
      """
    ]

  @Test func `truncated cells`() {
    for (index, sample) in Self.samples.enumerated() {
      let characters = Array(sample)
      for cut in stride(from: index % 7, to: characters.count, by: 53) { run(String(characters[..<cut])) }
    }
  }

  @Test func `mutated cells`() {
    var random = Scramble(state: 20_251)
    let scraps = [
      "(", ")", "{", "}", "[", "]", "\"", "\\(", "$0", ".", "?", "!", ",", ":", "nil", "1", "-", "+", "=",
      "let ", "\n", "é", "in ", "func ",
    ]
    for sample in Self.samples {
      for _ in 0..<3 {
        var characters = Array(sample)
        for _ in 0...random.next(3) where !characters.isEmpty {
          let place = random.next(characters.count)
          switch random.next(3) {
          case 0: characters.remove(at: place)
          case 1: characters.insert(contentsOf: scraps[random.next(scraps.count)], at: place)
          default: characters.swapAt(place, random.next(characters.count))
          }
        }
        run(String(characters))
      }
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 2_500), String(repeating: "[", count: 2_500),
    String(repeating: "{", count: 2_500),
    "let x = " + String(repeating: "-", count: 1_500) + "1",
    "let x = " + String(repeating: "!", count: 1_500) + "true",
    "let x = 1" + String(repeating: " + 1", count: 2_500),
    "let x = true" + String(repeating: " ? 1 : true", count: 1_500),
    "switch 1 " + String(repeating: "{ case 1: switch 1 ", count: 1_500),
    "let x = " + String(repeating: "switch 1 { default: ", count: 400) + "1",
    "let x = " + String(repeating: "if true { 1 } else ", count: 1_500) + "{ 2 }",
    "switch a { case " + String(repeating: "(", count: 1_500) + "let x",
    "switch a { case " + String(repeating: ".a(", count: 1_500) + "let x",
    "switch a { case let x" + String(repeating: "?", count: 2_500) + ": break }",
    "switch 1 { " + String(repeating: "case 1: break; ", count: 3_000) + "}",
    "switch (true, true) { " + String(repeating: "case (true, _): break; ", count: 400) + "}",
    "enum E { " + String(repeating: "case a(", count: 1_500), "enum E { indirect case a(E?, E?, E?) }",
    "enum E { case a(F) }\nenum F { case b(E) }", "struct S { var e: E }\nenum E { case a(S) }",
    "struct S { init() { self.init() } }\nprint(S())", "struct S { var x: Int; init() { if true {",
    "extension E {}\nenum E: String { case a }\nextension E { init() { self = .a } }",
    "func f(_ x: inout Int) { f(&x) }\nvar a = 1\nf(&a)",
    "var a = [1]\nfunc f(_ x: inout Int) {}\nf(&a[0][0])",
    "for i in 0... {}", "for case let x? in " + String(repeating: "[", count: 60),
    "let s: Set<Set<Set<Int>>> = [[[1]]]", "let s: Set = [[], []]",
    "\"a\".split(separator: \"\", maxSplits: -1)",
    "let x = a" + String(repeating: ".b", count: 2_500), "let x = a" + String(repeating: "()", count: 2_500),
    "let x = a" + String(repeating: "[0]", count: 2_500), "let x = a" + String(repeating: "?", count: 2_500),
    "if true {} " + String(repeating: "else if true {} ", count: 1_500),
    String(repeating: "if true {", count: 1_500), "let x: " + String(repeating: "[", count: 1_500),
    "let x: Int" + String(repeating: "?", count: 2_500),
    "let x: " + String(repeating: "(Int) -> ", count: 1_500) + "Int",
    "let " + String(repeating: "(", count: 1_500) + "x", String(repeating: "print(\"\\(", count: 1_000),
    "let f = " + String(repeating: "{ x in ", count: 1_000),
    "let x = 1 ?? " + String(repeating: "1 ?? ", count: 1_500) + "1",
    String(repeating: "let x = Double(Int(", count: 60), String(repeating: "a = ", count: 1_500) + "1",
    "let x = " + String(repeating: "max(1, ", count: 100) + "1" + String(repeating: ")", count: 100),
    "let x = " + String(repeating: "[1].map { _ in ", count: 60) + "1" + String(repeating: " }", count: 60),
    "let x = " + String(repeating: "[1].reduce(0) { _, _ in ", count: 30) + "1.5"
      + String(repeating: " }", count: 30),
    "let x = " + String(repeating: "Double(Int(", count: 40) + "1" + String(repeating: "))", count: 40),
    String(repeating: "\u{0}", count: 100), "\u{FEFF}let x = 1", String(repeating: "x", count: 250_000),
    "let x = 0x" + String(repeating: "f", count: 1_500), "let x = 1e" + String(repeating: "9", count: 500),
    "let x: Double = " + String(repeating: "9", count: 1_500), String(repeating: "/*", count: 3_000),
    "func f() {" + String(repeating: "func f() {", count: 1_000),
    String(repeating: "\"\\(", count: 5_000), String(repeating: "{ ", count: 20_000),
    String(repeating: "let x = [", count: 40), "let x: " + String(repeating: "[", count: 40) + "Int",
    "let x = " + String(repeating: "([", count: 30) + "1" + String(repeating: "])", count: 30),
    "let x = " + String(repeating: "[", count: 30) + "1" + String(repeating: ": 1]", count: 30),
    "let x: [Int] = [1, " + String(repeating: "[", count: 40) + "2]",
    // The parser's own diagnostics trap on these.
    "let x \u{FFFD}= 3", "var t = 0\nt \u{DF}\u{FFFD}= 1 + t", "let x =\u{FFFD} 3",
    "let x \u{FFFD}=\u{FFFD} 3",
    "let x = /\"/ + " + String(repeating: "[", count: 40) + "\"",
  ])
  func `hostile cells end in time, without a crash`(_ text: String) { run(text) }
}

/// A counter with a limit.
private final class Budget: Sendable {
  private let turns = Counter()
  var isSpent: Bool { turns.next() > 2_000 }
}
