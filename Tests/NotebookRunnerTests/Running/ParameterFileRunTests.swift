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
        p.yaml:3:8: error: parameter 'sizes' expects a value of type '[Int]'; got '3'
          sizes: 3
                 ^
          note: for example, sizes: [10]
          note: 'sizes' is declared at n.md:4:13
        2 errors; nothing was run
        """, "\(bench.problems)")
    #expect(bench.file("n.html") == nil)
  }
}
