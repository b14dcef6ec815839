import ArgumentParser
import NotebookRunner

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a notebook without running it.",
    discussion: """
      Reports every problem in every cell and inline expression. Exit status 0: none; 2: at least one error.

      Example:
        quire check notebooks/cifar10.md
      """)

  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

  @OptionGroup var given: ParameterOptions

  func run() throws {
    let options = RunOptions(notebook: notebook, parameters: given.parameters, parameterFiles: given.files)
    let (problems, count) = onLargeStack { NotebookRunner.check(options) }
    for problem in problems { Console.error(problem) }
    if count > 0 { throw ExitCode(2) }
    Console.out("\(notebook): no problems found")
  }
}
