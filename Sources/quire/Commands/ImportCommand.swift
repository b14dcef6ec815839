import ArgumentParser
import Cells
import NotebookRunner

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Convert a Jupyter notebook to a Quire notebook.",
    discussion: """
      Markdown cells become prose. Code cells are marked no-run: the report shows them, but Quire does not run them \
      until you rewrite them in Swift. Outputs are dropped. Importing a file from 'quire export' restores \
      the original notebook.

      Example:
        quire import old.ipynb

      Exit status: 0 success; 1 the notebook could not be written; 2 the file is not a Jupyter notebook.
      """)

  @Argument(help: "Jupyter notebook", completion: .file(extensions: ["ipynb"]))
  var file: String

  @Argument(
    help: ArgumentHelp("Notebook to write (default: next to the Jupyter notebook)", valueName: "destination"))
  var destination: String?

  @Flag(name: .long, help: .force)
  var force = false

  func run() throws {
    try withLargeStack { NotebookRunner.importJupyter(file, to: destination, replaces: force) }.report()
  }
}
