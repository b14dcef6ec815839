import ArgumentParser
import Cells
import NotebookRunner

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Turn a notebook into a Swift package, a Jupyter notebook or a Markdown page.",
    discussion: """
      swift     a package whose program is the notebook's cells; go there and say: swift run
      ipynb     a Jupyter notebook (nbformat 4.5) with the outputs of the notebook's last run
      markdown  a page for GitHub with the outputs of the notebook's last run, pictures beside it

      Example:
        quire export notebooks/cifar10.md --to ipynb

      Exit status: 0 done; 1 the files could not be written; 2 there was nothing to export.
      """)

  @Argument(help: "The notebook, a Markdown file.", completion: .file(extensions: ["md"]))
  var notebook: String

  @Argument(
    help: ArgumentHelp(
      "A folder for swift, else a file; in the folder of results where not given.", valueName: "destination"))
  var destination: String?

  @Option(name: .long, help: "The format.")
  var to: ExportOptions.Format

  @Option(name: .long, help: ArgumentHelp("Where results of runs are.", valueName: "dir"))
  var output: String = "output"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Folder or Git URL of Quire for a Swift package (default: the checkout that quire was built in).",
      valueName: "path|url"))
  var library: String?

  func run() throws {
    let options = ExportOptions(
      notebook: notebook, format: to, destination: destination, output: output, library: library)
    try withLargeStack { NotebookRunner.export(options) }.report()
  }
}

extension ExportOptions.Format: ExpressibleByArgument {}

extension ExportOutcome {
  /// Prints the outcome.
  func report() throws {
    for problem in problems { Console.error(problem) }
    for note in notes { Console.error("note: \(note)") }
    if let path { Console.out(path) }
    if exitCode != 0 { throw ExitCode(exitCode) }
  }
}
