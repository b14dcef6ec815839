import ArgumentParser
import NotebookRunner

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a notebook without running it.",
    discussion: """
      Reports every problem in every cell and inline expression: names and types, and, by a rehearsal without \
      training, shapes, values out of range, missing data, weights that do not fit. Says what each training takes. \
      Exit status 0: no errors; 2: at least one.

      Example:
        quire check notebooks/cifar10.md
      """)

  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: ArgumentHelp("Override a binding of the parameters cell; may be repeated.", valueName: "name=value")
  )
  var parameters: [String] = []

  @Option(name: .long, help: ArgumentHelp("A folder to look for data sets in, first.", valueName: "dir"))
  var data: String?

  @Option(name: .long, help: ArgumentHelp("Where results would go.", valueName: "dir"))
  var output: String = "output"

  func run() throws {
    let options = RunOptions(
      notebook: notebook, parameters: parameters.map(RunOptions.Parameter.init), data: data, output: output)
    let report = onLargeStack { NotebookRunner.check(options) }
    for problem in report.problems { Console.error(problem) }
    if report.errors > 0 { throw ExitCode(2) }
    for line in report.trainings { Console.out(line) }
    Console.out("\(notebook): no \(report.problems.isEmpty ? "problems" : "errors") found")
  }
}
