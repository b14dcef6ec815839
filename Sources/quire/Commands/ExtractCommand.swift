import ArgumentParser
import NotebookRunner

struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Write the notebook that a report contains to a file.",
    discussion: """
      A report contains its notebook byte for byte, unless the front matter says 'source: false'.

      Example:
        quire extract cifar10.html

      Exit status: 0 success; 2 nothing was written.
      """)

  @Argument(help: "Path of the report", completion: .file(extensions: ["html"]))
  var report: String

  @Argument(
    help: ArgumentHelp(
      "Destination (default: the notebook's name in the current folder)", valueName: "destination"))
  var destination: String?

  func run() throws {
    do { Console.out(try NotebookRunner.extract(report, to: destination)) } catch {
      Console.error("\(error)")
      throw ExitCode(2)
    }
  }
}
