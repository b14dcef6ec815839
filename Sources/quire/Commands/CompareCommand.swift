import ArgumentParser
import NotebookRunner

/// `quire compare`; the command's name is the type's.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare runs on one page.",
    discussion: """
      The page shows the results side by side, the settings and cells that differ, and the curves. A run is a report \
      (.html), a notebook's past run such as cifar10#3 (see 'quire history'), or a notebook's name for its last run.

      Example:
        quire compare cifar10#1 cifar10#2
        quire compare mine.html yours.html --to comparison.html

      Exit status: 0 success; 2 nothing was written.
      """)

  @Argument(help: "Reports or past runs, at least two", completion: .file(extensions: ["html"]))
  var runs: [String] = []

  @Option(name: .long, help: ArgumentHelp("The page to write", valueName: "file"))
  var to = "comparison.html"

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Option(name: .long, help: .theme, completion: .file(extensions: ["css"]))
  var theme: String?

  func run() throws {
    do {
      try NotebookRunner.compare(runs, to: to, output: output, theme: theme)
      Console.out(to)
    } catch {
      Console.error("\(error)")
      throw ExitCode(2)
    }
  }
}
