import ArgumentParser
import Cells
import NotebookRunner
import Store
import Support

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a notebook without running it.",
    discussion: """
      Reports every problem in every cell and inline expression. It checks names and types first. Then it rehearses \
      the notebook without training, to find mismatched shapes, values out of range, missing data and weights that \
      do not fit. It also estimates the memory of each training run. 'quire describe QR001' explains a warning.

      Example:
        quire check notebooks/cifar10.md
        quire check --fix notebooks/cifar10.md

      Exit status: 0 no errors (warnings are allowed); 2 at least one error.
      """)

  @Argument(help: .notebook, completion: .file(extensions: ["md"]))
  var notebook: String

  @OptionGroup var given: ParameterOptions

  @Option(name: .long, help: .data)
  var data: String?

  @Option(name: .long, help: .output)
  var output: String = "output"

  @Option(name: .long, help: .maxMemory)
  var maxMemory: ByteCount?

  @Flag(name: .long, help: "Apply the unambiguous fix-its")
  var fix = false

  @Flag(name: .long, help: "Print the problems as JSON; docs/checking.md describes the format")
  var json = false

  @Option(name: .long, help: .color)
  var color = ColorChoice.auto

  func validate() throws { try maxMemory?.validateAsLimit() }

  func run() throws {
    Console.color = color
    let options = RunOptions(
      notebook: notebook, parameters: given.parameters, parameterFiles: given.files, data: data,
      output: output, maxMemory: maxMemory?.bytes)
    let fix = fix
    let result = withLargeStack {
      Result { fix ? try NotebookRunner.fix(options) : NotebookRunner.check(options) }
    }
    switch result {
    case .failure(let error):
      Console.error("\(notebook): error: the notebook cannot be written: \(error)")
      throw ExitCode(2)
    case .success(let report):
      if json { Console.raw(report.json) } else { show(report) }
      if report.errors > 0 { throw ExitCode(2) }
    }
  }

  private func show(_ report: CheckReport) {
    for problem in report.fixed { Console.out(problem.text) }
    for problem in report.rendered { Console.error(problem) }
    if report.errors == 0 {
      for line in report.data + report.trainings { Console.out(line) }
    }
    let fixed = report.fixed.isEmpty ? "" : "\(report.fixed.count) fixed; "
    let line = "\(notebook): \(fixed)\(report.verdict)"
    if report.errors > 0 { Console.error(line) } else { Console.out(line) }
    if let next = report.next { Console.next(next) }
  }
}
