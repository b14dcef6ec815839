import Testing

@testable import Documents

/// The links and pictures that lead to files and anchors: the check can only warn of those that are found.
struct TargetTests {
  private func targets(_ text: String) -> [String] {
    (Reading(text).document?.targets ?? []).map {
      "\($0.range.start.line):\($0.range.start.column) \($0.kind) \($0.destination)"
    }
  }

  /// If this fails, a broken picture or link is not warned of, or at another line.
  @Test(
    "Targets have their kind and their place",
    arguments: [
      ("a\n![b](c.png)", ["2:6 picture c.png"]),
      ("[a](b.md) [c](b.md)", ["1:5 link b.md", "1:15 link b.md"]),
      ("[a](#b)", ["1:5 link #b"]), ("> - [a](<b c.md>)", ["1:10 link b c.md"]),
      ("[a][b]\n\n[b]: c.md", ["1:1 link c.md"]),
      ("| ![a](b.png) |\n|---|\n| [c](d.md) |", ["1:8 picture b.png", "3:7 link d.md"]),
      ("x <img src=\"a.png\"> <a href='b.md'>", ["1:13 picture a.png", "1:30 link b.md"]),
      ("<div>\n<p>\n<img src=a.png></p>\n</div>", ["3:10 picture a.png"]),
      ("a[^1]\n\n[^1]: ![b](c.png)", ["3:12 picture c.png"]),
      ("[![a](b.png)](c.md)", ["1:7 picture b.png", "1:15 link c.md"]),
      ("![a](C:\\b.png)", ["1:6 picture C:\\b.png"]),
      ("[a](https://b.example) <c@d.example> ![g](data:image/png;base64,AA==)", []),
      ("a ![e](https://f.example/g.png)", ["1:8 picture https://f.example/g.png"]),
      ("See c.md (c.md): [a](c.md)", ["1:22 link c.md"]),
      ("See this [a][b]\n\n[b]: c.md", ["1:10 link c.md"]),
      ("x [a](b\\_c.md) y", ["1:3 link b_c.md"]),
      ("x\ny ![a b][c] z\n\n[c]: d&amp;e.png", ["2:4 picture d&e.png"]),
      ("`![a](b.png)`\n\n    ![c](d.png)", []), ("![a](b%20c.png)", ["1:6 picture b%20c.png"]),
      ("[a](/b.md?c#d)", ["1:5 link /b.md?c#d"]),
    ])
  func targets(text: String, expected: [String]) {
    #expect(targets(text) == expected)
  }
}
