import Foundation
import Neural
import Support

extension NotebookRunner {
  /// Prints the report of the last run to a PDF file, with the page's print styles.
  static func exportPDF(_ options: ExportOptions) -> ExportOutcome {
    func failure(_ code: Int32, _ problem: String) -> ExportOutcome {
      ExportOutcome(exitCode: code, problems: [problem])
    }
    let destination = options.destination ?? "\(options.output)/\(options.name).pdf"
    if Paths.isDirectory(destination) {
      return failure(
        2, "\(destination): error: this is a folder; choose a file, for example \(options.name).pdf")
    }
    if let problem = ExportMark.problem(destination, options.format, notebook: options.notebook) {
      return failure(2, problem)
    }
    do {
      let report = try NotebookRunner.report(of: options.notebook, output: options.output)
      let browser = try Browser.installed()
      let folder = Paths.folder(of: destination)
      let pdf = try browser.printed(report)
      let source = Paths.relative(options.notebook, from: folder)
      try AtomicFile.createDirectory(folder)
      // Readers ignore a comment after the end.
      try AtomicFile.write(pdf + Array("\n%\(ExportMark.line(source).dropFirst())".utf8), to: destination)
      return ExportOutcome(exitCode: 0, path: destination, notes: notes(on: report, options) + browser.notes)
    } catch let error as FileError {
      return failure(1, "error: \(error)")
    } catch let error as BrowserProblem {
      return failure(error.isMissing ? 2 : 1, "error: \(error)")
    } catch {
      return failure(2, "\(error)")
    }
  }

  /// Remarks on a report that is not of the notebook as it is now, or of a run that did not finish.
  private static func notes(on report: String, _ options: ExportOptions) -> [String] {
    KilledRuns.settle(output: options.output)
    if let note = noteOnUnfinishedRun(report) { return [note] }
    guard let record = RunRecord(of: options) else { return [] }
    if record.provenance.notebookSHA256 != RunProvenance.sha256(ofFile: options.notebook) {
      return ["the notebook changed after its last run; the PDF shows that run"]
    }
    return record.status == .finished ? [] : ["the last run did not finish, so some outputs are missing"]
  }
}

extension RunRecord {
  /// The record of the notebook's last run; `nil` if there is none that can be read.
  init?(of options: ExportOptions) {
    let path = "\(RunFolder(output: options.output, name: options.name).directory)/run.json"
    guard let bytes = try? FileBytes.read(path, limit: 1 << 26), !JSON.isTooDeep(bytes),
      let record = try? JSON.decoder.decode(RunRecord.self, from: Data(bytes))
    else { return nil }
    self = record
  }
}
