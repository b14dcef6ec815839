import ArgumentParser
import NotebookRunner

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "List all steps, layers, optimizers, schedules and augmentations, or explain one.",
    discussion: """
      Example:
        quire describe train
      """)

  @Argument(help: "Name to explain, e.g. train, Conv2d or QR001 (default: list everything)")
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
