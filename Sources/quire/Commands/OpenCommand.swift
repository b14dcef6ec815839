import ArgumentParser
import NotebookRunner

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a notebook's report in the browser.",
    discussion: """
      'quire run' writes the report to output/NAME.html. This command prints the path of the report \
      and opens the report with the first program in $BROWSER that works, or with \(Opener.systemProgram). Use \
      'quire open NAME-sweep' for the page of a sweep.

      Example:
        quire open notebooks/quickstart.md

      Exit status: 0 success; 1 no program could open the report; 2 there is no report.
      """)

  @Argument(help: "Path or name of the notebook", completion: .file(extensions: ["md"]))
  var notebook: String

  @Option(name: .long, help: .output)
  var output: String = "output"

  func run() throws {
    let report: String
    do { report = try NotebookRunner.report(of: notebook, output: output) } catch {
      Console.error("\(error)")
      throw ExitCode(2)
    }
    Console.out(report)
    if let note = NotebookRunner.noteOnUnfinishedRun(report) { Console.error("note: \(note)") }
    if !Opener().show(report) { throw ExitCode(1) }
  }
}
