import ArgumentParser
import NotebookRunner

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "List the steps, layers, optimizers, schedules and augmentations, or explain one.",
    discussion: """
      Example:
        quire describe train
      """)

  @Argument(help: "A name, for example train or Conv2d; without one, everything is listed.")
  var name: String?

  func run() throws {
    switch NotebookRunner.describe(name) {
    case .success(let text): Console.out(text)
    case .failure(let problem):
      Console.error("quire describe: \(problem)")
      throw ExitCode(2)
    }
  }
}
