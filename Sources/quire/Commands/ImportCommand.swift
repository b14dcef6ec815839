import ArgumentParser
import Cells
import NotebookRunner

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn a Jupyter notebook into a notebook.",
    discussion: """
      Markdown cells become prose. Code cells are marked no-run: they are shown, until you rewrite them as Swift \
      steps. Outputs are left out. What quire export wrote comes back as it was.

      Example:
        quire import old.ipynb

      Exit status: 0 done; 1 the notebook could not be written; 2 the file is no Jupyter notebook.
      """)

  @Argument(help: "The Jupyter notebook.", completion: .file(extensions: ["ipynb"]))
  var file: String

  @Argument(
    help: ArgumentHelp("The notebook to write; beside the file where not given.", valueName: "destination"))
  var destination: String?

  @Flag(name: .long, help: "Replace a notebook that is there already.")
  var force = false

  func run() throws {
    try withLargeStack { NotebookRunner.importJupyter(file, to: destination, replaces: force) }.report()
  }
}
