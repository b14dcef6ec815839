import Foundation
import Testing

@testable import NotebookRunner

/// Runs with `--theme` and with `theme` in the front matter.
@Suite struct ThemeRunTests {
  private let notebook = """
    ---
    theme: look/house.css
    ---

    ```swift
    print("hello")
    ```
    """

  private func bench(_ css: String?) throws -> NotebookBench {
    let bench = try NotebookBench(notebook)
    if let css { try bench.write(Array(css.utf8), to: "look/house.css") }
    return bench
  }

  /// If this fails, the author's style sheet is not on the page, or a changed one runs all steps again.
  @Test func thePageHasTheThemeAndStepsStayInTheCache() throws {
    let bench = try bench("a { color: red }")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("a { color: red }</style>"))
    try bench.write(Array("a { color: blue }".utf8), to: "look/house.css")
    bench.display.clear()
    #expect(bench.run().exitCode == 0)
    #expect(bench.report.contains("a { color: blue }</style>"))
    #expect(bench.display.lines.contains { $0.hasSuffix("restored") }, "\(bench.display.lines)")
  }

  @Test func theCommandLineOverridesTheFrontMatter() throws {
    let bench = try bench("a { color: red }")
    try bench.write(Array("\u{FEFF}b { color: green }".utf8), to: "other.css")
    var options = bench.options()
    options.theme = "\(bench.folder)/other.css"
    #expect(NotebookRunner.run(options, display: bench.display).exitCode == 0, "\(bench.problems)")
    #expect(bench.report.contains("b { color: green }</style>"))
    #expect(!bench.report.contains("color: red"))
  }

  /// If this fails, an author learns of a bad theme only after the training, or not at all.
  @Test func aThemeThatCannotBeUsedStopsTheRunBeforeTheFirstStep() throws {
    let missing = try bench(nil)
    try missing.write([], to: "look/hous.css")
    #expect(missing.run().exitCode == 2)
    #expect(
      missing.problems == """
        n.md:2:8: error: theme 'look/house.css' not found
          theme: look/house.css
                 ^~~~~~~~~~~~~~
          note: did you mean 'hous.css'?
        1 error; nothing was run
        """, "\(missing.problems)")

    let loading = try bench("a {\n  background: url(http://a.b/c.png)\n}")
    #expect(loading.run().exitCode == 2)
    #expect(
      loading.problems == """
        look/house.css:2:19: error: a theme cannot load 'http://a.b/c.png': reports load nothing
            background: url(http://a.b/c.png)
                            ^~~~~~~~~~~~~~~~
          note: embed the file as 'data:TYPE;base64,…'
        1 error; nothing was run
        """, "\(loading.problems)")
    #expect(loading.check().errors == 1)
  }

  @Test func eachFaultOfTheFileHasItsWords() throws {
    let bench = try bench("a {}")
    try bench.write([0x61, 0xFF], to: "latin.css")
    try bench.write(Array(repeating: 0x20, count: 300_000), to: "large.css")
    try bench.write(Array("@import 'a.css'".utf8), to: "import.css")
    for (file, words) in [
      ("none.css", "theme 'none.css' not found"), ("look", "theme 'look' is a folder"),
      ("latin.css", "theme 'latin.css' is not UTF-8"),
      ("large.css", "theme 'large.css' has 300 kB; the maximum is 262 kB"),
      ("import.css", "import.css:1:1: error: a theme cannot import another style sheet"),
    ] {
      bench.display.clear()
      var options = bench.options()
      options.theme = "\(bench.folder)/\(file)"
      #expect(NotebookRunner.run(options, display: bench.display).exitCode == 2)
      #expect(bench.problems.contains(words), "\(bench.problems)")
    }
    #expect(bench.file("n.html") == nil)
  }

  @Test func aComparisonAndASweepHaveTheTheme() throws {
    let css = "a { color: red }"
    let bench = try bench(css)
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let (page, output) = ("\(bench.folder)/c.html", "\(bench.folder)/output")
    try NotebookRunner.compare(
      ["n#1", "n#1"], to: page, output: output, theme: "\(bench.folder)/look/house.css")
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("\(css)</style>"))
    let error = #expect(throws: ComparisonProblem.self) {
      try NotebookRunner.compare(["n#1", "n#1"], to: page, output: output, theme: "none.css")
    }
    #expect(error?.description == "error: theme 'none.css' not found")

    let sweep = try SweepBench(
      "---\ntheme: house.css\n---\n\n```swift parameters\nlet a = 1\n```\n\n```swift\nprint(a)\n```\n")
    #expect(sweep.sweep(["a=1,2"]).exitCode == 2)
    #expect(sweep.display.problems.contains("house.css' not found"), "\(sweep.display.problems)")
    try sweep.bench.write(Array(css.utf8), to: "house.css")
    #expect(sweep.sweep(["a=1,2"]).exitCode == 0, "\(sweep.display.problems)")
    #expect(sweep.page.contains("\(css)</style>"))
  }

  /// If this fails, a report whose theme is elsewhere cannot be verified.
  @Test func aReportIsVerifiedWithoutItsTheme() throws {
    let bench = try bench("a {}")
    #expect(bench.run().exitCode == 0, "\(bench.problems)")
    let verification = try NotebookRunner.verify(
      .init(report: "\(bench.folder)/output/n.html"), display: bench.display)
    #expect(verification.isConfirmed, "\(bench.problems)")
  }
}
