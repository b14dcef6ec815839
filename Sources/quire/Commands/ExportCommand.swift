import ArgumentParser
import Cells
import NotebookRunner

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Convert a notebook to a Swift package, a Jupyter notebook, a Markdown page or a PDF, or its network to ONNX.",
    discussion: """
      swift     a package whose program runs the notebook's cells; start it with 'swift run'
      ipynb     a Jupyter notebook (nbformat 4.5) with the outputs of the last run
      markdown  a page for GitHub with the outputs of the last run; images are saved next to it
      pdf       the report of the last run, printed by an installed Chromium or Chrome
      onnx      the network that the last run trained, for onnxruntime and other programs

      Example:
        quire export notebooks/cifar10.md --to ipynb
        quire export notebooks/cifar10.md --to onnx --fold-batch-norm

      Exit status: 0 success; 1 the files could not be written; 2 nothing was exported.
      """)

  @Argument(help: .notebook, completion: .file(extensions: ["md"]))
  var notebook: String

  @Argument(
    help: ArgumentHelp(
      "Destination: a folder for swift, otherwise a file (default: in the results folder)",
      valueName: "destination"))
  var destination: String?

  @Option(name: .long, help: "Format")
  var to: ExportOptions.Format

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Quire checkout or Git URL that the exported Swift package depends on (default: the checkout this quire was built from)",
      valueName: "path|url"))
  var library: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "For onnx: the model's name (default: the one that was trained last)", valueName: "name"))
  var model: String?

  @Option(name: .long, help: "For onnx: the epoch whose weights are exported")
  var weights: ExportOptions.Weights = .best

  @Flag(
    name: .long, help: "For onnx: convolutions and linear layers compute the batch normalisations after them")
  var foldBatchNorm = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "For onnx: the folder searched first for the data set, which gives the class names", valueName: "dir"),
    completion: .directory)
  var data: String?

  func run() throws {
    let options = ExportOptions(
      notebook: notebook, format: to, destination: destination, output: output, library: library,
      network: ExportOptions.Network(model: model, weights: weights, foldBatchNorm: foldBatchNorm, data: data)
    )
    try withLargeStack { NotebookRunner.export(options) }.report()
  }
}

extension ExportOptions.Format: ExpressibleByArgument {}
extension ExportOptions.Weights: ExpressibleByArgument {}

extension ExportOutcome {
  /// Prints the outcome.
  func report() throws {
    for problem in problems { Console.error(problem) }
    for note in notes { Console.error("note: \(note)") }
    if let path { Console.out(path) }
    if exitCode != 0 { throw ExitCode(exitCode) }
  }
}
