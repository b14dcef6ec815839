import ArgumentParser
import NotebookRunner

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Copy reports to a web folder, or commit them to a branch.",
    discussion: """
      Publishes the reports with the files that their pages link to, and a page that lists them. \
      With 'git:BRANCH', commits them to this branch of the repository of the output folder; your working tree, \
      your index and the branch you are on stay as they are. A new branch contains only reports. Push it yourself.

      Example:
        quire publish --to git:gh-pages

      Exit status: 0 success; 1 writing failed; 2 nothing was published.
      """)

  @Argument(
    help: ArgumentHelp(
      "Notebooks or reports (default: all reports of the output folder)", valueName: "notebook"),
    completion: .file(extensions: ["md", "html"]))
  var notebooks: [String] = []

  @Option(name: .long, help: ArgumentHelp("Folder or branch to publish to", valueName: "dir|git:branch"))
  var to: String

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Flag(name: .long, help: "Publish the reports of failed, interrupted and running runs too")
  var all = false

  func run() throws {
    let options = PublishOptions(
      notebooks, to: PublishOptions.Target(to), output: output, publishesUnfinished: all)
    let outcome = NotebookRunner.publish(options)
    for problem in outcome.problems { Console.error(problem) }
    for note in outcome.notes { Console.error("note: \(note)") }
    if let summary = outcome.summary { Console.out(summary) }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }
}
