import ArgumentParser
import Foundation
import Neural

/// The command line. Exit status: 0 done; 1 a step failed; 2 nothing was run; 130 and 143 interrupted.
@main
struct Quire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quire",
    abstract: "Runs literate machine-learning notebooks: Markdown in, trained model and report out.",
    discussion: """
      Example:
        quire run notebooks/quickstart.md
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, SweepCommand.self, CheckCommand.self, DescribeCommand.self, ExportCommand.self,
      ImportCommand.self, DataCommand.self, CacheCommand.self, BenchCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      // A wrong command line ran nothing: 2, like every other problem found before the first step.
      guard code == .validationFailure else { exit(withError: error) }
      Console.error(fullMessage(for: error))
      Foundation.exit(2)
    }
  }
}
