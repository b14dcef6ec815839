import Foundation
import Testing

@testable import NotebookRunner

/// Runs with `-P file.yaml`.
@Suite struct ParameterFileRunTests {
  private let notebook = """
    ```swift parameters
    let epochs = 50
    let name = "none"
    let sizes = [1]
    ```
    `{swift} "\\(name) \\(epochs) \\(sizes)"`
    """

  private func run(_ yaml: String, _ parameters: [String] = []) throws -> (bench: NotebookBench, code: Int32)
  {
    let bench = try NotebookBench(notebook)
    try yaml.write(toFile: "\(bench.folder)/p.yaml", atomically: true, encoding: .utf8)
    var options = bench.options("n.md", parameters)
    options.parameterFiles = ["\(bench.folder)/p.yaml"]
    return (bench, NotebookRunner.run(options, display: bench.display).exitCode)
  }

  @Test func theFileGivesValuesAndTheCommandLineWins() throws {
    let (bench, code) = try run("epochs: 7\nname: \"7\"\nsizes: [2, 3]")
    #expect(code == 0, "\(bench.problems)")
    #expect(bench.report.contains("7 7 [2, 3]"))
    let (second, code2) = try run("epochs: 7\nname: two words", ["epochs=8"])
    #expect(code2 == 0, "\(second.problems)")
    #expect(second.report.contains("two words 8 [1]"))
  }

  @Test func whatIsWrongIsSaidInTheFile() throws {
    let (bench, code) = try run("epoch: 7\nname: ok\nsizes: 3\n")
    #expect(code == 2)
    #expect(
      bench.problems == """
        p.yaml:1:1: error: the notebook has no parameter 'epoch'
          epoch: 7
          ^~~~~
          note: did you mean 'epochs'?
          note: the notebook's parameters are epochs, name, sizes
        p.yaml:3:8: error: parameter 'sizes' expects a value of type '[Int]'; found '3'
          sizes: 3
                 ^
          note: for example, sizes: [10]
          note: 'sizes' is declared at n.md:4:13
        2 errors; nothing was run
        """, "\(bench.problems)")
    #expect(bench.file("n.html") == nil)
  }

  /// A value that YAML reads as something else must not become its text in silence.
  @Test(arguments: [
    (
      "name: [a, b]", "p.yaml:1:7: error: parameter 'name' expects text; found a list, [\"a\", \"b\"]",
      "name: text"
    ),
    ("name: 5", "p.yaml:1:7: error: parameter 'name' expects text; found the number 5", "name: \"5\""),
    (
      "name: 1.10", "p.yaml:1:7: error: parameter 'name' expects text; found the number 1.10",
      "name: \"1.10\""
    ),
    (
      "name: true", "p.yaml:1:7: error: parameter 'name' expects text; found the value true", "name: \"true\""
    ),
    ("name: {a: 1}", "p.yaml:1:7: error: the value of 'name' must be a number, text", ""),
    (
      "epochs: [1, 2]", "p.yaml:1:9: error: parameter 'epochs' expects a whole number; found a list, [1, 2]",
      ""
    ),
    (
      "epochs: yes", "p.yaml:1:9: error: parameter 'epochs' expects a whole number; found 'yes'", "epochs: 10"
    ),
    (
      "sizes: [1, two]",
      "p.yaml:1:12: error: each element of parameter 'sizes' expects a whole number; found 'two'",
      "an element 10"
    ),
    (
      "sizes: [1, [2]]",
      "p.yaml:1:12: error: each element of parameter 'sizes' expects a whole number; found a list, [2]", ""
    ),
  ])
  func `a value of another kind is refused`(_ yaml: String, _ expected: String, _ example: String) throws {
    let (bench, code) = try run(yaml)
    #expect(code == 2 && bench.problems.hasPrefix(expected), "\(bench.problems)")
    #expect(example.isEmpty || bench.problems.contains("for example, \(example)"), "\(bench.problems)")
  }

  /// In YAML 1.2, `no` and a date are text.
  @Test(arguments: ["yes", "no", "2024-01-31", "12:30", "\"5\"", "'true'"])
  func `text without quotes stays as written`(_ value: String) throws {
    let (bench, code) = try run("name: \(value)")
    #expect(code == 0, "\(bench.problems)")
    #expect(bench.report.contains(value.filter { !"\"'".contains($0) }))
  }
}
