import ArgumentParser
import NotebookRunner

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open a notebook's report in the browser.",
    discussion: """
      The report is output/NAME.html, which quire run writes. It opens with the commands in $BROWSER, if that is set, \
      or else with \(Opener.systemProgram). The report's path is printed in any case. A sweep's page opens by its \
      name: quire open NAME-sweep.

      Example:
        quire open notebooks/quickstart.md

      Exit status: 0 done; 1 no program could open the report; 2 there is no report.
      """)

  @Argument(help: "The notebook's path or name.", completion: .file(extensions: ["md"]))
  var notebook: String

  @Option(name: .long, help: ArgumentHelp("Folder with the results", valueName: "dir"))
  var output: String = "output"

  func run() throws {
    let report: String
    do { report = try NotebookRunner.report(of: notebook, output: output) } catch {
      Console.error("\(error)")
      throw ExitCode(2)
    }
    Console.out(report)
    let opener = Opener()
    guard opener.open(report) else {
      let tried = opener.commands.map { "'\($0[0])'" }.joined(separator: " and ")
      Console.error("error: no program could open the report (tried \(tried)); open the file in a browser")
      throw ExitCode(1)
    }
  }
}
