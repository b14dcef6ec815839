import ArgumentParser
import Foundation
import Neural

/// The command line. Exit status: 0 success; 1 a step failed; 2 nothing was run; 129, 130 and 143 interrupted.
@main
struct Quire: ParsableCommand {
  static let configuration: CommandConfiguration = setUp(for: CommandLine.arguments.dropFirst().first)

  private static let commands: [any ParsableCommand.Type] = [
    NewCommand.self, RunCommand.self, PreviewNotebook.self, OpenCommand.self, HistoryCommand.self,
    Compare.self,
    SweepCommand.self, CheckCommand.self,
    DescribeCommand.self, ExportCommand.self, PublishCommand.self, ImportCommand.self, ExtractCommand.self,
    VerifyCommand.self,
    DataCommand.self,
    CacheCommand.self, BenchCommand.self,
  ]

  /// Sets up only the named command, which saves milliseconds; everything else, including `--help`, needs all
  /// commands.
  private static func setUp(for name: String?) -> CommandConfiguration {
    let named = commands.filter { $0._commandName == name }
    return CommandConfiguration(
      commandName: "quire",
      abstract: "Run literate machine-learning notebooks: Markdown in, trained model and report out.",
      discussion: """
        Example:
          quire run notebooks/quickstart.md
        """,
      version: Version.current,
      subcommands: named.isEmpty ? commands : named)
  }

  static func main() {
    Console.openStandardFiles()
    let arguments = Array(CommandLine.arguments.dropFirst())
    let names = commands.map { $0._commandName }
    if let mistake = CommandLineMistake.unknownCommand(in: arguments, known: names) {
      Console.error(mistake)
      Foundation.exit(2)
    }
    var status: Int32 = 0
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      // An invalid command line runs nothing: exit with 2, as for every other problem found before the first step.
      status = code == .validationFailure ? 2 : code.rawValue
      let explanation =
        code == .validationFailure
        ? CommandLineMistake.explanation(of: message(for: error), arguments: arguments) : nil
      let text = explanation ?? fullMessage(for: error)
      if !text.isEmpty {
        // Help and the version are results.
        if code.isSuccess { Console.out(text) } else { Console.error(text) }
      }
    }
    if let problem = Console.lostOutput {
      Console.error(problem)
      if status == 0 { status = 1 }
    }
    Foundation.exit(status)
  }
}
