import Reporting
import Testing

@testable import NotebookRunner

/// Without these, a mailed report names the folders of the machine that it was made on.
@Suite("Local paths")
struct LocalPathsTests {
  private let paths = LocalPaths(
    current: "/home/ada/work", home: "/home/ada", named: ["/mnt/data sets/cifar", "../shared/", "notebooks"])

  @Test(
    "Folders of the machine are removed",
    arguments: [
      ("quire run /home/ada/work/notebooks/a.md", "quire run notebooks/a.md"),
      ("/home/ada/other/b.md", "~/other/b.md"),
      ("read from /mnt/data sets/cifar/bin.", "read from cifar/bin."),
      ("--data=/mnt/data sets/cifar -p x=1", "--data=cifar -p x=1"),
      ("'/home/ada/work/x', \"/home/ada/work/y\"", "'x', \"y\""),
      ("--data ../shared/cifar", "--data shared/cifar"),
    ])
  func removed(text: String, expected: String) { #expect(paths.hidden(in: text) == expected) }

  @Test(
    "Everything else is kept",
    arguments: [
      "epochs 1/50", "https://example.org/home/ada/work/x", "notebooks/a.md:3:1", "a//home/ada/b",
      "/usr/bin/env", "",
    ])
  func kept(text: String) { #expect(paths.hidden(in: text) == text) }

  @Test("A root as the current folder removes nothing but itself")
  func root() {
    #expect(LocalPaths(current: "/", home: "/", named: ["/"]).hidden(in: "/data/a") == "/data/a")
  }

  @Test("Only what Quire words is changed: printed text and prose belong to the author")
  func blocks() {
    let text = "/home/ada/work/x"
    #expect(
      paths.hidden(in: ReportBlock.facts([Fact("a", text, note: text)]))
        == .facts([Fact("a", "x", note: "x")]))
    #expect(paths.hidden(in: ReportBlock.problem(text)) == .problem("x"))
    #expect(paths.hidden(in: ReportBlock.text(text)) == .text(text))
  }
}
