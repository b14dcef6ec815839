import Diagnostics
import Documents
import Steps

extension NotebookRunner {
  /// Finds the networks that a notebook builds.
  ///
  /// Missing data is no error; batch sizes and augmentations are then unknown.
  public static func networks(of options: RunOptions) -> NotebookNetworks {
    let (document, found) = DocumentReader.read(path: options.notebook)
    guard let document else {
      return NotebookNetworks(
        networks: [], report: CheckReport(notebook: options.notebook, source: nil, problems: found))
    }
    let notebook = CheckedNotebook(document, found: found, catalogue: .quire(.idle), given: options.given)
    let settings = RunSettings(options, document, RunFolder(output: options.output, name: options.name))
    func rehearsal(isDataUnknown: Bool) -> NotebookRehearsal {
      NotebookRehearsal(notebook, settings: settings, isDataUnknown: isDataUnknown)
    }
    var rehearsed = rehearsal(isDataUnknown: false)
    if rehearsed.problems.contains(where: { $0.severity == .error }) {
      rehearsed = rehearsal(isDataUnknown: true)
    }
    let report = CheckReport(
      notebook: options.notebook, source: document.source,
      problems: (notebook.problems + rehearsed.problems).inSourceOrder(), sources: notebook.sources)
    return NotebookNetworks(networks: rehearsed.networks, report: report)
  }
}
