import Cells
import Testing

/// A cell that nests values without end fails with a place instead of crashing the program.
@Suite struct NestingTests {
  private static let tooDeep = "values are nested too deeply; the maximum is 1000 levels"
  private static let list =
    "indirect enum List: Hashable { case end\ncase node(Int, List) }\nvar l = List.end\n"
  private static let tree = "struct Tree: Hashable { var children: [Tree] = [] }\nvar t = Tree()\n"

  @Test(arguments: [
    list + "for i in 0..<100_000 { l = .node(i, l) }",
    tree + "for _ in 0..<100_000 { t = Tree(children: [t]) }",
    tree + "for _ in 0..<100_000 { var next = Tree()\nnext.children.append(t)\nt = next }",
    tree + "for _ in 0..<100_000 { var next = Tree()\nnext.children += [t]\nt = next }",
    tree + "for _ in 0..<100_000 { t.children = [t] }",
    tree + "for _ in 0..<100_000 { var next = Tree(children: [Tree()])\nnext.children[0] = t\nt = next }",
    tree
      + "func hang(_ list: inout [Tree], _ t: Tree) { list.append(t) }\n"
      + "for _ in 0..<100_000 { var next = Tree()\nhang(&next.children, t)\nt = next }",
    "struct Tree { var children: [Tree] = []\nmutating func add(_ t: Tree) { children.append(t) } }\nvar t = Tree()\n"
      + "for _ in 0..<100_000 { var next = Tree()\nnext.add(t)\nt = next }",
    "struct Tree { var children: [Tree]\ninit(_ t: Tree?) { children = t.map { [$0] } ?? [] } }\n"
      + "var t = Tree(nil)\nfor _ in 0..<100_000 { t = Tree(t) }",
    "struct Names { var inner: [String: Names] = [:] }\nvar n = Names()\n"
      + "for _ in 0..<100_000 { n = Names(inner: [\"a\": n]) }",
    "struct Names { var inner: [String: Names] = [:] }\nvar n = Names()\n"
      + "for _ in 0..<100_000 { var next = Names()\nnext.inner[\"a\"] = n\nn = next }",
    "struct Sets: Hashable { var inner: Set<Sets> = [] }\nvar s = Sets()\n"
      + "for _ in 0..<100_000 { var next = Sets()\nnext.inner.insert(s)\ns = next }",
    "struct Keys: Hashable { var inner: [Keys: Int] = [:] }\nvar k = Keys()\n"
      + "for _ in 0..<100_000 { var next = Keys()\nnext.inner[k] = 1\nk = next }",
    "indirect enum Maybe { case value(Maybe?) }\nvar m = Maybe.value(nil)\nfor _ in 0..<100_000 { m = .value(m) }",
    "indirect enum Pair { case end\ncase both((Pair, Int)) }\nvar p = Pair.end\n"
      + "for i in 0..<100_000 { p = .both((p, i)) }",
    "indirect enum List { case end\ncase node(List)\nmutating func grow() { self = .node(self) } }\n"
      + "var l = List.end\nfor _ in 0..<100_000 { l.grow() }",
    "struct Job { var name = \"\"\nvar after: [Job] = [] }\n"
      + "let j = (0..<100_000).reduce(Job()) { Job(name: \"\\($1)\", after: [$0]) }",
  ])
  func `nesting without end is an error with a place`(_ code: String) {
    let book = Notebook(code)
    #expect(book.problems == [])
    #expect(book.failure?.hasSuffix(Self.tooDeep) == true, "\(book.failure ?? "no failure")")
  }

  /// Values up to the limit can be printed, compared, hashed and released, on a thread with a small stack too.
  @Test(arguments: [
    list
      + "for i in 0..<999 { l = .node(i, l) }\nlet m = l\nprint(\"\\(l)\".count > 1_000, l == m, Set([l, m]).count)",
    tree
      + "for _ in 0..<499 { t = Tree(children: [t]) }\nlet u = t\nprint(\"\\(t)\".count > 1_000, t == u, Set([t, u]).count)",
  ])
  func `the deepest values work`(_ code: String) {
    let book = Notebook(code)
    #expect(book.problems == [] && book.failure == nil, "\(book.failure ?? "")")
    #expect(book.output == "true true 1\n")
  }

  /// Taking something out must not count as if it were still there.
  @Test func `what was removed does not count`() {
    let code =
      Self.tree + """
        for _ in 0..<5_000 {
          var next = Tree(children: [t])
          next.children = []
          t = next
        }
        print(t.children.count)
        """
    let book = Notebook(code)
    #expect(book.failure == nil && book.output == "0\n", "\(book.failure ?? "")")
  }

  /// Adding to a wide value must take the same time however wide it is.
  @Test func `a wide value grows in place`() {
    let code = Self.tree + "for _ in 0..<50_000 { t.children.append(Tree()) }\nprint(t.children.count)"
    #expect(Notebook(code).output == "50000\n")
  }

  /// A closure that holds the one before it keeps a chain of any length; the last reference must release it.
  @Test(arguments: [
    "var f: () -> Int = { 0 }\nfor _ in 0..<100_000 { let g = f\nf = { g() + 1 } }\nprint(1)",
    "var f: [() -> Int] = []\nfor _ in 0..<100_000 { let g = f\nf = [{ g.count }] }\nprint(1)",
    "struct Job { let run: () -> Int }\nvar j = Job { 0 }\nfor _ in 0..<100_000 { let k = j\nj = Job { k.run() } }\nprint(1)",
    "var f: () -> Int = { 0 }\nfor _ in 0..<100_000 { var g: () -> Int = { 0 }\nlet h = { g() }\ng = f\nf = h }\nprint(1)",
  ])
  func `a long chain of closures is released`(_ code: String) {
    let book = Notebook(code)
    #expect(book.problems == [] && book.failure == nil && book.output == "1\n", "\(book.failure ?? "")")
  }

  @Test func `calling a long chain of closures is an error with a place`() {
    let book = Notebook(
      "var f: () -> Int = { 0 }\nfor _ in 0..<100_000 { let g = f\nf = { g() + 1 } }\nprint(f())")
    #expect(
      book.failure?.hasSuffix("more than 1000 calls are nested; end the recursion earlier, or write a loop")
        == true)
  }
}
